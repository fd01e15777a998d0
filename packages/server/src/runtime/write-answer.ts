import { STATUS_CODES } from 'node:http';

/** An answer as bytes, for a connection on which Node gives none. */
export function writeAnswer(status: number, headers: Readonly<Record<string, string>>, body: string): string {
  const all = { ...headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n');
}
