/** Limits of the agent's side of the connection; those that both sides share are AGENT_LIMITS. */
export const LINK_LIMITS = {
  /** Bytes of one message from the server: the largest, `settle` with 1,000 serials, takes 35 KB. */
  receiveBytes: 256 * 1024,
  /** From beginning to connect to an open channel. */
  openMs: 10_000,
  /** How long the beginning of an answer may take that isn't the awaited one. */
  answerMs: 2_000,
  /** From an open channel to `welcome`. A restored server with a long journal to replay takes the longest. */
  handshakeMs: 60_000,
  /** Waits between attempts are drawn from 0 to this, doubled after each … */
  backoffBaseMs: 500,
  /** … up to this. */
  backoffCapMs: 30_000,
  /** After a connection that stood at least this long, the waits begin from the start. */
  steadyMs: 10_000,
  /** Between attempts that a person must make possible first. They go on, so that the repair is noticed. */
  refusedMs: 60_000,
  /** A report that isn't acknowledged within this time gives the connection up; the next one tells it again. */
  reportMs: 25_000,
} as const;

/**
 * Milliseconds to wait before attempt `attempt` (0 is the first after a failure): full jitter, so that a thousand
 * agents don't come back at the same moment.
 * @param fraction at least 0 and less than 1
 */
export function backoffMs(attempt: number, fraction: number): number {
  // Past 2^10 the cap has been reached long since; the exponent must not overflow.
  const most = Math.min(LINK_LIMITS.backoffCapMs, LINK_LIMITS.backoffBaseMs * 2 ** Math.min(attempt, 10));
  return Math.floor(fraction * most);
}
