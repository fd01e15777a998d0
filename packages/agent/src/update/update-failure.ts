/** Why an update came to nothing: a code that a translation goes by, and a sentence in English that says what to do. */
export class UpdateFailure extends Error {
  override readonly name = 'UpdateFailure';
  override readonly cause: UpdateCause;

  constructor(cause: UpdateCause, message: string) {
    super(message);
    this.cause = cause;
  }
}

export const UPDATE_CAUSES = [
  /** The program can't update itself, wherever an update would come from. */
  'checkout',
  'system-package',
  'for-computer',
  'no-key',
  'not-supervised',
  'folder-not-writable',
  /** What the server offers is nothing to take. */
  'not-connected',
  'server-offers-none',
  'nothing-for-system',
  'not-newer',
  'not-signed',
  'wrong-signature',
  'not-listed',
  /** It couldn't be taken. */
  'download-failed',
  'wrong-checksum',
  'bad-archive',
  'disk-full',
  'failed',
  /** It was tried, and the old version runs on. */
  'crashed',
  'never-connected',
  'interrupted',
  'not-kept',
  /** Something else is going on. */
  'busy',
] as const;
export type UpdateCause = (typeof UPDATE_CAUSES)[number];
