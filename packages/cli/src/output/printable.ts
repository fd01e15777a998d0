const HARMFUL = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text without what would move the cursor, change colours, or turn the direction of what stands beside it. */
export function printable(text: string): string {
  return text.replace(HARMFUL, '�');
}

/** The same for several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** JSON that says the same, without any of it: a screen may show it, too. */
export function toJson(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => line.replace(HARMFUL, escaped))
    .join('\n');
}
