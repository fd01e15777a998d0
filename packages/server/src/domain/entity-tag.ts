import { createHash } from 'node:crypto';

/**
 * The ETag of what is shown of a row: the same for the same values. A transaction computes it from the row that it is about
 * to change, so that nothing can come between the comparison and the change.
 */
export function entityTag(shown: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(shown).sort(([a], [b]) => (a < b ? -1 : 1));
  return `"${createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, 22)}"`;
}

/** Tags that a caller knows, by its `If-Match`; null where any will do. */
export type KnownTags = readonly string[] | null;

/** Whether what is there is what the caller knows. */
export function isKnown(known: KnownTags, shown: Readonly<Record<string, unknown>>): boolean {
  return known === null || known.includes(entityTag(shown));
}
