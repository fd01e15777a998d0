/**
 * Whether every database keeps this text as it is: SQLite would change half a surrogate pair silently, and PostgreSQL
 * refuses NUL.
 */
export function isPortableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Turn the writing order of what stands behind them, on lines of others too. */
const TURNS_ORDER = /[\u202A-\u202E\u2066-\u2069]/u;

/** Nothing can be seen of these: marks alone, blanks, and what is never drawn. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cf}\p{M}\u2800]/gu;

/** Whether people see a text as what it is: on one line, in its own order, and something of it at all. */
export function isReadableLine(text: string): boolean {
  if (!isPortableText(text) || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) || TURNS_ORDER.test(text)) return false;
  return text.replace(UNSEEN, '') !== '';
}

/** Whether something in a text is never drawn: with it, two that look the same are two. */
export function hidesSomething(text: string): boolean {
  return /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u.test(text);
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
