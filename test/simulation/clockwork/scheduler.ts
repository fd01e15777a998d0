/** Something that can die, and stand still for a while: events that belong to it wait for it, or never happen. */
export interface Life {
  alive: boolean;
  /** Nothing of it happens before this instant. */
  pausedUntil: number;
  /** When it goes on after a pause, what is due by its timers comes before what came in meanwhile. */
  timersFirst: boolean;
}

export interface Event {
  time: number;
  rank: number;
  /** When it would have happened but for a pause. */
  readonly due: number;
  readonly order: number;
  readonly owner: Life | null;
  readonly timer: boolean;
  run: (() => void) | null;
}

/**
 * The one owner of time: everything that happens in the simulated world is an event here, in the order of its virtual
 * millisecond and, within one, of its making.
 */
export interface Scheduler {
  /** Virtual milliseconds since the start. */
  now(): number;
  /** Events that have happened. */
  steps(): number;
  /** `owner` null: the world at large, which never dies. */
  at(time: number, owner: Life | null, run: () => void, timer?: boolean): Event;
  cancel(event: Event): void;
  /** Lets things happen up to that time, or until `enough` says so, which is asked after every event. */
  runUntil(time: number, enough: () => boolean): Promise<void>;
}

export interface SchedulerParts {
  /** Called after every event, when all that followed from it at once has happened. */
  readonly afterEvent: () => void;
  readonly onError: (error: unknown) => void;
}

export function createScheduler({ afterEvent, onError }: SchedulerParts): Scheduler {
  const heap: Event[] = [];
  let now = 0;
  let steps = 0;
  let made = 0;

  const push = (event: Event) => {
    heap.push(event);
    siftUp(heap, heap.length - 1);
  };

  /** The next event that can happen now; those of the dead are dropped, those of the paused put off. */
  function take(until: number): Event | null {
    for (let event = heap[0]; event !== undefined && event.time <= until; event = heap[0]) {
      removeFirst(heap);
      const { owner } = event;
      if (event.run === null || owner?.alive === false) continue;
      if (owner !== null && owner.pausedUntil > event.time) {
        event.time = owner.pausedUntil;
        event.rank = owner.timersFirst === event.timer ? -1 : 0;
        push(event);
        continue;
      }
      return event;
    }
    return null;
  }

  return {
    now: () => now,
    steps: () => steps,
    at(time, owner, run, timer = false) {
      const due = Math.max(time, now);
      const event: Event = { time: due, rank: 0, due, order: made++, owner, timer, run };
      push(event);
      return event;
    },
    cancel(event) {
      event.run = null;
    },
    runUntil: (until, enough) =>
      new Promise((resolve) => {
        const next = () => {
          afterEvent();
          const event = enough() ? null : take(until);
          if (event === null) {
            if (!enough()) now = until;
            return resolve();
          }
          now = event.time;
          steps += 1;
          const { run } = event;
          event.run = null;
          try {
            run?.();
          } catch (error) {
            onError(error);
          }
          settle(next);
        };
        settle(next);
      }),
  };
}

/**
 * Calls `next` when every promise that can be settled now is. Node empties its queue of microtasks before it looks for
 * the next tick, so a tick that is asked for from a microtask comes after all of them; that costs less than a turn of
 * the event loop.
 */
function settle(next: () => void): void {
  queueMicrotask(() => process.nextTick(next));
}

function comesBefore(a: Event, b: Event): boolean {
  if (a.time !== b.time) return a.time < b.time;
  if (a.rank !== b.rank) return a.rank < b.rank;
  return a.due === b.due ? a.order < b.order : a.due < b.due;
}

function siftUp(heap: Event[], from: number): void {
  const event = heap[from] as Event;
  let at = from;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above] as Event;
    if (!comesBefore(event, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = event;
}

function removeFirst(heap: Event[]): void {
  const last = heap.pop() as Event;
  if (heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    if (left >= heap.length) break;
    const right = left + 1;
    const least = right < heap.length && comesBefore(heap[right] as Event, heap[left] as Event) ? right : left;
    if (!comesBefore(heap[least] as Event, last)) break;
    heap[at] = heap[least] as Event;
    at = least;
  }
  heap[at] = last;
}
