/** How places stand on the key rack: as people read their numbers, and the top floor first, as from outside. */

interface Numbered {
  readonly no: string;
}

/** Digits count as numbers: room 9 comes before room 10. */
export function byNumber({ no: one }: Numbered, { no: other }: Numbered): number {
  const [ones, others] = [partsOf(one), partsOf(other)];
  for (let i = 0; i < Math.min(ones.length, others.length); i += 1) {
    const [a = '', b = ''] = [ones[i], others[i]];
    const difference = isDigits(a) && isDigits(b) ? Number(a) - Number(b) : compareTexts(a, b);
    if (difference !== 0) return difference;
  }
  return ones.length - others.length || compareTexts(one, other);
}

/** The highest floor first; those whose number tells no height come last. */
export function topFloorFirst(one: Numbered, other: Numbered): number {
  const [a, b] = [heightOf(one.no), heightOf(other.no)];
  if (a !== null && b !== null && a !== b) return b - a;
  if ((a === null) !== (b === null)) return a === null ? 1 : -1;
  return byNumber(one, other);
}

/** `3` is the third floor, `B2` the second below the ground, `G` and `L` the ground. */
function heightOf(no: string): number | null {
  const [, below, digits, ground] = /^(?:(B)?(\d{1,9})F?|([GL]))$/i.exec(no) ?? [];
  if (ground !== undefined) return 0;
  return digits === undefined ? null : below === undefined ? Number(digits) : -Number(digits);
}

function partsOf(no: string): string[] {
  return no.match(/\d+|\D+/g) ?? [];
}

function isDigits(text: string): boolean {
  return /^\d/.test(text);
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
