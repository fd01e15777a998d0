import type { Clock } from '../clock.ts';

/** The life of a process under test. Once `over`, nothing that it began goes on. */
export interface Life {
  over: boolean;
}

/** The same object, whose promises never come back once the life is over: as for a process that was killed. */
export function mortal<T extends object>(target: T, life: Life): T {
  return new Proxy(target, {
    get: (object, name) => {
      const member: unknown = Reflect.get(object, name);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => {
        const result: unknown = life.over ? NEVER : member.apply(object, given);
        return result instanceof Promise ? survived(result, life) : result;
      };
    },
  });
}

/** The same clock, whose timers never fire once the life is over. */
export function mortalClock(clock: Clock, life: Life): Clock {
  return { ...clock, setTimeout: (run, ms) => clock.setTimeout(() => !life.over && run(), ms) };
}

const NEVER = new Promise<never>(() => {});

async function survived(running: Promise<unknown>, life: Life): Promise<unknown> {
  const outcome = await running.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
  if (life.over) return NEVER;
  const value = outcome();
  return typeof value === 'object' && value !== null && 'isAlive' in value ? mortal(value, life) : value;
}
