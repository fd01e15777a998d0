import { createKeyrack, type Keyrack } from '@keyrack/sdk';

/** The one client of the console, by the session's cookie, which no script reads. */
export const keyrack: Keyrack = createKeyrack({ url: location.origin, cookie: true, retries: 2 });
