import { createKeyrack, type Keyrack } from '@keyrack/sdk';
import { noteUnknownSession } from '../session/session-news.ts';
import { noteServerTime } from '../time/server-clock.ts';
import { forgetFirstRequests, takeFirst } from './first-requests.ts';

/** The one client of the console, by the session's cookie, which no script reads. */
export const keyrack: Keyrack = createKeyrack({
  url: location.origin,
  cookie: true,
  retries: 2,
  fetch: async (input, init) => {
    const { at, response: answered } = takeFirst(input, init) ?? { at: Date.now(), response: fetch(input, init) };
    const response = await answered;
    noteServerTime(response.headers, at, Date.now());
    if (response.status === 401) {
      forgetFirstRequests();
      noteUnknownSession();
    }
    return response;
  },
});
