import type { Clock } from './clock.ts';
import type { Read, Run } from './runner.ts';

export interface Begins {
  stop(): void;
}

export interface BeginsParts {
  readonly run: Run;
  readonly read: Read;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/**
 * How often the database is asked for cards whose time has come. Nothing is kept in memory between, so that a restart, a
 * clock that was set and a restored database change nothing. Milliseconds.
 */
const LOOK_EVERY_MS = 5_000;

/**
 * Begins cards that were issued for later, once their time has come. Until it is noted, a card that is issued sees by the time
 * that they have begun; so what comes late here is the record, and not the order of the guests.
 */
export function createBegins({ run, read, clock, onError }: BeginsParts): Begins {
  let stopped = false;
  let timer: object | null = null;

  /** Milliseconds until the next look. */
  const look = async (): Promise<number> => {
    const next = await read('nextToBegin', {});
    if (stopped || next === null) return LOOK_EVERY_MS;
    const waitMs = next - clock.now();
    if (waitMs > 0) return Math.min(waitMs, LOOK_EVERY_MS);
    const { more } = await run('beginDue', { now: clock.now() });
    return more ? 0 : LOOK_EVERY_MS;
  };
  const lookAgain = (): void => {
    timer = null;
    const again = (ms: number) => {
      if (!stopped) timer = clock.setTimeout(lookAgain, ms);
    };
    look().then(again, (error: unknown) => {
      if (!stopped) onError(error);
      again(LOOK_EVERY_MS);
    });
  };
  lookAgain();
  return {
    stop() {
      stopped = true;
      if (timer !== null) clock.clearTimeout(timer);
    },
  };
}
