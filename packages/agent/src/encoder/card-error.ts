/** Everything that can go wrong between an encoder and a card, each with what it means and promises. */
export const CARD_ERRORS = {
  /** `connect`: no card lies there. */
  'no-card': 'no card lies on the encoder',
  /**
   * The card left, or another connection took its place. This connection is over for good. Of a write that was under
   * way nobody can tell whether it happened, wholly or in part.
   */
  'card-gone': 'the card was taken away',
  /** The card is there and the key or password is wrong; nothing changed. The card halts: see `reselect`. */
  'authentication-failed': 'the card refused the key',
  /**
   * The card is there and gave nothing: the block wants another key, or the answer was garbled more often than the
   * driver repeats it. The card halts.
   */
  'read-failed': 'the card refused to be read',
  /** The card refused a write by its lock bits or access conditions: that block is unchanged. The card halts. */
  'write-protected': 'the card is write-protected',
  /** A write wasn't acknowledged, though the card is still there: the block may hold old, new or mixed bytes. */
  'write-failed': 'the card did not confirm the write',
  /** The encoder itself doesn't answer. Nothing is known of the card; as uncertain as `card-gone` for a write. */
  'reader-hung': 'the encoder does not answer',
  /**
   * The encoder was unplugged, or what drives it on this computer is down. Nothing is known of the card; as uncertain as
   * `card-gone` for a write.
   */
  'reader-gone': 'the encoder is not plugged in, or its driver is not running',
  /** `connect`: another program of this computer holds the card or the encoder. Nothing was asked of the card. */
  'reader-busy': 'another program is using the encoder; close it',
  /** This model can't do with this card what must be done. Nothing was written to the card. */
  'reader-unfit': 'the encoder cannot work with this kind of card; use another model',
  /** The encoder was closed by this program. */
  'encoder-closed': 'the encoder is closed',
} as const;

export type CardErrorCode = keyof typeof CARD_ERRORS;

/** The one exception of encoders, connections and layouts. `code` says what happened; the message is for people. */
export class CardError extends Error {
  readonly code: CardErrorCode;

  constructor(code: CardErrorCode, message: string = CARD_ERRORS[code]) {
    super(message);
    this.name = 'CardError';
    this.code = code;
  }
}

const ENDS_CONNECTION: ReadonlySet<CardErrorCode> = new Set<CardErrorCode>([
  'card-gone',
  'reader-hung',
  'reader-gone',
  'reader-unfit',
  'encoder-closed',
]);

/** Whether a failure with that code ends the connection for good. */
export function endsConnection(code: CardErrorCode): boolean {
  return ENDS_CONNECTION.has(code);
}

/** Whether an exception is a CardError with one of these codes; with any, when none is named. */
export function isCardError(error: unknown, ...codes: CardErrorCode[]): error is CardError {
  return error instanceof CardError && (codes.length === 0 || codes.includes(error.code));
}
