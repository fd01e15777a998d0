/** What a person fills in where a server is set up. */
export const FIRST_PROPERTY = {
  owner: { name: 'Ada', email: 'ada@hotel.example', password: 'correct horse' },
  property: { number: '1316879946', name: 'Hotel', timeZone: 'Europe/Berlin' },
} as const;

/** What stands in the link of a server that waits to be set up. */
export const SET_UP_LINK = '/set-up#';

/** The token of the link that `keyrack serve` prints. */
export function setUpTokenIn(printed: string): string {
  const [, token] = /\/set-up#(\S+)/.exec(printed) ?? [];
  if (token === undefined) throw new Error(`there is no link to set a property up in:\n${printed}`);
  return token;
}

/** Sets the first property of a server up, as the console does. */
export async function setUpProperty(server: string, token: string): Promise<void> {
  const answer = await fetch(`${server}/v1/set-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, ...FIRST_PROPERTY }),
  });
  if (answer.status !== 201) throw new Error(`the server wasn't set up (${answer.status}):\n${await answer.text()}`);
}
