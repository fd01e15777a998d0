import {
  accessOf,
  type CardContent,
  type CardKey,
  CONTENT_BYTES,
  chipKeys,
  contentOf,
  imageOf,
} from '@keyrack/protocol';
import { CardError, type CardErrorCode, isCardError } from '../card-error.ts';
import {
  ACCESS_CFGLCK,
  ACCESS_PROT,
  CONTENT_PAGES,
  FACTORY_ACKNOWLEDGE,
  FACTORY_AUTH0,
  FACTORY_PASSWORD,
  FIRST_PAGE,
  LAST_PAGE,
  PAGE_BYTES,
  PAGE_GEOMETRY,
} from '../chip-geometry.ts';
import type { PageConnection } from '../encoder.ts';
import { type FoundContent, UNREADABLE } from './found-content.ts';

/**
 * How often something is read before the answer counts as the card's own no. Once more than once, so that one disturbed
 * exchange doesn't make an open card look guarded.
 */
const READS = 2;

/** The key that opened the card for writing; `open` when nothing is guarded. */
type Opener = CardKey | 'factory-password' | 'open';

export async function readPageChip(connection: PageConnection, keys: readonly CardKey[]): Promise<FoundContent> {
  for (let i = 0; i < READS; i += 1) {
    if ((await firstGuardedPage(connection)) <= LAST_PAGE) break;
    const image = await readImage(connection);
    if (image) return { content: contentOf('factory', image), key: null };
  }
  // Each password is tried once: a card of another system may count wrong ones and shut itself (AUTHLIM).
  for (const [index, key] of keys.entries()) {
    const found = await readUnlocked(connection, key);
    if (found?.guarded) return { content: contentOf('keyed', found.image), key: index };
    // Its password, and nothing guarded: an issue or an erase was torn, and reading the open card was disturbed.
    if (found) return { content: contentOf('factory', found.image), key: null };
  }
  const found = await readUnlocked(connection, 'factory-password');
  return found ? { content: contentOf('factory', found.image), key: null } : UNREADABLE;
}

/**
 * The area, and whether the password guards it; null when it is the wrong one. With the right one, a disturbed reading
 * is repeated.
 */
async function readUnlocked(
  connection: PageConnection,
  key: CardKey | 'factory-password',
): Promise<{ readonly image: Uint8Array; readonly guarded: boolean } | null> {
  for (let i = 0; i < READS; i += 1) {
    if (!(await unlock(connection, key))) return null;
    const image = await readImage(connection);
    const config = image && (await readConfig(connection));
    if (config) return { image, guarded: auth0Of(config) <= LAST_PAGE };
  }
  return null;
}

/** AUTH0 as the card shows it without a password, which leaves the card awake; 0 when it shows nothing. */
async function firstGuardedPage(connection: PageConnection): Promise<number> {
  for (let i = 0; i < READS; i += 1) {
    await connection.reselect();
    const config = await readConfig(connection);
    if (config) return auth0Of(config);
  }
  return 0;
}

/** The configuration pages, or null when the card refuses to show them. */
function readConfig(connection: PageConnection): Promise<Uint8Array | null> {
  return unless('read-failed', connection.readPages(PAGE_GEOMETRY[connection.chip].configPage));
}

/** The first page that the password guards. */
function auth0Of(config: Uint8Array): number {
  return config[3] ?? 0;
}

/** Wakes the card and gives it a password. A card that takes the password but doesn't know its answer isn't ours. */
async function unlock(connection: PageConnection, key: CardKey | 'factory-password'): Promise<boolean> {
  const { password, acknowledge } =
    key === 'factory-password' ? { password: FACTORY_PASSWORD, acknowledge: null } : chipKeys(key);
  await connection.reselect();
  const answer = await unless('authentication-failed', connection.passwordAuthenticate(password));
  return answer !== null && (acknowledge === null || acknowledge.every((byte, i) => answer[i] === byte));
}

