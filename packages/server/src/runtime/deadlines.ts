import type { OperationId } from '@keyrack/protocol';
import { isTerminal, type Operation } from '../domain/operation.ts';
import type { OpenWait, OpenWaitsPage, OpenWaitsPosition } from '../queries/open-waits-page.ts';
import type { Clock } from './clock.ts';
import type { Outcomes } from './outcomes.ts';
import type { Read, Run } from './runner.ts';

export interface Deadlines {
  /** Makes sure that this operation ends when its wait is over, unless it is granted by then. */
  watch(operation: Operation): void;
  stop(): void;
}

export interface DeadlinesParts {
  readonly run: Run;
  readonly read: Read;
  readonly outcomes: Outcomes;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/**
 * How often the database is asked for waiting operations. That finds what other nodes accepted, and deadlines that a clock
 * jumped over. Milliseconds.
 */
const LIST_EVERY_MS = 5_000;
const RETRY_MS = 500;

interface Watched extends OpenWait {
  /** When this process first saw the operation. Milliseconds of the monotonic clock. */
  readonly seenAt: number;
  timer: object | null;
}

/**
 * Ends accepted operations whose wait is over, by two clocks; the earlier end counts. A deadline is Unix time, and somebody
 * may set that clock back: the operation would block its encoder until the clock caught up. So the monotonic clock measures
 * the wait too, from when this process first saw the operation.
 */
export function createDeadlines({ run, read, outcomes, clock, onError }: DeadlinesParts): Deadlines {
  /** Operations that may still expire: accepted ones, and granted ones, since a grant that isn't obeyed leads back. */
  const watched = new Map<OperationId, Watched>();
  /** Operations whose wait is over, until the database has ended them. */
  const due = new Set<Watched>();
  let listing = true;
  let looking = false;
  let retry: object | null = null;
  let stopped = false;

  const add = (wait: OpenWait): void => {
    if (stopped || watched.has(wait.id)) return;
    const entry: Watched = { ...wait, seenAt: clock.monotonic(), timer: null };
    watched.set(wait.id, entry);
    waitFor(entry);
  };
  const waitedMs = ({ seenAt }: Watched) => clock.monotonic() - seenAt;
  const waitFor = (entry: Watched): void => {
    const ms = entry.waitMs - waitedMs(entry);
    if (ms <= 0) {
      due.add(entry);
      look();
      return;
    }
    entry.timer = clock.setTimeout(() => {
      entry.timer = null;
      // A timer may come a moment early by the clock that counts.
      waitFor(entry);
    }, ms);
  };
  const forget = (id: OperationId): void => {
    const entry = watched.get(id);
    if (entry === undefined) return;
    if (entry.timer !== null) clock.clearTimeout(entry.timer);
    due.delete(entry);
    watched.delete(id);
  };
  const heard = ({ propertyId, id, acceptedAt, deadline, state }: Operation): void => {
    const entry = watched.get(id);
    if (entry === undefined) add({ propertyId, id, waitMs: deadline - acceptedAt });
    // Its grant came to nothing, and its time was over by then.
    else if (state === 'accepted' && entry.timer === null) waitFor(entry);
  };

  const endWhatIsDue = async (): Promise<void> => {
    while (!stopped && (due.size > 0 || listing)) {
      const over = [...due];
      const list = listing;
      const waited = over.map((entry) => ({ propertyId: entry.propertyId, id: entry.id, waitedMs: waitedMs(entry) }));
      // Before the transaction: one whose grant comes to nothing meanwhile is due once more.
      for (const entry of over) due.delete(entry);
      try {
        await run('expireDue', { now: clock.now(), waited });
      } catch (error) {
        for (const entry of over) due.add(entry);
        throw error;
      }
      if (!list) continue;
      listing = false;
      const known = [...watched.keys()];
      const open = await listOpen();
      const ids = new Set(open.map(({ id }) => id));
      for (const id of known) if (!ids.has(id)) forget(id);
      for (const wait of open) add(wait);
    }
  };
  const listOpen = async (): Promise<OpenWait[]> => {
    const open: OpenWait[] = [];
    let after: OpenWaitsPosition | null = null;
    do {
      const page: OpenWaitsPage = await read('openWaitsPage', { after });
      open.push(...page.waits);
      after = page.next;
      // Others get their turn before the next page.
      if (after !== null) await new Promise<void>((resolve) => clock.setTimeout(resolve, 0));
    } while (after !== null && !stopped);
    return open;
  };
  const look = (): void => {
    if (looking || stopped || retry !== null) return;
    looking = true;
    endWhatIsDue().then(
      () => {
        looking = false;
        // Something came due while the last answer was on its way.
        if (due.size > 0 || listing) look();
      },
      (error: unknown) => {
        looking = false;
        if (stopped) return;
        onError(error);
        retry = clock.setTimeout(() => {
          retry = null;
          look();
        }, RETRY_MS);
      },
    );
  };
  const list = (): void => {
    listing = true;
    look();
    nextList = clock.setTimeout(list, LIST_EVERY_MS);
  };
  let nextList: object = {};

  const unsubscribe = outcomes.subscribe((changed) => {
    for (const operation of changed) {
      if (isTerminal(operation) || operation.state === 'unknown') forget(operation.id);
      else heard(operation);
    }
  });
  list();
  return {
    watch: heard,
    stop() {
      stopped = true;
      unsubscribe();
      for (const id of [...watched.keys()]) forget(id);
      clock.clearTimeout(nextList);
      if (retry !== null) clock.clearTimeout(retry);
    },
  };
}
