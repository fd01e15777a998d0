import type { OperationId } from '@keyrack/protocol';
import type { KeyRack, RackRoom } from '../queries/key-rack.ts';
import type { Clock } from './clock.ts';
import type { Outcomes } from './outcomes.ts';
import type { NewsWatch, RecordNews } from './record-news.ts';
import type { Read } from './runner.ts';
import { sharedAnswers } from './shared-answers.ts';
import { createWaitingNews, PRESENCE, type ToldNews, type WaitingNews } from './told-news.ts';

/** One page that has a property before its eyes. */
export interface RackFollower {
  /** Resolves when nothing is missed from then on. Rejects where the rack can't be read. */
  readonly begun: Promise<void>;
  /** What came since the last call, together; `quiet` after so many milliseconds, `over` when nothing comes any more. */
  next(ms: number, ended: AbortSignal): Promise<ToldNews | 'quiet' | 'over'>;
  stop(): void;
}

export interface RackFeeds {
  follow(propertyId: string): RackFollower;
  /** The whole rack as it is. Those who wait for it together get one answer, which was read after each of them asked. */
  rack(propertyId: string): Promise<RackThen>;
  /** Which front desks and encoders are there has changed. */
  presence(propertyId: string): void;
  stop(): void;
}

/** A rack, and when it was so. Unix milliseconds. */
export interface RackThen {
  readonly rack: KeyRack;
  readonly at: number;
}

export interface RackFeedsParts {
  readonly read: Read;
  readonly outcomes: Pick<Outcomes, 'subscribe'>;
  readonly news: Pick<RecordNews, 'watch'>;
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'setTimeout' | 'clearTimeout'>;
  readonly onError: (error: unknown) => void;
}

/** What happens at once is gathered for so long, and told no oftener than each quarter of a second. Milliseconds. */
const GATHER_MS = 20;
const BETWEEN_MS = 250;
/** The whole rack is looked at so often, whatever was heard: a clock may have been set. Milliseconds. */
const WHOLE_EVERY_MS = 60_000;
/** After a failure. Milliseconds. */
const AGAIN_MS = 1_000;

/**
 * Tells pages what changes at their property. What changed is found once for all pages of a property, in one read of a few rooms,
 * and nothing is asked of the store while nobody follows.
 *
 * One node: only what this process did wakes anybody, but for the look at the whole rack once in a minute.
 */
export function createRackFeeds(parts: RackFeedsParts): RackFeeds {
  const feeds = new Map<string, Feed>();
  const rack = sharedAnswers(async (propertyId): Promise<RackThen> => {
    const at = parts.clock.now();
    return { rack: await parts.read('keyRack', { propertyId, now: at }, { lane: `racks ${propertyId}` }), at };
  });
  const unsubscribe = parts.outcomes.subscribe((changed) => {
    if (feeds.size === 0) return;
    for (const { propertyId, id } of changed) feeds.get(propertyId)?.changed(id);
  });
  return {
    follow(propertyId) {
      const feed = feeds.get(propertyId) ?? createFeed(propertyId, parts);
      feeds.set(propertyId, feed);
      return feed.follow(() => {
        if (feeds.get(propertyId) === feed) feeds.delete(propertyId);
      });
    },
    rack,
    presence: (propertyId) => feeds.get(propertyId)?.presence(),
    stop() {
      unsubscribe();
      for (const feed of feeds.values()) feed.stop();
      feeds.clear();
    },
  };
}

interface Feed {
  changed(operation: OperationId): void;
  presence(): void;
  follow(onLastLeft: () => void): RackFollower;
  stop(): void;
}

interface Page {
  readonly waiting: WaitingNews;
  wake: (() => void) | null;
}

