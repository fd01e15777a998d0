import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { keepAnswer } from '../api/keep-answer.ts';
import type { Change, Field, Value } from './change.ts';
import { type Room, type RoomPages, roomsKey } from './places.ts';
import { type RoomWorks, type RowWork, withoutWork, withWork } from './row-works.ts';
import { saveRoom } from './save-room.ts';

/**
 * Saves single fields of rooms, and keeps what became of each until somebody has looked at it. A room's saves go one after the
 * other, so that nobody has to wait before they edit on.
 */
export function useSaving(property: string) {
  const client = useQueryClient();
  const [works, setWorks] = useState<RoomWorks>(new Map());
  const latest = useRef(works);
  const last = useRef(new Map<string, Promise<void>>());
  const note = useCallback((change: (works: RoomWorks) => RoomWorks) => {
    latest.current = change(latest.current);
    setWorks(latest.current);
  }, []);
  const put = useCallback(
    (room: Room) => {
      keepAnswer<RoomPages>(client, roomsKey(property), (known) => known && withRoom(known, room));
    },
    [client, property],
  );
  const save = useCallback(
    async (room: string, seen: readonly Value[], change: Change) => {
      const work: RowWork = { kind: 'saving', change, seen };
      note((before) => withWork(before, room, work));
      /** A later edit of the same field has taken the place of this one. */
      const end = (became: RowWork | null) => {
        if (latest.current.get(room)?.includes(work) !== true) return;
        note((before) => (became === null ? withoutWork(before, room, change.field) : withWork(before, room, became)));
      };
      const before = last.current.get(room) ?? Promise.resolve();
      const saving = before.then(async () => {
        try {
          const saved = await saveRoom(property, room, seen, change);
          if (saved.kind === 'saved') put(saved.room);
          if (saved.kind === 'changed') put(saved.now);
          end(saved.kind === 'saved' ? null : { ...saved, change });
        } catch (error) {
          end({ kind: 'failed', change, seen, error });
        }
      });
      last.current.set(room, saving);
      await saving;
      if (last.current.get(room) === saving) last.current.delete(room);
    },
    [property, put, note],
  );
  const leave = useCallback((room: string, field: Field) => note((before) => withoutWork(before, room, field)), [note]);
  return { works, save, leave, put };
}

function withRoom(known: RoomPages, room: Room): RoomPages {
  const pages = known.pages.map((page) =>
    page.data.some(({ id }) => id === room.id)
      ? { ...page, data: page.data.map((each) => (each.id === room.id ? room : each)) }
      : page,
  );
  return { ...known, pages };
}
