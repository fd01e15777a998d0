import { isProblem, isUnreachable } from '@keyrack/sdk';
import { useRef, useState } from 'react';
import type { Room } from './places.ts';

/** Rooms that couldn't be done, each with its reason. */
export interface Undone {
  readonly room: Room;
  readonly error: unknown;
}

/** One thing done to many rooms, one after the other. */
export interface ManyRooms {
  readonly what: string;
  readonly of: number;
  readonly done: number;
  readonly undone: readonly Undone[];
  readonly state: 'running' | 'stopped' | 'ended';
}

/** Requests that are under way at once: more would push others of this session back. */
const AT_ONCE = 4;

/** Does one thing to many rooms, tells how far it is, and can be stopped. What is done by then stays done. */
export function useManyRooms() {
  const [run, setRun] = useState<ManyRooms | null>(null);
  const stopped = useRef(false);
  const start = async (what: string, rooms: readonly Room[], work: (room: Room) => Promise<unknown>) => {
    stopped.current = false;
    const undone: Undone[] = [];
    let done = 0;
    let next = 0;
    const tell = (state: ManyRooms['state']) => setRun({ what, of: rooms.length, done, undone: [...undone], state });
    tell('running');
    const worker = async () => {
      for (let room = rooms[next++]; room !== undefined && !stopped.current; room = rooms[next++]) {
        try {
          await work(room);
          done += 1;
        } catch (error) {
          undone.push({ room, error });
          // Where nothing gets through any more, the rest would only fail one by one.
          if (isUnreachable(error) || isProblem(error, 'unauthorized', 'forbidden')) stopped.current = true;
        }
        tell('running');
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    tell(done + undone.length < rooms.length ? 'stopped' : 'ended');
  };
  return {
    run,
    start,
    stop: () => {
      stopped.current = true;
    },
    clear: () => setRun(null),
  };
}
