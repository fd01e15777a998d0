import {
  accessOf,
  type CardContent,
  type CardKey,
  CONTENT_BYTES,
  chipKeys,
  contentOf,
  imageOf,
} from '@keyrack/protocol';
import { CardError, isCardError } from '../card-error.ts';
import {
  CLASSIC_BLOCK_BYTES,
  CLASSIC_DATA_BLOCKS,
  CLASSIC_FACTORY_ACCESS,
  CLASSIC_FACTORY_KEY,
  CLASSIC_FIRST_BLOCK,
  CLASSIC_KEYED_ACCESS,
  CLASSIC_TRAILER_BLOCK,
} from '../chip-geometry.ts';
import type { ClassicConnection } from '../encoder.ts';
import { type FoundContent, type LikelyKey, UNREADABLE } from './found-content.ts';

/** How often an area is read with a key that opens it. */
const READS = 2;

/** The key that opened a sector for writing. */
type Opener = CardKey | 'factory';

/** @param likely the one to try before anything else; null where nobody knows */
export async function readClassic(
  connection: ClassicConnection,
  keys: readonly CardKey[],
  likely: LikelyKey,
): Promise<FoundContent> {
  const inOrder: readonly (CardKey | 'factory')[] = [...keys, 'factory'];
  const first = inOrder.filter((key) => key === likely);
  for (const key of [...first, ...inOrder.filter((each) => each !== likely)]) {
    const image = await readWith(connection, key === 'factory' ? CLASSIC_FACTORY_KEY : chipKeys(key).classicA);
    if (image === null) continue;
    if (key === 'factory') return { content: contentOf('factory', image), key: null };
    return { content: contentOf('keyed', image), key: keys.indexOf(key) };
  }
  return UNREADABLE;
}

/**
 * The area as key A shows it; null when that key doesn't open it, or opens it but may not read. A key that is refused is
 * believed, for the driver has asked twice; a reading that fails with the right one is tried once more.
 */
async function readWith(connection: ClassicConnection, keyA: Uint8Array): Promise<Uint8Array | null> {
  for (let i = 0; i < READS; i += 1) {
    try {
      await connection.reselect();
      await connection.authenticate(CLASSIC_TRAILER_BLOCK, 'A', keyA);
      const image = new Uint8Array(CONTENT_BYTES);
      for (let block = 0; block < CLASSIC_DATA_BLOCKS; block += 1) {
        image.set(await connection.readBlock(CLASSIC_FIRST_BLOCK + block), block * CLASSIC_BLOCK_BYTES);
      }
      return image;
    } catch (error) {
      if (isCardError(error, 'authentication-failed')) return null;
      if (!isCardError(error, 'read-failed')) throw error;
    }
  }
  return null;
}

/** @param openers the same keys in the order in which they are tried */
export async function writeClassic(
  connection: ClassicConnection,
  from: CardContent,
  target: CardContent,
  keys: readonly CardKey[],
  openers: readonly CardKey[],
): Promise<void> {
  const wanted = accessOf(target) === 'keyed' ? firstKey(keys) : 'factory';
  const opener = await openForWriting(connection, from, openers);
  const trailer = await connection.readBlock(CLASSIC_TRAILER_BLOCK);
  // With other access bits than ours the data might be writable and the trailer not, or the other way round.
  if (!startsAt(trailer, 6, (opener === 'factory' ? CLASSIC_FACTORY_ACCESS : CLASSIC_KEYED_ACCESS).subarray(0, 3))) {
    throw new CardError('write-protected', "the card's access bits are another system's");
  }

  const image = imageOf(target);
  for (let i = 0; i < CLASSIC_DATA_BLOCKS; i += 1) {
    const block = image.subarray(i * CLASSIC_BLOCK_BYTES, (i + 1) * CLASSIC_BLOCK_BYTES);
    await connection.writeBlock(CLASSIC_FIRST_BLOCK + i, block);
  }
  // A trailer that stands already is left alone: writing it is the one step that can shut a sector for ever.
  if (opener !== wanted || (wanted === 'factory' && !startsAt(trailer, 10, CLASSIC_FACTORY_KEY))) {
    await connection.writeBlock(CLASSIC_TRAILER_BLOCK, wanted === 'factory' ? factoryTrailer() : keyedTrailer(wanted));
  }
}

async function openForWriting(
  connection: ClassicConnection,
  from: CardContent,
  keys: readonly CardKey[],
): Promise<Opener> {
  await connection.reselect();
  if (accessOf(from) === 'factory') {
    await connection.authenticate(CLASSIC_TRAILER_BLOCK, 'A', CLASSIC_FACTORY_KEY);
    return 'factory';
  }
  firstKey(keys);
  for (const key of keys) {
    try {
      await connection.authenticate(CLASSIC_TRAILER_BLOCK, 'B', chipKeys(key).classicB);
      return key;
    } catch (error) {
      if (!isCardError(error, 'authentication-failed')) throw error;
      await connection.reselect();
    }
  }
  throw new CardError('authentication-failed');
}

function firstKey(keys: readonly CardKey[]): CardKey {
  const [key] = keys;
  if (key === undefined) throw new RangeError('a keyed content needs a key');
  return key;
}

/** Block 7 of a card that is locked with `key`. */
export function keyedTrailer(key: CardKey): Uint8Array {
  const { classicA, classicB } = chipKeys(key);
  return trailerOf(classicA, CLASSIC_KEYED_ACCESS, classicB);
}

/** Block 7 of a card as sold. */
export function factoryTrailer(): Uint8Array {
  return trailerOf(CLASSIC_FACTORY_KEY, CLASSIC_FACTORY_ACCESS, CLASSIC_FACTORY_KEY);
}

function trailerOf(keyA: Uint8Array, access: Uint8Array, keyB: Uint8Array): Uint8Array {
  const trailer = new Uint8Array(CLASSIC_BLOCK_BYTES);
  trailer.set(keyA, 0);
  trailer.set(access, 6);
  trailer.set(keyB, 10);
  return trailer;
}

function startsAt(bytes: Uint8Array, offset: number, part: Uint8Array): boolean {
  return part.every((byte, i) => bytes[offset + i] === byte);
}
