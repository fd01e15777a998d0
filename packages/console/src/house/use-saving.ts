import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { type Room, type RoomPages, roomsKey } from './places.ts';
import { type Change, saveRoom } from './save-room.ts';

/** What is under way with one room, or waits for a person to say. */
export type RowWork =
  | { readonly kind: 'saving'; readonly change: Change }
  | { readonly kind: 'changed'; readonly change: Change; readonly now: Room }
  | { readonly kind: 'failed'; readonly change: Change; readonly seen: Room; readonly error: unknown }
  | { readonly kind: 'removed' };

/** Saves single fields of rooms, and keeps what became of each until somebody has looked at it. */
export function useSaving(property: string) {
  const client = useQueryClient();
  const [works, setWorks] = useState<ReadonlyMap<string, RowWork>>(new Map());
  const note = useCallback((room: string, work: RowWork | null) => {
    setWorks((before) => {
      const after = new Map(before);
      if (work === null) after.delete(room);
      else after.set(room, work);
      return after;
    });
  }, []);
  const put = useCallback(
    (room: Room) => {
      client.setQueryData<RoomPages>(roomsKey(property), (known) => known && withRoom(known, room));
    },
    [client, property],
  );
  const save = useCallback(
    async (seen: Room, change: Change) => {
      note(seen.id, { kind: 'saving', change });
      try {
        const saved = await saveRoom(property, seen, change);
        if (saved.kind === 'saved') put(saved.room);
        if (saved.kind === 'changed') put(saved.now);
        note(seen.id, saved.kind === 'saved' ? null : saved.kind === 'removed' ? saved : { ...saved, change });
      } catch (error) {
        note(seen.id, { kind: 'failed', change, seen, error });
      }
    },
    [property, put, note],
  );
  const leave = useCallback((room: string) => note(room, null), [note]);
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
