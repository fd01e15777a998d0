/** Limits of the PC/SC driver, in one place. */
export const PCSC_LIMITS = {
  /**
   * One call of PC/SC, which sets no limit of its own. A card takes milliseconds, a reader that activates one up to half a
   * second. A whole command of the desk, several calls, must stay below its own limit (`cardCommandMs`).
   */
  callMs: 3_000,
  /** How often something that nobody can tell the failure of is asked, before the card counts as having said no. */
  tries: 3,
  /** Until a card that couldn't be looked at is looked at again. */
  lookAgainMs: 250,
  /** Until a service that isn't running is tried again. */
  serviceRetryMs: 500,
  /** A reader that is away for longer leaves the list of encoders. A restart of the service takes less. */
  awayMs: 5_000,
  /** The service tells of the readers that are there one by one, within milliseconds, and never that it is done. */
  listMs: 500,
} as const;
