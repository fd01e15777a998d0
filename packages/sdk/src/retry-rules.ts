/** What came of one try. */
export type Tried =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Name of the problem; null where it told none, as proxies don't. */
      readonly problem: string | null;
    }
  /** No answer that could be understood. */
  | { readonly kind: 'lost'; readonly mayBeDone: boolean };

/** What matters of a request here. */
export interface Repeatable {
  readonly method: string;
  readonly hasIdempotencyKey: boolean;
  readonly hasIfMatch: boolean;
}

/** Limits of trying again. Milliseconds. */
export const RETRIES = {
  /** After the first try. */
  usual: 3,
  firstPauseMs: 300,
  longestPauseMs: 10_000,
  /** Where the server asks for a longer pause, the caller decides. */
  longestRetryAfterMs: 60_000,
} as const;

/** Answers of servers and proxies that may come from a moment's trouble. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Whether the request may be sent again, and whether that makes sense. */
export function mayRepeat(request: Repeatable, tried: Tried): boolean {
  if (tried.kind === 'answer' && !PASSING.has(tried.status)) return false;
  return isUndone(tried) || isHarmlessTwice(request);
}

/** Whether it is certain that the server did nothing. */
function isUndone(tried: Tried): boolean {
  if (tried.kind === 'lost') return !tried.mayBeDone;
  return tried.status === 429 || tried.problem === 'unavailable';
}

/**
 * Whether a second arrival has the effect and the answer of the first. A DELETE would be told 404 by its own success, and a
 * change with If-Match 412: their callers learn that the outcome is open instead.
 */
function isHarmlessTwice({ method, hasIdempotencyKey, hasIfMatch }: Repeatable): boolean {
  switch (method) {
    case 'GET':
      return true;
    case 'POST':
      return hasIdempotencyKey;
    case 'PUT':
    case 'PATCH':
      return !hasIfMatch;
    default:
      return false;
  }
}

/**
 * Milliseconds until the next try; null where the server asks for more than this client waits by itself. Between nothing and
 * a limit that doubles, so that clients that failed together don't come back together.
 *
 * @param tries how many there were
 * @param random from 0 to 1
 */
export function pauseBefore(tries: number, retryAfterMs: number | null, random: number): number | null {
  const limit = Math.min(RETRIES.longestPauseMs, RETRIES.firstPauseMs * 2 ** (tries - 1));
  const pause = Math.round(random * limit);
  if (retryAfterMs === null) return pause;
  return retryAfterMs > RETRIES.longestRetryAfterMs ? null : retryAfterMs + pause;
}

/** Milliseconds of a `Retry-After` header (RFC 9110, 10.2.3): seconds, or a date. */
export function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const date = /^[A-Z][a-z]+,/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
