import { createKeyrack, type Keyrack } from '@keyrack/sdk';

/** Says that a request is of a page of this server: the cookie counts with it alone, so that no other page can use it. */
const BY_COOKIE = { 'keyrack-session': 'cookie' } as const;

/** The one client of the console, by the session's cookie. */
export const keyrack: Keyrack = createKeyrack({
  url: location.origin,
  key: '',
  retries: 2,
  fetch: (input, init) => {
    const headers = new Headers(init?.headers);
    headers.delete('authorization');
    for (const [name, value] of Object.entries(BY_COOKIE)) headers.set(name, value);
    return fetch(input, { ...init, headers, credentials: 'same-origin' });
  },
});