/** The area, or null when the card refuses to show it. */
async function readImage(connection: PageConnection): Promise<Uint8Array | null> {
  const image = new Uint8Array(CONTENT_BYTES);
  for (let page = 0; page < CONTENT_PAGES; page += 4) {
    const four = await unless('read-failed', connection.readPages(FIRST_PAGE + page));
    if (!four) return null;
    image.set(four, page * PAGE_BYTES);
  }
  return image;
}

/** What the exchange gives; null when it fails with that code. */
async function unless<T>(code: CardErrorCode, exchange: Promise<T>): Promise<T | null> {
  try {
    return await exchange;
  } catch (error) {
    if (isCardError(error, code)) return null;
    throw error;
  }
}

export async function writePageChip(
  connection: PageConnection,
  from: CardContent,
  target: CardContent,
  keys: readonly CardKey[],
): Promise<void> {
  const wanted = accessOf(target) === 'keyed' ? keys[0] : 'factory';
  if (wanted === undefined) throw new RangeError('a keyed content needs a key');
  const opener = await openForWriting(connection, from, keys);
  const config = await connection.readPages(PAGE_GEOMETRY[connection.chip].configPage);
  await refuseLocked(connection, config);

  const image = imageOf(target);
  for (let page = 0; page < CONTENT_PAGES; page += 1) {
    await connection.writePage(FIRST_PAGE + page, image.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES));
  }
  // Keyed means complete, for AUTH0 comes last: under the same key there is nothing to change.
  if (opener === wanted) return;
  await configure(connection, config, wanted);
}

async function openForWriting(
  connection: PageConnection,
  from: CardContent,
  keys: readonly CardKey[],
): Promise<Opener> {
  if (accessOf(from) === 'factory') {
    // Open to the last page: where pages behind our area are guarded, so is the configuration.
    if ((await firstGuardedPage(connection)) >= PAGE_GEOMETRY[connection.chip].pages) return 'open';
    if (await unlock(connection, 'factory-password')) return 'factory-password';
    throw new CardError('authentication-failed');
  }
  if (keys.length === 0) throw new RangeError('a keyed content needs a key');
  for (const key of keys) {
    if (await unlock(connection, key)) return key;
  }
  throw new CardError('authentication-failed');
}

/** Refuses what the lock bits would refuse later, half-way: static lock bits of pages 4 to 15, and CFGLCK. */
async function refuseLocked(connection: PageConnection, config: Uint8Array): Promise<void> {
  const header = await connection.readPages(0);
  if (((header[10] ?? 0) & 0xf0) !== 0 || header[11] !== 0) {
    throw new CardError('write-protected', "the card's lock bits are set");
  }
  if (((config[4] ?? 0) & ACCESS_CFGLCK) !== 0) {
    throw new CardError('write-protected', "the card's configuration is locked");
  }
}

/**
 * Changes what guards the card. The password is only changed while it guards nothing, so whatever step is torn, the
 * card opens with the key before, without any, or with the new one. What else the configuration pages hold stays.
 *
 * When erasing, the card already counts as factory after the first step; the rest puts the password and its answer
 * back for whoever uses the chip next.
 */
async function configure(connection: PageConnection, config: Uint8Array, wanted: CardKey | 'factory'): Promise<void> {
  const first = PAGE_GEOMETRY[connection.chip].configPage;
  const auth0 = (page: number) => connection.writePage(first, Uint8Array.of(...config.subarray(0, 3), page));
  const access = (prot: number) =>
    connection.writePage(first + 1, Uint8Array.of(((config[4] ?? 0) & ~ACCESS_PROT) | prot, ...config.subarray(5, 8)));
  const { password, acknowledge } =
    wanted === 'factory' ? { password: FACTORY_PASSWORD, acknowledge: FACTORY_ACKNOWLEDGE } : chipKeys(wanted);

  if (wanted === 'factory' || config[3] !== FACTORY_AUTH0) await auth0(FACTORY_AUTH0);
  await connection.writePage(first + 2, password);
  await connection.writePage(first + 3, Uint8Array.of(...acknowledge, 0, 0));
  await access(wanted === 'factory' ? 0 : ACCESS_PROT);
  if (wanted !== 'factory') await auth0(FIRST_PAGE);
}
