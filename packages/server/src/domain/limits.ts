/** Operations that wait at one encoder behind the one under way (design, "Per encoder"). */
export const QUEUE_LIMIT = 4;

/** How long a repeat of a request tells what became of the first (contract, "open outcome"). Milliseconds. */
export const REPEAT_WINDOW_MS = 10 * 60_000;

/** Failed sign-ins that close a door, and for how long (design, "Trust"). */
export const FAILURES = {
  perMember: 10,
  perAccount: 100,
  pairing: 1_000,
  windowMs: 15 * 60_000,
  doors: 100_000,
} as const;

/** How long a checked password is remembered, in memory. Milliseconds. */
export const REMEMBER_PASSWORD_MS = 5 * 60_000;

/** One-time pairing codes (eight characters): how long they last, and how often a wrong one may be tried. */
export const PAIRING = { validMs: 10 * 60_000, tries: 5 } as const;
