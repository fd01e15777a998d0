/** Limits of the work at one encoder, in one place. */
export const DESK_LIMITS = {
  /** The server's answer to `open`, `present` and `reading`; then the card is let go and asked for anew. */
  answerMs: 10_000,
  /** One exchange with a card. The slowest real one takes well under a second; longer means a dead cable or driver. */
  cardCommandMs: 10_000,
  /** After something went wrong with a card that still lies there, until it is tried again. */
  retryMs: 1_000,
  /** Prompts held for one encoder; the server has one out at a time and four queued behind it. */
  prompts: 8,
  /** Operations that are remembered for the local page. */
  recent: 20,
  /** An answer to a sign-in or sign-out. */
  signInMs: 15_000,
  /** `activity` is sent at most this often. */
  activityMs: 10_000,
} as const;
