import { createKeyrack, type Keyrack } from '@keyrack/sdk';
import { noteUnknownSession } from '../session/session-news.ts';
import { noteServerTime } from '../time/server-clock.ts';

/** The one client of the console, by the session's cookie, which no script reads. */
export const keyrack: Keyrack = createKeyrack({
  url: location.origin,
  cookie: true,
  retries: 2,
  fetch: async (input, init) => {
    const sentAt = Date.now();
    const response = await fetch(input, init);
    noteServerTime(response.headers, sentAt, Date.now());
    if (response.status === 401) noteUnknownSession();
    return response;
  },
});
