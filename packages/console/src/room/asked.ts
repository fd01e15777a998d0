import type { Issue } from './wish.ts';

/** What was asked for by this page, and which cards it said would stop. */
export interface Asked {
  readonly issue: Issue;
  readonly print: string;
}

/** More of them are followed by nobody any more. */
const MOST = 50;

const asked = new Map<string, Asked>();

/** Remembers what an operation was asked with, so that it can be tried again without being filled in again. */
export function rememberAsked(operation: string, what: Asked): void {
  asked.set(operation, what);
  for (const first of asked.keys()) {
    if (asked.size <= MOST) break;
    asked.delete(first);
  }
}

/** Null after the page was loaded again: then the form is filled in anew. */
export function askedFor(operation: string): Asked | null {
  return asked.get(operation) ?? null;
}
