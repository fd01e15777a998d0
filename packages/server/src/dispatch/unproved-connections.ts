import type { Clock } from '../runtime/clock.ts';

/** How many connections may be open on which nobody has proved who they are. */
export interface UnprovedLimits {
  /** Of one source. The next ones wait, unanswered. */
  readonly perSource: number;
  /** Of all. The next one takes the place of the oldest of the source that has most, or waits. */
  readonly overall: number;
  /** Connections of one source that wait. The next ones are refused at once. */
  readonly waitingPerSource: number;
  readonly waitingOverall: number;
  /** Milliseconds that one waits; then it is refused. */
  readonly waitMs: number;
}

/** A connection that hasn't proved anything, as its owner is told of it. Each is called once at most. */
export interface Unproved {
  /** It is answered from now on. */
  begin(): void;
  /** It isn't answered: there are too many. */
  refuse(): void;
  /** It was answered, and another one needs its place. */
  giveWay(): void;
}

export interface UnprovedConnections {
  /**
   * One more came from this source (see `sourceKey`). To be called with the returned function when it has proved who it
   * is, or is gone: then another one gets its place.
   */
  enter(source: string, connection: Unproved): () => void;
  /** Refuses those that wait, and whoever still comes. */
  stop(): void;
}

interface Source {
  /** Those that are answered, the oldest first. */
  readonly open: Set<Unproved>;
  readonly waiting: Map<Unproved, object>;
}

/**
 * Shares the places for connections that haven't proved anything among their sources. A source that has its share
 * waits for itself alone. Where all places are taken, the loudest source gives way to one with fewer, so that no
 * number of strangers at one address keeps an agent at another one out.
 */
export function createUnprovedConnections(limits: UnprovedLimits, clock: Clock): UnprovedConnections {
  const sources = new Map<string, Source>();
  /** Sources with less than their share of which some wait, in the order of their turn. */
  const ready = new Set<string>();
  let open = 0;
  let waiting = 0;
  let stopped = false;

  const sourceOf = (key: string): Source => {
    const known = sources.get(key);
    if (known !== undefined) return known;
    const source: Source = { open: new Set(), waiting: new Map() };
    sources.set(key, source);
    return source;
  };
  const note = (key: string, source: Source) => {
    if (source.waiting.size > 0 && source.open.size < limits.perSource) ready.add(key);
    else ready.delete(key);
    if (source.waiting.size + source.open.size === 0) sources.delete(key);
  };
  const stopWaiting = (source: Source, connection: Unproved) => {
    const timer = source.waiting.get(connection);
    if (timer === undefined) return false;
    clock.clearTimeout(timer);
    source.waiting.delete(connection);
    waiting -= 1;
    return true;
  };
  const begin = (key: string, source: Source, connection: Unproved) => {
    source.open.add(connection);
    open += 1;
    note(key, source);
    connection.begin();
  };
  const fill = () => {
    while (open < limits.overall) {
      const [key] = ready;
      const source = key === undefined ? undefined : sources.get(key);
      const [next] = source?.waiting.keys() ?? [];
      if (key === undefined || source === undefined || next === undefined) return;
      stopWaiting(source, next);
      // Behind the others.
      ready.delete(key);
      begin(key, source, next);
    }
  };
  /** The oldest connection of the source that has most, unless this one had as many with one more. */
  const loudest = (than: Source): readonly [string, Source, Unproved] | null => {
    let found: readonly [string, Source] | null = null;
    for (const entry of sources) if (entry[1].open.size > (found?.[1].open.size ?? than.open.size + 1)) found = entry;
    const [oldest] = found?.[1].open ?? [];
    return found === null || oldest === undefined ? null : [...found, oldest];
  };
  const leave = (key: string, source: Source, connection: Unproved) => {
    if (source.open.delete(connection)) open -= 1;
    else if (!stopWaiting(source, connection)) return;
    note(key, source);
    fill();
  };

  return {
    enter(key, connection) {
      if (stopped) {
        connection.refuse();
        return () => {};
      }
      const source = sourceOf(key);
      const mayOpen = source.open.size < limits.perSource && source.waiting.size === 0;
      if (mayOpen && open >= limits.overall) {
        const loud = loudest(source);
        if (loud !== null) {
          const [loudKey, loudSource, oldest] = loud;
          loudSource.open.delete(oldest);
          open -= 1;
          note(loudKey, loudSource);
          oldest.giveWay();
        }
      }
      if (mayOpen && open < limits.overall) {
        begin(key, source, connection);
      } else if (source.waiting.size >= limits.waitingPerSource || waiting >= limits.waitingOverall) {
        note(key, source);
        connection.refuse();
      } else {
        const waited = () => {
          stopWaiting(source, connection);
          note(key, source);
          connection.refuse();
        };
        source.waiting.set(connection, clock.setTimeout(waited, limits.waitMs));
        waiting += 1;
        note(key, source);
      }
      return () => leave(key, source, connection);
    },
    stop() {
      stopped = true;
      for (const source of sources.values()) {
        for (const connection of [...source.waiting.keys()]) {
          stopWaiting(source, connection);
          connection.refuse();
        }
      }
    },
  };
}
