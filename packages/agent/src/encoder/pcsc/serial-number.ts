/** Shorter ones are the number of a model, a version or a port. */
const SHORTEST = 4;

/**
 * Whether the text in brackets at the end of a reader's name is a serial number, which no other reader of its kind has.
 * Makers leave dummies there (`00000000`, `0123456789ABCD`), versions and words (`CCID`, `Beta 3`, `1`). A dummy
 * that is taken for a serial number gives two desks the same MAC. A serial number that is taken for a dummy only gives the
 * reader another MAC at another desk.
 */
export function isSerialNumber(text: string | undefined): boolean {
  if (text === undefined || !/^[0-9A-Za-z]+(?:[-_:][0-9A-Za-z]+)*$/.test(text)) return false;
  const plain = text.replaceAll(/[-_:]/g, '').toUpperCase();
  // Makers put letters before the number: `SN12345678` is as much a dummy as `12345678`.
  const number = plain.replace(/^[A-Z]+(?=\d)/, '');
  if (number.length < SHORTEST || !/\d.*\d/.test(number) || isVersion(plain)) return false;
  return !isPattern(plain) && !isPattern(number);
}

/** `V100`, `REV0204`, `FW2`: the same in every reader of a batch. */
function isVersion(text: string): boolean {
  return /^(?:V|VER|VERSION|REV|FW|HW)\d{1,4}$/.test(text);
}

/** One character again and again, characters in their order, or either of the two repeated. */
function isPattern(text: string): boolean {
  const unit = shortestUnit(text);
  return unit.length === 1 || isSequence(unit);
}

/** What the text is whole or begun repetitions of: `123412341` of `1234`. */
function shortestUnit(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const unit = text.slice(0, length);
    if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit;
  }
  return text;
}

/** Each character follows the one before, up or down: 9 is followed by A or 0, and F may be by 0. */
function isSequence(text: string): boolean {
  const steps = (next: (a: string, b: string) => boolean) =>
    [...text].every((character, i) => i === 0 || next(text[i - 1] as string, character));
  return steps(follows) || steps((a, b) => follows(b, a));
}

function follows(a: string, b: string): boolean {
  if (`${a}${b}` === '9A' || `${a}${b}` === '90' || `${a}${b}` === 'F0') return true;
  return b.charCodeAt(0) === a.charCodeAt(0) + 1;
}
