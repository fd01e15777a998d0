import { type Clock, sleep } from '../../../clock.ts';
import type { PcscListener } from '../pcsc-port.ts';
import type { WatchedReader, Winscard } from './winscard.ts';
import type { ReportedState } from './winscard-layout.ts';

/** Limits of the watch. Times in milliseconds. */
export const WATCH_LIMITS = {
  /** pcsc-lite refuses to watch more than sixteen at once, the pseudo reader included (1.9.9: InvalidParameter). */
  states: 16,
  /** The service is asked for its list of readers at least this often: pcsc-lite may miss one that comes meanwhile. */
  listMs: 5_000,
  /** The same where no event tells of new readers. */
  listWithoutEventsMs: 1_000,
  /** Pause after an answer that brought nothing new, which comes early where a system's events storm. It doubles. */
  idleMs: 20,
  mostIdleMs: 1_000,
  /** Until a wait that was cancelled and goes on is cancelled again. */
  cancelAgainMs: 50,
  /** How often in a row a reader that was just listed may be unknown to the service. */
  unknownInARow: 6,
} as const;

/** Flags of dwEventState (pcsclite.h, winscard.h). */
const CHANGED = 0x0002;
const UNKNOWN = 0x0004;
const UNAVAILABLE = 0x0008;
const PRESENT = 0x0020;
const MUTE = 0x0200;
/** Tells of readers that come, where the system knows it. */
const NEW_READERS = '\\\\?PnP?\\Notification';

export interface WatchParts {
  readonly winscard: Pick<Winscard, 'establish' | 'release' | 'list' | 'waitForChange' | 'cancel'>;
  readonly tellsNewReaders: boolean;
  readonly clock: Clock;
  readonly listener: PcscListener;
}

export interface ReaderWatch {
  /** Nothing more is told. Resolves when the service has been let go. */
  stop(): Promise<void>;
}

/**
 * Watches the service's readers, in a context of its own: whoever waits in a context holds up all other calls of it.
 * Ends by itself with `failed`; whoever wants more begins anew, and waits before.
 */
export function watchReaders({ winscard, tellsNewReaders, clock, listener }: WatchParts): ReaderWatch {
  /** The last event of each reader, and that of new readers, without their "changed" flag. */
  const known = new Map<string, number>();
  let context: bigint | null = null;
  let stopped = false;
  let unknownInARow = 0;

  async function run(): Promise<void> {
    context = await winscard.establish();
    let pause: number = WATCH_LIMITS.idleMs;
    for (let first = true; !stopped; ) {
      const news = await pass(context, first);
      if (stopped) return;
      if (first && news !== null) {
        first = false;
        listener.ready();
      }
      if (news) {
        pause = WATCH_LIMITS.idleMs;
        continue;
      }
      await sleep(clock, pause);
      pause = Math.min(pause * 2, WATCH_LIMITS.mostIdleMs);
    }
  }

  /**
   * Lists the readers, waits for a change, and tells. Whether it was worth the while: news, or a long wait. Null when
   * nothing could be told, since the list was outdated.
   */
  async function pass(on: bigint, first: boolean): Promise<boolean | null> {
    const names = [...new Set(await winscard.list(on))];
    let news = false;
    for (const name of known.keys()) {
      if (name === NEW_READERS || names.includes(name)) continue;
      known.delete(name);
      listener.gone(name);
      news = true;
    }
    const withNew = tellsNewReaders && names.length < WATCH_LIMITS.states;
    const watched = [...names.slice(0, WATCH_LIMITS.states), ...(withNew ? [NEW_READERS] : [])].map(
      (name): WatchedReader => ({ name, current: known.get(name) ?? 0 }),
    );
    const forMs = withNew ? WATCH_LIMITS.listMs : WATCH_LIMITS.listWithoutEventsMs;
    if (watched.length === 0) {
      // Nothing to wait for, but that the list grows.
      if (!first) await sleep(clock, forMs);
      return true;
    }
    const began = clock.monotonic();
    // The first call doesn't wait for a change: the listener hears of the readers that are there at once.
    const reported = await winscard.waitForChange(on, watched, first ? 0 : forMs).catch((error: unknown) => {
      // A reader was unplugged since the list was made. Watch the others on: the next list is without it.
      unknownInARow += 1;
      if (isUnknownReader(error) && unknownInARow < WATCH_LIMITS.unknownInARow) return 'outdated' as const;
      throw error;
    });
    if (stopped) return true;
    if (reported === 'outdated') return null;
    unknownInARow = 0;
    if (reported === null) return clock.monotonic() - began > forMs / 2;
    for (const [index, state] of reported.entries()) {
      const name = watched[index]?.name;
      if (name !== undefined && note(name, state)) news = true;
    }
    return news;
  }

  /** Keeps what is told of one reader, and tells it on. Whether it was new. */
  function note(name: string, { event, atr }: ReportedState): boolean {
    const state = event & ~CHANGED;
    const before = known.get(name);
    if (before === state) return false;
    known.set(name, state);
    if (name === NEW_READERS) return true;
    if ((event & (UNKNOWN | UNAVAILABLE)) !== 0) {
      // It is going: the next list is without it, or has it anew.
      known.delete(name);
      if (before !== undefined) listener.gone(name);
      return before !== undefined;
    }
    const lies = (event & PRESENT) !== 0;
    const mute = lies && (event & MUTE) !== 0;
    // Systems count comings and goings in the upper half.
    listener.changed(name, { present: lies && !mute, mute, events: state >>> 16, atr });
    return true;
  }

  const ended = run()
    .catch((error: unknown) => {
      if (!stopped) listener.failed(error instanceof Error && 'code' in error ? String(error.code) : String(error));
      stopped = true;
    })
    .then(async () => {
      if (context !== null) await winscard.release(context).catch(() => undefined);
    });

  return {
    stop: async () => {
      stopped = true;
      // A cancel that comes just before a wait begins is lost, so it is repeated.
      let over = false;
      void ended.then(() => {
        over = true;
      });
      while (!over) {
        if (context !== null) await winscard.cancel(context).catch(() => undefined);
        await Promise.race([ended, sleep(clock, WATCH_LIMITS.cancelAgainMs)]);
      }
    },
  };
}

function isUnknownReader(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'UnknownReader';
}
