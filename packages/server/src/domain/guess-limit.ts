/** By which way somebody shows a secret: what a failure closes is this way, and only for what it was shown for. */
export type Way =
  | { readonly by: 'account'; readonly sid: string }
  | { readonly by: 'desk'; readonly agentId: string }
  /** Where there is neither; `source` as `sourceKey` tells it. */
  | { readonly by: 'source'; readonly source: string };

/** How many failures are borne. Milliseconds. */
export interface GuessLimits {
  /** So many failures on one way within the window close it, until the first of them is older than that. */
  readonly perWay: { readonly failures: number; readonly windowMs: number };
  /** From so many failures over all ways on, a way without a late success is closed by its first failure. */
  readonly overall: { readonly failures: number; readonly windowMs: number } | null;
  /** How long a success on a way keeps it from that. */
  readonly successMs: number;
}

/** What has been tried so far. Instants are milliseconds of one monotonic clock, the oldest first. */
export interface Tally {
  readonly failures: readonly number[];
  /** Checks that have begun, whose end nobody knows yet. */
  readonly underWay: number;
}

export interface GuessesSoFar {
  /** At this secret by this way. */
  readonly onWay: Tally;
  /** At this secret by all ways. */
  readonly overall: Tally;
  /** Whether the secret was shown rightly on this way within `successMs`. */
  readonly succeededLately: boolean;
}

export type GuessVerdict =
  | { readonly verdict: 'open' }
  /** Too many only together with checks under way: their end decides. */
  | { readonly verdict: 'wait' }
  /** Too many failures. `until` is when the way opens again. */
  | { readonly verdict: 'closed'; readonly until: number };

/**
 * Whether one more guess may be checked now. What failed on other ways never closes a way that had no failure, nor one
 * with a late success: else strangers could keep somebody out.
 */
export function judgeGuess(
  { onWay, overall, succeededLately }: GuessesSoFar,
  now: number,
  limits: GuessLimits,
): GuessVerdict {
  const failed = within(onWay.failures, limits.perWay.windowMs, now);
  const failedOverall = limits.overall === null ? 0 : within(overall.failures, limits.overall.windowMs, now).length;
  const mostAt = (total: number) =>
    limits.overall !== null && total >= limits.overall.failures && !succeededLately ? 1 : limits.perWay.failures;
  const decisive = failed.at(-mostAt(failedOverall));
  if (decisive !== undefined) return { verdict: 'closed', until: decisive + limits.perWay.windowMs };
  const mostIfAllFail = mostAt(failedOverall + overall.underWay);
  return { verdict: failed.length + onWay.underWay < mostIfAllFail ? 'open' : 'wait' };
}

/** A failure counts while it is younger than the window. */
function within(failures: readonly number[], windowMs: number, now: number): readonly number[] {
  return failures.filter((at) => now - at < windowMs);
}
