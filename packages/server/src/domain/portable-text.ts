/**
 * Whether every database keeps this text as it is: SQLite would change half a surrogate pair silently, and PostgreSQL
 * refuses NUL.
 */
export function isPortableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Where the first text that isn't portable stands in plain data, by names and indexes; null where there is none. */
export function pathOfUnportable(value: unknown): readonly (string | number)[] | null {
  if (typeof value === 'string') return isPortableText(value) ? null : [];
  if (typeof value !== 'object' || value === null) return null;
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [name, part] of entries) {
    const path = pathOfUnportable(part);
    if (path !== null) return [name, ...path];
  }
  return null;
}
