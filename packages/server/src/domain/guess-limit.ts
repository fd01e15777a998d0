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
  /** From so many failures over all ways on, a way without a late success has this many left, where it had no failure. */
  readonly overall: { readonly failures: number; readonly windowMs: number; readonly leftToEachWay: 0 | 1 } | null;
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
 * Whether one more guess may be checked now. What failed on other ways never closes one with a late success, nor one that had no
 * failure, where each way has one left: else strangers could keep somebody out.
 */
export function judgeGuess(
  { onWay, overall, succeededLately }: GuessesSoFar,
  now: number,
  limits: GuessLimits,
): GuessVerdict {
  const failed = within(onWay.failures, limits.perWay.windowMs, now);
  const allFailed = limits.overall === null ? [] : within(overall.failures, limits.overall.windowMs, now);
  const failedOverall = allFailed.length;
  const mostAt = (total: number) =>
    limits.overall !== null && total >= limits.overall.failures && !succeededLately
      ? limits.overall.leftToEachWay
      : limits.perWay.failures;
  if (limits.overall !== null && mostAt(failedOverall) === 0) {
    const first = allFailed.at(-limits.overall.failures) ?? now;
    return { verdict: 'closed', until: first + limits.overall.windowMs };
  }
  const decisive = failed.at(-mostAt(failedOverall));
  if (decisive !== undefined) return { verdict: 'closed', until: decisive + limits.perWay.windowMs };
  const mostIfAllFail = mostAt(failedOverall + overall.underWay);
  return { verdict: failed.length + onWay.underWay < mostIfAllFail ? 'open' : 'wait' };
}

/** A failure counts while it is younger than the window. */
function within(failures: readonly number[], windowMs: number, now: number): readonly number[] {
  return failures.filter((at) => now - at < windowMs);
}
