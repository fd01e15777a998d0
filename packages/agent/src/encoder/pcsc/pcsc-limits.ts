/** Limits of the PC/SC driver, in one place. */
export const PCSC_LIMITS = {
  /**
   * One call of PC/SC, which sets no limit of its own. A card takes milliseconds, a reader that activates one up to half a
   * second.
   */
  callMs: 3_000,
  /**
   * A whole command of the desk, several calls with their repeats. Less than the desk's own limit (`cardCommandMs`), after
   * which it takes the reader for hung; at 0.75 s a call a wrong key is ten calls. `slow-readers.test.ts` ties them together.
   */
  commandMs: 9_000,
  /** How often something that nobody can tell the failure of is asked, before the card counts as having said no. */
  tries: 3,
  /** The same where a no is what one expects: a wrong key, or a page behind a password. */
  keyTries: 2,
  /** Until a card that couldn't be looked at is looked at again. A program that holds it may do so for hours. */
  lookAgain: { firstMs: 250, mostMs: 2_000, steadyMs: 0 },
  /**
   * Until a service that failed is tried again. The most is less than `awayMs`, so that a service that comes back takes no
   * encoder off the list. It must have answered for a while to count as well: some accept and die at once.
   */
  serviceAgain: { firstMs: 500, mostMs: 4_000, steadyMs: 10_000 },
  /** A service that has answered for so long is there, as far as people are told. Some accept and die at once. */
  answersMs: 2_000,
  /** What goes wrong again and again is logged at once, and then this often. */
  logAgainMs: 60_000,
  /** A reader that is away for longer leaves the list of encoders. A restart of the service takes less. */
  awayMs: 5_000,
  /**
   * A reader that was just plugged in or powered says for a moment that nothing lies on it. Until then its empty field isn't
   * believed: a card that was just issued may lie there still. Readers poll their field several times a second.
   */
  wakesMs: 2_000,
  /** The service tells what readers there are within milliseconds; it may be looking at a card meanwhile. */
  listMs: 3_000,
} as const;
