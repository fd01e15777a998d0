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
  ACCESS_AUTHLIM,
  ACCESS_CFGLCK,
  ACCESS_PROT,
  CONTENT_PAGES,
  FACTORY_ACKNOWLEDGE,
  FACTORY_AUTH0,
  FACTORY_PASSWORD,
  FIRST_PAGE,
  LAST_PAGE,
  MIRROR_BYTE,
  MIRROR_CONF,
  PAGE_BYTES,
  PAGE_GEOMETRY,
} from '../chip-geometry.ts';
import type { PageConnection } from '../encoder.ts';
import { type FoundContent, type LikelyKey, UNREADABLE } from './found-content.ts';

/** How often an area behind a password that was right is read, before the card counts as showing nothing. */
const READS = 2;

/** The key that opened the card for writing; `open` when nothing is guarded. */
type Opener = CardKey | 'factory-password' | 'open';

/** @param likely the one to try before anything else; null where nobody knows */
export async function readPageChip(
  connection: PageConnection,
  keys: readonly CardKey[],
  likely: LikelyKey,
): Promise<FoundContent> {
  const known = likely !== null && likely !== 'factory' ? likely : null;
  if (known !== null) {
    const found = await readUnlocked(connection, known);
    if (found) return foundUnder(found, keys.indexOf(known));
  }
  const open = await readOpen(connection);
  if (open.image !== null) return foundOpen(open.image);
  // It counts wrong passwords and shows its configuration, which our cards don't: it is another system's.
  if (open.guarded && open.counts) return UNREADABLE;
  // Each password is tried once: a card of another system may count wrong ones and shut itself.
  for (const [index, key] of keys.entries()) {
    if (key === known) continue;
    const found = await readUnlocked(connection, key);
    if (found) return foundUnder(found, index);
  }
  const found = await readUnlocked(connection, 'factory-password');
  if (found) return foundOpen(found.image);
  if (open.guarded) return UNREADABLE;
  // A torn write may have left an open card with a password that nobody knows: was reading it disturbed?
  const again = await readOpen(connection);
  return again.image === null ? UNREADABLE : foundOpen(again.image);
}

/** What a card shows without a password. */
interface OpenArea {
  readonly image: Uint8Array | null;
  /** It shows its configuration, by which a password guards the area. */
  readonly guarded: boolean;
  /** By its configuration it counts wrong passwords. */
  readonly counts: boolean;
}

async function readOpen(connection: PageConnection): Promise<OpenArea> {
  const config = await readOpenConfig(connection);
  if (config === null) return { image: null, guarded: false, counts: false };
  const guarded = auth0Of(config) <= LAST_PAGE;
  const counts = (accessByteOf(config) & ACCESS_AUTHLIM) !== 0;
  return { image: guarded ? null : await readImage(connection), guarded, counts };
}

function foundOpen(image: Uint8Array): FoundContent {
  return { content: contentOf('factory', image), key: null };
}

/** What a card shows that took the key of that number. */
function foundUnder({ image, guarded }: UnlockedArea, index: number): FoundContent {
  // Its password, and nothing guarded: an issue or an erase was torn, and reading the open card was disturbed.
  return guarded
    ? { content: contentOf('keyed', image), key: index }
    : { content: contentOf('factory', image), key: null };
}

interface UnlockedArea {
  readonly image: Uint8Array;
  /** Whether the password guards it. */
  readonly guarded: boolean;
}

/** The area; null when the password is the wrong one. With the right one, a disturbed reading is repeated. */
async function readUnlocked(
  connection: PageConnection,
  key: CardKey | 'factory-password',
): Promise<UnlockedArea | null> {
  for (let i = 0; i < READS; i += 1) {
    if (!(await unlock(connection, key))) return null;
    const image = await readImage(connection);
    const config = image && (await readConfig(connection));
    if (config) return { image, guarded: auth0Of(config) <= LAST_PAGE };
  }
  return null;
}

/** The configuration as the card shows it without a password, which leaves the card awake; null when it shows nothing. */
async function readOpenConfig(connection: PageConnection): Promise<Uint8Array | null> {
  await connection.reselect();
  return readConfig(connection);
}

/** The configuration pages, or null when the card refuses to show them. */
function readConfig(connection: PageConnection): Promise<Uint8Array | null> {
  return unless('read-failed', connection.readPages(configPageOf(connection)));
}

/** The first page that the password guards. */
function auth0Of(config: Uint8Array): number {
  return config[3] ?? 0;
}

/** The ACCESS byte of the configuration. */
function accessByteOf(config: Uint8Array): number {
  return config[4] ?? 0;
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

/** @param openers the same keys in the order in which they are tried */
export async function writePageChip(
  connection: PageConnection,
  from: CardContent,
  target: CardContent,
  keys: readonly CardKey[],
  openers: readonly CardKey[],
): Promise<void> {
  const wanted = accessOf(target) === 'keyed' ? keys[0] : 'factory';
  if (wanted === undefined) throw new RangeError('a keyed content needs a key');
  const opener = await openForWriting(connection, from, openers);
  const found = await connection.readPages(configPageOf(connection));
  await refuseLocked(connection, found);
  const config = withoutForeignHabits(connection, found);

  // A mirror goes before the content comes, so that a torn write is never read through one.
  if (config[0] !== found[0]) await connection.writePage(configPageOf(connection), config.subarray(0, PAGE_BYTES));
  const image = imageOf(target);
  for (let page = 0; page < CONTENT_PAGES; page += 1) {
    await connection.writePage(FIRST_PAGE + page, image.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES));
  }
  // Keyed means complete, for AUTH0 comes last: under the same key there is nothing to change.
  if (opener !== wanted) await configure(connection, config, wanted);
  else if (config[4] !== found[4]) await connection.writePage(configPageOf(connection) + 1, config.subarray(4, 8));
}

/**
 * The configuration, without what an earlier owner had the chip do: count wrong passwords and shut itself at last, or
 * show something else than it holds. Either would have a card of ours called damaged one day.
 */
function withoutForeignHabits({ chip }: PageConnection, found: Uint8Array): Uint8Array {
  const config = found.slice();
  config[4] = (found[4] ?? 0) & ~ACCESS_AUTHLIM;
  if (chip !== 'ultralight-ev1' && ((found[0] ?? 0) & MIRROR_CONF) !== 0) {
    config[0] = (found[0] ?? 0) & ~(MIRROR_CONF | MIRROR_BYTE);
    config[2] = 0;
  }
  return config;
}

function configPageOf({ chip }: PageConnection): number {
  return PAGE_GEOMETRY[chip].configPage;
}

async function openForWriting(
  connection: PageConnection,
  from: CardContent,
  keys: readonly CardKey[],
): Promise<Opener> {
  if (accessOf(from) === 'factory') {
    // Open to the last page: where pages behind our area are guarded, so is the configuration.
    const config = await readOpenConfig(connection);
    if (config !== null && auth0Of(config) >= PAGE_GEOMETRY[connection.chip].pages) return 'open';
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
  const first = configPageOf(connection);
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
