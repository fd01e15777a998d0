import type { ServerResponse } from 'node:http';
import { ProblemError } from './problems.ts';
import { createTally } from './tally.ts';

/** Requests with large bodies that are under way at once: of one caller, and of all. */
export const LARGE_REQUESTS: LargeLimits = { perCaller: 2, overall: 8 };

export interface LargeLimits {
  readonly perCaller: number;
  readonly overall: number;
}

/** A place for one of them. */
export interface LargePlace {
  /** Holds the place until this has ended, also where its caller hangs up before. */
  until<Result>(work: Promise<Result>): Promise<Result>;
}

export interface LargeRequests {
  /** Takes a place until the response closes. Throws where there is none. */
  begin(caller: string, response: Pick<ServerResponse, 'once' | 'destroyed'>): LargePlace;
}

/**
 * Counts requests that may carry thousands of lines, before their bodies are read. Each takes the memory of its body, and the thread
 * of all changes for as long as that of hundreds of cards: so many at once that cards at other desks don't notice.
 */
export function createLargeRequests({ perCaller, overall }: LargeLimits = LARGE_REQUESTS): LargeRequests {
  const ofCallers = createTally(perCaller);
  const all = createTally(overall);
  return {
    begin(caller, response) {
      if (ofCallers.isFull(caller) || all.isFull('all'))
        throw new ProblemError('too-many-requests', { headers: { 'retry-after': '1' } });
      const leaves = [ofCallers.enter(caller), all.enter('all')];
      let holders = 1;
      const release = () => {
        holders -= 1;
        if (holders === 0) for (const leave of leaves) leave();
      };
      // It won't close once more.
      if (response.destroyed) release();
      else response.once('close', release);
      return {
        until(work) {
          holders += 1;
          return work.finally(release);
        },
      };
    },
  };
}
