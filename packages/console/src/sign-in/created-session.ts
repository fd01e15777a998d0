import type { Answer } from '@keyrack/sdk';

/** A session as its opening answers it: open, with its token in the browser's cookie, or half open, for `openSession`. */
export type CreatedSession = Answer<'createSession'>;
