import { UPDATE_LIMITS } from './update-limits.ts';

/** What an archive says of one of its entries. */
export interface Entry {
  /** As it stands there, with slashes. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'other';
  /** Whether its owner may run it. */
  readonly isProgram: boolean;
}

/** Takes an entry of an archive, with its bytes. A rejection ends the reading. */
export type TakeFile = (entry: Entry, bytes: AsyncIterable<Uint8Array>) => Promise<void>;

export type Placed =
  /** To be written there, below the folder of the version. */
  | { readonly to: string; readonly isProgram: boolean }
  /** Of no use to an update: a folder, which is made with its files, or what starts the versions. */
  | 'skipped'
  /** Why an archive with such an entry is refused as a whole. */
  | { readonly refused: string };

const TOP = 'keyrack-agent';
/** Windows has devices under these names in every folder, and strips dots and blanks at an end. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;
/** What every system takes for a name and nothing more. */
const PLAIN = /^[0-9A-Za-z@_+.-]+$/;

/**
 * Says where an entry of an agent's archive belongs. The names are signed, but whoever has the key must not write anywhere else than
 * into the new version's folder, nor link out of it.
 */
export function placeEntry({ path, kind, isProgram }: Entry, version: string): Placed {
  if (path.length > UPDATE_LIMITS.pathLength) return { refused: 'a name is too long' };
  const parts = path.replace(/\/$/, '').split('/');
  const odd = parts.find((part) => !PLAIN.test(part) || /^\.{1,2}$|\.$/.test(part) || DEVICE.test(part));
  if (odd !== undefined) return { refused: `the name ${JSON.stringify(path)} is no plain one` };
  if (kind === 'other') return { refused: `${path} is neither a file nor a folder` };
  const [top, versions, named, ...inside] = parts;
  if (top !== TOP) return { refused: `${path} isn't below ${TOP}` };
  if (kind === 'folder') return 'skipped';
  if (versions !== 'versions') return 'skipped';
  if (named !== version || inside.length === 0) return { refused: `${path} is of another version than ${version}` };
  return { to: inside.join('/'), isProgram };
}

/** What an archive may unpack to. */
export type UnpackLimits = { readonly entries: number; readonly unpackedBytes: number };

/** Counts what an archive unpacks to. Each says why it is refused, or null. */
export function countUnpacked(limits: UnpackLimits = UPDATE_LIMITS): {
  entry(path: string): string | null;
  bytes(more: number): string | null;
} {
  const seen = new Set<string>();
  let entries = 0;
  let bytes = 0;
  return {
    entry(path) {
      entries += 1;
      if (entries > limits.entries) return `it holds more than ${limits.entries} files`;
      // Windows takes names that differ by case for the same.
      const name = path.replace(/\/$/, '').toLowerCase();
      if (seen.has(name)) return `it names ${path} twice`;
      seen.add(name);
      return null;
    },
    bytes(more) {
      bytes += more;
      return bytes > limits.unpackedBytes ? `it unpacks to more than ${limits.unpackedBytes} bytes` : null;
    },
  };
}
