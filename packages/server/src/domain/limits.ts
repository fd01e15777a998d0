import type { GuessLimits } from './guess-limit.ts';

/** Operations that wait at one encoder behind the one under way (design, "Per encoder"). */
export const QUEUE_LIMIT = 4;

/** How long a repeat of a request tells what became of the first (contract, "open outcome"). Milliseconds. */
export const REPEAT_WINDOW_MS = 10 * 60_000;

/** How long a failed attempt counts against the way it came by (docs/room-card-api.md, "Failed attempts"). */
export const FAILURES = { windowMs: 15 * 60_000 } as const;

/** Wrong passwords of one member. */
export const PASSWORD_GUESSES: GuessLimits = {
  perWay: { failures: 10, windowMs: FAILURES.windowMs },
  overall: { failures: 100, windowMs: 60 * 60_000 },
  successMs: 24 * 60 * 60_000,
};

/**
 * Counts that are kept in memory, of each kind; those of names that nobody has are kept apart from members'. A check
 * costs 10 ms at least and few run at once: nobody fails so often in 15 minutes that a count would be pushed out.
 */
export const GUESS_COUNTS = 100_000;

/** Passwords that wait for their check; beyond it callers are told to come back. At 20 ms each, some 20 s of work. */
export const PASSWORDS_WAITING = 1_000;

/** How long a checked password is remembered, in memory. Milliseconds. */
export const REMEMBER_PASSWORD_MS = 5 * 60_000;

/**
 * Wrong signatures for one account from one source. Beyond it they get another answer, and a right one gets through.
 * Accounts are counted by the name that is claimed, whether or not it exists.
 */
export const WRONG_SIGNATURES = { most: 100, accountsPerSource: 16, sources: 10_000 } as const;

/** One-time pairing codes (eight characters): how long they last. Milliseconds. */
export const PAIRING = { validMs: 10 * 60_000 } as const;

/** Wrong pairing codes, whichever they are. Only their source is closed: strangers can't close pairing for others. */
export const PAIRING_GUESSES: GuessLimits = {
  perWay: { failures: 10, windowMs: FAILURES.windowMs },
  overall: null,
  successMs: 0,
};

/** Wrong ends of codes that begin alike: for whoever has seen how a code begins. */
export const PAIRING_CODE_GUESSES: GuessLimits = {
  perWay: { failures: 5, windowMs: PAIRING.validMs },
  overall: { failures: 5, windowMs: PAIRING.validMs },
  successMs: 0,
};

/** Pairings that are looked up at the same time, and that wait for it. */
export const PAIRINGS = { atOnce: 16, waiting: 1_000 } as const;
