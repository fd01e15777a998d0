/** Everything that ends a journal's work, each with what it means and what a person can do. */
export const JOURNAL_ERRORS = {
  /** A file that can't be what this program wrote. Nothing was changed and nothing is executed. */
  damaged: 'Move the journal folder away and start again: a new journal is begun, and the server is told.',
  /** Written in a format that came after this program. Nothing was changed and nothing is executed. */
  newer: 'Update this agent to the version that was used here last; the journal was left as it is.',
  /** A record couldn't be made durable (disk full, I/O error). Nothing more is appended or executed by this process. */
  broken: 'Make room or repair the disk, then start the agent again.',
  /** It was closed by this program. */
  closed: 'The agent is stopping.',
} as const;

export type JournalErrorCode = keyof typeof JOURNAL_ERRORS;

/** The one exception of the journal. The message is for people and says what to do. */
export class JournalError extends Error {
  readonly code: JournalErrorCode;

  constructor(code: JournalErrorCode, reason: string) {
    super(`${reason} ${JOURNAL_ERRORS[code]}`);
    this.name = 'JournalError';
    this.code = code;
  }
}
