import type { CredentialHeaders } from './credential.ts';
import { KeyrackProblem, KeyrackUnreachable } from './problems.ts';
import { type Received, readAnswer, unreachable } from './read-answer.ts';
import { mayRepeat, pauseBefore, type Repeatable, type Tried } from './retry-rules.ts';
import { pause, timeLimit } from './time-limit.ts';

/** One request, as it is sent at every try. */
export interface PlannedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface SendOptions {
  readonly fetch: typeof fetch;
  /** The credential, asked for at every try. */
  readonly credential: CredentialHeaders;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly signal?: AbortSignal | undefined;
}

/** Sends it until there is an answer, as often as that is safe. Throws KeyrackProblem or KeyrackUnreachable. */
export async function sendRequest(planned: PlannedRequest, options: SendOptions): Promise<Received> {
  const repeatable: Repeatable = {
    method: planned.method,
    hasIdempotencyKey: 'idempotency-key' in planned.headers,
    hasIfMatch: 'if-match' in planned.headers,
  };
  // What a later try is told says nothing about an earlier one, whose answer was lost.
  let mayBeDone = false;
  for (let tries = 1; ; tries += 1) {
    try {
      return await tryOnce(planned, options);
    } catch (error) {
      if (!(error instanceof KeyrackProblem) && !(error instanceof KeyrackUnreachable)) throw error;
      mayBeDone ||= error.mayBeDone;
      error.mayBeDone = mayBeDone;
      const tried = triedBy(error);
      if (tries > options.retries || !mayRepeat(repeatable, tried)) throw error;
      const ms = pauseBefore(tries, error.retryAfterMs, Math.random());
      if (ms === null) throw error;
      await pause(ms, options.signal);
    }
  }
}

async function tryOnce(
  planned: PlannedRequest,
  { fetch, credential, timeoutMs, signal }: SendOptions,
): Promise<Received> {
  const { method, url, headers, body } = planned;
  const shown = await credential();
  const limit = timeLimit(timeoutMs, signal);
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...shown },
      ...(body !== undefined && { body }),
      // Followed elsewhere, a POST becomes a GET, and the wrong server hears what was meant for another.
      redirect: 'manual',
      signal: limit.signal,
    });
    return readAnswer(response, await response.text());
  } catch (error) {
    if (error instanceof KeyrackProblem || error instanceof KeyrackUnreachable) throw error;
    signal?.throwIfAborted();
    throw unreachable(error, limit.signal, timeoutMs, new URL(url).host);
  } finally {
    limit.end();
  }
}

export function triedBy(error: KeyrackProblem | KeyrackUnreachable): Tried {
  if (error instanceof KeyrackProblem) return { kind: 'answer', status: error.status, problem: error.problem };
  if (error.status !== null) return { kind: 'answer', status: error.status, problem: null };
  return { kind: 'lost', mayBeDone: error.mayBeDone };
}
