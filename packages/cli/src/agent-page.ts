import type { NoPage, PageStart } from '@keyrack/agent';
import { z } from 'zod';

/** Where the page for the person at the desk is, unless told. */
export const PAGE_PORT = 8081;

const error = 'is a port number from 0 to 65535, or off';
const port = z.int(error).min(0, error).max(65_535, error);

/** A port, or `off` for no page. 0 is any port that is free. As text it is in digits alone: blanks and 1e3 are slips. */
export const pagePort = z.union(
  [
    z.literal('off'),
    port,
    z
      .string()
      .trim()
      .regex(/^\d{1,5}$/, error)
      .transform(Number)
      .pipe(port),
  ],
  { error },
);
export type PagePort = z.infer<typeof pagePort>;

/** What an agent tells of its page, to a person or to the process that runs it. */
export type PageNews = Pick<Extract<PageStart, { shown: true }>, 'shown' | 'url'> | NoPage;

/** @param choice how another port is chosen */
export function noPageText({ port, why }: NoPage, choice: string): string {
  return why === 'taken'
    ? `There is no page for the desk: port ${port} on 127.0.0.1 is taken. Stop the program that has it, or choose another with ${choice}.`
    : `There is no page for the desk: this user may not listen on port ${port}. Choose another with ${choice}.`;
}
