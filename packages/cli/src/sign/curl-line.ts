import type { Endpoint } from './endpoints.ts';

/** A command for a shell that sends the request: signature A in the body, B in the address. */
export function curlLine(
  server: string,
  { path, signature }: Endpoint,
  fields: Readonly<Record<string, string>>,
  sig: string,
): string {
  const body = new URLSearchParams(fields);
  if (signature === 'A') body.append('sig', sig);
  const address = `${server.replace(/\/+$/, '')}${path}${signature === 'B' ? `?sig=${sig}` : ''}`;
  return curlPost(address, body.toString());
}

/** `curl` posts forms by itself once it has data. */
export function curlPost(address: string, body: string): string {
  return `curl ${quoted(address)} -d ${quoted(body)}`;
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[0-9A-Za-z:/._=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
