/** Numbers that a text of ranges may name. The server takes as many rooms at once, twice. */
export const MOST_NUMBERS = 5_000;

export type RangeFault =
  /** `part` is no number and no range. */
  | { readonly is: 'not-understood'; readonly part: string }
  /** `part` ends before it begins. */
  | { readonly is: 'backwards'; readonly part: string }
  | { readonly is: 'too-many' };

export type Expanded =
  | { readonly numbers: readonly string[]; readonly fault: null }
  | { readonly numbers: null; readonly fault: RangeFault };

const DASHES = /\s*(?:[-–—−~～]|\.\.|…|至|到|\bto\b)\s*/giu;
const NUMBER = /^[0-9A-Za-z]{1,20}$/;
const RANGE = /^([0-9A-Za-z]*?)(\d{1,9})-([0-9A-Za-z]*?)(\d{1,9})$/;

/**
 * The numbers that people mean by a text such as `101–140, 201-240` or `A01 to A12`. Zeros in front stay, and letters before the
 * digits needn't be said twice. Each number is there once, in the order of the text.
 */
export function expandRanges(text: string): Expanded {
  const parts = text
    .normalize('NFKC')
    .replace(DASHES, '-')
    .split(/[\s,;、。]+/u)
    .filter(Boolean);
  const found = new Set<string>();
  for (const part of parts) {
    const numbers = NUMBER.test(part) ? [part] : numbersOf(part);
    if (!Array.isArray(numbers)) return { numbers: null, fault: numbers };
    for (const number of numbers) found.add(number);
    if (found.size > MOST_NUMBERS) return { numbers: null, fault: { is: 'too-many' } };
  }
  return { numbers: [...found], fault: null };
}

function numbersOf(part: string): string[] | RangeFault {
  const [, letters = '', first = '', lettersAgain = '', last = ''] = RANGE.exec(part) ?? [];
  if (first === '' || (lettersAgain !== '' && lettersAgain !== letters)) return { is: 'not-understood', part };
  // 08-12 is fine, and 1-012 is not: nobody could tell how its numbers are written.
  if (last.length < first.length) return { is: 'backwards', part };
  if (last.startsWith('0') && last.length !== first.length) return { is: 'not-understood', part };
  const count = Number(last) - Number(first) + 1;
  if (count < 1) return { is: 'backwards', part };
  if (count > MOST_NUMBERS) return { is: 'too-many' };
  const width = first.startsWith('0') ? first.length : 0;
  return Array.from({ length: count }, (_, at) => `${letters}${String(Number(first) + at).padStart(width, '0')}`);
}
