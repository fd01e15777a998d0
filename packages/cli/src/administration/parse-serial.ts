import { InvalidArgumentError } from 'commander';

/** A card's serial as people type it. */
export function parseSerial(text: string): string {
  if (/^(?:[0-9A-F]{2}){1,16}$/i.test(text)) return text.toUpperCase();
  throw new InvalidArgumentError('A serial is 1 to 16 pairs of hex digits.');
}
