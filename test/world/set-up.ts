import { once } from 'node:events';
import { request } from 'node:http';

/** What a person fills in on the set-up page. */
export const FIRST_PROPERTY = {
  propertyNumber: '1316879946',
  propertyName: 'Hotel',
  timeZone: 'Europe/Berlin',
  administratorName: 'Ada',
  email: 'ada@hotel.example',
  password: 'correct horse',
  passwordAgain: 'correct horse',
} as const;

/** The token of the link that `keyrack serve` prints. */
export function setupTokenIn(printed: string): string {
  const [, token] = /\/setup#(\S+)/.exec(printed) ?? [];
  if (token === undefined) throw new Error(`there is no link to set a property up in:\n${printed}`);
  return token;
}

/**
 * Sets the first property of a server up, and answers the page that a browser then shows.
 * @param host what the browser says that it asked for
 * @param changes other values of the form, and what the page's script adds
 */
export async function setUpProperty(
  server: string,
  token: string,
  host = new URL(server).host,
  changes: Readonly<Record<string, string>> = {},
): Promise<string> {
  const headers = { host, 'content-type': 'application/x-www-form-urlencoded' };
  const sent = request(`${server}/setup`, { method: 'POST', headers });
  sent.end(new URLSearchParams({ ...FIRST_PROPERTY, ...changes, token }).toString());
  const [response] = await once(sent, 'response');
  let page = '';
  for await (const chunk of response.setEncoding('utf8')) page += chunk;
  if (response.statusCode !== 200) throw new Error(`the server wasn't set up (${response.statusCode}):\n${page}`);
  return page;
}

/** What the page of a set-up shows by that id, as a person copies it. */
export function shownOn(page: string, id: string): string {
  const [, text] = new RegExp(`id="${id}"[^>]*>([^<]+)<`).exec(page) ?? [];
  if (text === undefined) throw new Error(`the page shows no ${id}:\n${page}`);
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