function createFeed(propertyId: string, { read, news, clock, onError }: RackFeedsParts): Feed {
  const pages = new Set<Page>();
  const over = new AbortController();
  /** What is live waits for none of the lists that somebody asked for there. */
  const lane = `live ${propertyId}`;
  const watch: NewsWatch = news.watch([propertyId]);
  /** What was told of each room, and when time alone changes it. */
  const known = new Map<string, { readonly told: string; readonly changesAt: number | null }>();
  const operations = new Set<OperationId>();
  let presence = false;
  let head = 0;
  let wholeAt = 0;
  let timer: object | null = null;
  let timerAt = Number.POSITIVE_INFINITY;
  let looking = true;
  let again = false;
  let lookedAt = Number.NEGATIVE_INFINITY;

  /** Rooms that aren't as they were told. */
  const differing = (rooms: readonly RackRoom[]): RackRoom[] =>
    rooms.filter((room) => {
      const { changesAt, ...shown } = room;
      const told = JSON.stringify(shown);
      const before = known.get(room.room.id)?.told;
      known.set(room.room.id, { told, changesAt });
      return before !== told;
    });
  const takeWhole = (rack: KeyRack): RackRoom[] => {
    wholeAt = clock.monotonic() + WHOLE_EVERY_MS;
    const rooms = rack.buildings.flatMap(({ floors }) => floors.flatMap((floor) => floor.rooms));
    const ids = new Set(rooms.map(({ room }) => room.id));
    for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    return differing(rooms);
  };
  const tell = (told: ToldNews) => {
    if (told.rooms.length + told.operations.length + told.types.length === 0) return;
    for (const page of pages) {
      page.waiting.add(told);
      page.wake?.();
    }
  };
  const dueRooms = (now: number): string[] =>
    [...known].flatMap(([id, { changesAt }]) => (changesAt !== null && changesAt <= now ? [id] : []));

  const look = async (): Promise<void> => {
    const taken = [...operations];
    operations.clear();
    const ofPresence = presence ? ([PRESENCE] as const) : [];
    presence = false;
    const now = clock.now();
    try {
      const rooms = dueRooms(now);
      const found = await read('rackNews', { propertyId, after: head, operations: taken, rooms, now }, { lane });
      const isWhole = found.wholeRack || clock.monotonic() >= wholeAt;
      const told = isWhole
        ? takeWhole(await read('keyRack', { propertyId, now: clock.now() }, { lane }))
        : differing(found.rooms);
      head = found.head;
      const types = [...found.types, ...ofPresence];
      tell({ rooms: told, touched: found.touched, operations: found.operations, types });
    } catch (error) {
      for (const id of taken) operations.add(id);
      presence ||= ofPresence.length > 0;
      wholeAt = 0;
      throw error;
    }
  };
  const plan = (ms: number): void => {
    if (over.signal.aborted) return;
    const at = clock.monotonic() + ms;
    if (timer !== null) {
      if (timerAt <= at) return;
      clock.clearTimeout(timer);
    }
    timerAt = at;
    timer = clock.setTimeout(begin, ms);
  };
  const soon = (): void => {
    if (looking) again = true;
    else plan(Math.max(GATHER_MS, lookedAt + BETWEEN_MS - clock.monotonic()));
  };
  /** Sleeps until a card begins or ends, a day does, or the whole rack is due. */
  const rest = (): void => {
    looking = false;
    if (again) {
      again = false;
      soon();
      return;
    }
    const now = clock.now();
    let ms = Math.max(BETWEEN_MS, wholeAt - clock.monotonic());
    for (const { changesAt } of known.values())
      if (changesAt !== null) ms = Math.min(ms, Math.max(BETWEEN_MS, changesAt - now));
    plan(ms);
  };
  function begin(): void {
    timer = null;
    looking = true;
    lookedAt = clock.monotonic();
    look().then(rest, (error: unknown) => {
      looking = false;
      again = false;
      if (!over.signal.aborted) onError(error);
      plan(AGAIN_MS);
    });
  }
  const listen = async (): Promise<void> => {
    while (!over.signal.aborted) if ((await watch.next(WHOLE_EVERY_MS, over.signal)) === 'news') soon();
  };
  const begun = read('keyRack', { propertyId, now: clock.now() }, { lane }).then((rack) => {
    head = rack.head;
    takeWhole(rack);
    void listen();
    rest();
  });
  // Each follower hears of it.
  begun.catch(() => {});
  const stop = () => {
    over.abort();
    watch.stop();
    if (timer !== null) clock.clearTimeout(timer);
    for (const page of pages) page.wake?.();
  };

  return {
    changed(operation) {
      operations.add(operation);
      soon();
    },
    presence() {
      presence = true;
      soon();
    },
    follow(onLastLeft) {
      const page: Page = { waiting: createWaitingNews(), wake: null };
      pages.add(page);
      return {
        begun,
        async next(ms, ended) {
          const waiting = page.waiting.take();
          if (waiting === 'none') await untilWoken(page, ms, AbortSignal.any([ended, over.signal]), clock);
          const taken = waiting === 'none' ? page.waiting.take() : waiting;
          if (over.signal.aborted || taken === 'too-much') return 'over';
          return taken === 'none' ? 'quiet' : taken;
        },
        stop() {
          pages.delete(page);
          if (pages.size > 0) return;
          onLastLeft();
          stop();
        },
      };
    },
    stop,
  };
}

function untilWoken(
  page: Page,
  ms: number,
  ended: AbortSignal,
  clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = () => {
    clock.clearTimeout(quiet);
    ended.removeEventListener('abort', wake);
    page.wake = null;
    resolve();
  };
  const quiet = clock.setTimeout(wake, ms);
  page.wake = wake;
  ended.addEventListener('abort', wake, { once: true });
  if (ended.aborted) wake();
  return promise;
}
