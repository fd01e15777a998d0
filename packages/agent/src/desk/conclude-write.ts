import type { CardContent, Reading, WriteOutcome } from '@keyrack/protocol';

/**
 * How a write ended, by what was read back afterwards and nothing else; null when the card was gone before that. The
 * target comes first: a write of what was there already has succeeded.
 */
export function concludeWrite(before: CardContent, target: CardContent, readBack: Reading | null): WriteOutcome {
  if (readBack === null) return 'unknown';
  if (readBack === target) return 'succeeded';
  return readBack === before ? 'rejected' : 'damaged';
}
