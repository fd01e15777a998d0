import type { ServerResponse } from 'node:http';
import { ProblemError } from './problems.ts';
import { createTally } from './tally.ts';

/** What an answer in parts may be: events as they come, or lines of JSON. */
export type StreamType = 'text/event-stream' | 'application/x-ndjson';

/** Answers in parts that are under way at once: of one credential, at one property, and of all. Nobody at one leaves others without. */
export const STREAMS: StreamLimits = { perCredential: 20, perProperty: 250, overall: 1_000 };

export interface StreamLimits {
  readonly perCredential: number;
  readonly perProperty: number;
  readonly overall: number;
}

/** Whose answer in parts it is. */
export interface StreamOf {
  readonly credential: string;
  /** Null for what is of no one property. */
  readonly propertyId: string | null;
}

export interface Streams {
  /** Takes a place until the response closes. `ended` aborts when its caller hangs up or the server stops. Throws where there is none. */
  begin(by: StreamOf, response: Pick<ServerResponse, 'once'>, hungUp: AbortSignal): AbortSignal;
  /** Ends all of them. */
  stop(): void;
}

/**
 * Counts answers in parts, since each holds a connection for as long as its caller likes.
 *
 * One node: streams of a credential are counted in this process. With several, it would have as many at each.
 */
export function createStreams(limits: StreamLimits = STREAMS): Streams {
  const ofCredentials = createTally(limits.perCredential);
  const ofProperties = createTally(limits.perProperty);
  let all = 0;
  const stopping = new AbortController();
  return {
    begin({ credential, propertyId }, response, hungUp) {
      const ended = AbortSignal.any([hungUp, stopping.signal]);
      // Its response won't close once more.
      if (hungUp.aborted) return ended;
      const isFull = ofCredentials.isFull(credential) || ofProperties.isFull(propertyId) || all >= limits.overall;
      if (isFull) throw new ProblemError('too-many-streams', { headers: { 'retry-after': '10' } });
      const leaves = [ofCredentials.enter(credential), ofProperties.enter(propertyId)];
      all += 1;
      response.once('close', () => {
        all -= 1;
        for (const leave of leaves) leave();
      });
      return ended;
    },
    stop: () => stopping.abort(),
  };
}
