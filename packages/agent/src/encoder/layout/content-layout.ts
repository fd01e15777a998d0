import type { CardContent, CardKey } from '@keyrack/protocol';
import type { CardConnection } from '../encoder.ts';
import { readClassic, writeClassic } from './classic-layout.ts';
import type { FoundContent, LikelyKey } from './found-content.ts';
import { readPageChip, writePageChip } from './page-layout.ts';

/**
 * Reads Keyrack's area of a card: with each of the keys in the order given, then with the factory's. Content is what the bytes
 * are: an NTAG fresh from its maker holds an empty NDEF message there and reads as `factory:` with those
 * bytes, not as BLANK. It wakes the card first, so what an earlier call authenticated or broke doesn't matter, and
 * a content that is read back was proved by the keys that are said to open it.
 *
 * `unreadable` means that the card is there and neither these keys nor the factory's open it.
 *
 * @param keys the card's own keys, newest first; may be empty
 * @param likely one of them, or the factory's, that goes before all others: each wrong one costs time, and a chip of
 * another system may count it
 * @throws CardError card-gone, reader-hung, reader-gone, encoder-closed
 */
export function readContent(
  connection: CardConnection,
  keys: readonly CardKey[],
  likely: LikelyKey = null,
): Promise<FoundContent> {
  return connection.chip === 'classic-1k'
    ? readClassic(connection, keys, likely)
    : readPageChip(connection, keys, likely);
}

/**
 * Writes `target` over `from`, which must be what `readContent` found in this connection. A keyed target is locked with
 * the first key. Content that is equal is written all the same.
 *
 * What can be told beforehand to be refused (lock bits, another system's access conditions) is refused with
 * `write-protected` before the first write. The order of writes keeps a torn issue and a torn erase readable and
 * erasable: data before keys when issuing, zeros before factory keys when erasing. The single exception is a Classic's
 * trailer that was torn itself: its access bits carry their own complement, and the chip shuts the sector for ever.
 *
 * @param likely the key that opened it when it was read, which is tried first
 * @throws CardError any code but no-card and reader-busy; whatever it is, only reading the card again tells what it holds
 * @throws RangeError `target` is keyed, or `from` is, and there is no key
 */
export function writeContent(
  connection: CardConnection,
  from: CardContent,
  target: CardContent,
  keys: readonly CardKey[],
  likely: LikelyKey = null,
): Promise<void> {
  const openers = [...keys.filter((key) => key === likely), ...keys.filter((key) => key !== likely)];
  return connection.chip === 'classic-1k'
    ? writeClassic(connection, from, target, keys, openers)
    : writePageChip(connection, from, target, keys, openers);
}
