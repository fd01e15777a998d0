/** Limits of the agent's side of the connection; those that both sides share are AGENT_LIMITS. */
export const LINK_LIMITS = {
  /** Bytes of one message from the server: the largest, `settle` with 1,000 serials, takes 35 KB. */
  receiveBytes: 256 * 1024,
  /** From beginning to connect to an open channel. A server that many come back to lets agents wait for 10 s. */
  openMs: 15_000,
  /** How long the beginning of an answer may take that isn't the awaited one. */
  answerMs: 2_000,
  /** From an open channel to `welcome`. A restored server with a long journal to replay takes the longest. */
  handshakeMs: 60_000,
  /** Waits between attempts are drawn from 0 to this, doubled after each … */
  backoffBaseMs: 500,
  /** … up to this in the first minutes of an outage. A server that was restarted expects its agents for 10 s … */
  backoffCapMs: 8_000,
  /** … so long, … */
  outageMs: 600_000,
  /** … and up to this beyond: a server that was away for long gives nobody an answer by being found sooner. */
  longBackoffCapMs: 30_000,
  /** After a connection that stood at least this long, the waits begin from the start. */
  steadyMs: 10_000,
  /** Between attempts that a person must make possible first. They go on, so that the repair is noticed. */
  refusedMs: 60_000,
  /** A report that isn't acknowledged within this time gives the connection up; the next one tells it again. */
  reportMs: 25_000,
} as const;

/**
 * Milliseconds to wait before attempt `attempt` (0 is the first after a failure): full jitter, so that ten thousand
 * agents don't come back at the same moment.
 * @param outageMs since the first failure
 * @param fraction at least 0 and less than 1
 */
export function backoffMs(attempt: number, outageMs: number, fraction: number): number {
  const { backoffBaseMs, backoffCapMs, longBackoffCapMs } = LINK_LIMITS;
  const cap = outageMs < LINK_LIMITS.outageMs ? backoffCapMs : longBackoffCapMs;
  // Past 2^10 the cap has been reached long since; the exponent must not overflow.
  return Math.floor(fraction * Math.min(cap, backoffBaseMs * 2 ** Math.min(attempt, 10)));
}
