import type { ServerResponse } from 'node:http';
import { ProblemError } from './problems.ts';

/** What an answer in parts may be: events as they come, or lines of JSON. */
export type StreamType = 'text/event-stream' | 'application/x-ndjson';

/** Answers in parts that are under way at once: of one credential, and of all. */
export const STREAMS: StreamLimits = { perCredential: 20, overall: 1_000 };

export interface StreamLimits {
  readonly perCredential: number;
  readonly overall: number;
}

export interface Streams {
  /** Takes a place until the response closes. `ended` aborts when its caller hangs up or the server stops. Throws where there is none. */
  begin(credential: string, response: Pick<ServerResponse, 'once'>, hungUp: AbortSignal): AbortSignal;
  /** Ends all of them. */
  stop(): void;
}

/**
 * Counts answers in parts, since each holds a connection for as long as its caller likes.
 *
 * One node: streams of a credential are counted in this process. With several, it would have as many at each.
 */
export function createStreams(limits: StreamLimits = STREAMS): Streams {
  const underWay = new Map<string, number>();
  let all = 0;
  const stopping = new AbortController();
  return {
    begin(credential, response, hungUp) {
      const ended = AbortSignal.any([hungUp, stopping.signal]);
      // Its response won't close once more.
      if (hungUp.aborted) return ended;
      const own = underWay.get(credential) ?? 0;
      if (own >= limits.perCredential || all >= limits.overall)
        throw new ProblemError('too-many-streams', { headers: { 'retry-after': '10' } });
      underWay.set(credential, own + 1);
      all += 1;
      response.once('close', () => {
        all -= 1;
        const left = (underWay.get(credential) ?? 1) - 1;
        if (left === 0) underWay.delete(credential);
        else underWay.set(credential, left);
      });
      return ended;
    },
    stop: () => stopping.abort(),
  };
}
