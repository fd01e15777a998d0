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

/** Scripts whose letters are joined, or kept apart, by a sign that is not drawn itself. */
const JOINS =
  '\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Nkoo}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}';

/**
 * Signs that are not drawn themselves, where they shape what is drawn: joiners between letters of such scripts and within emoji,
 * variants of Chinese characters and of emoji, and the letters within a flag. Found with what stands around them.
 */
const SHAPING = new RegExp(
  [
    `(?<=[${JOINS}])[\\u200C\\u200D](?=[${JOINS}])`,
    '(?<=\\p{Extended_Pictographic}[\\uFE0F\\p{Emoji_Modifier}]?)\\u200D(?=\\p{Extended_Pictographic})',
    '(?<=\\p{Extended_Pictographic})[\\uFE0E\\uFE0F]',
    '(?<=[0-9#*])\\uFE0F(?=\\u20E3)',
    '(?<=\\p{Script=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]',
    '(?<=\\p{Script=Mong})[\\u180B-\\u180D\\u180F]',
    '(?<=\\u{1F3F4})[\\u{E0061}-\\u{E007A}\\u{E0030}-\\u{E0039}]{1,8}\\u{E007F}',
  ].join('|'),
  'gu',
);

/** Whether something in a text is never drawn: with it, two that look the same are two. */
export function hidesSomething(text: string): boolean {
  return /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u.test(text);
}

/** Whether people see a text as what it is: on one line, in its own order, all of it, and something at all. */
export function isReadableLine(text: string): boolean {
  if (!isPortableText(text) || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) || TURNS_ORDER.test(text)) return false;
  return text.replace(UNSEEN, '') !== '' && !hidesSomething(text.replace(SHAPING, ''));
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
