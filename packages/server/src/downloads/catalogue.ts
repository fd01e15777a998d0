import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerLog } from '../runtime/log.ts';
import { type ArchiveName, byVersion, parseArchiveName } from './archive-name.ts';
import { parseChecksums } from './checksums.ts';

/** An archive of the front desk's program, as this server offers it. */
export interface Download extends ArchiveName {
  readonly name: string;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
}

/** A file that is being given. Whoever opened it closes it, or makes a stream of it that does. */
export interface OpenDownload {
  readonly handle: FileHandle;
  readonly download: Download;
}

/** The texts beside the archives: what they are checked against, and the signature of that, as they lie in the folder. */
export interface Texts {
  readonly checksums: string;
  /** Null where nobody signed them. */
  readonly signature: string | null;
}

/** The archives that this server offers. Nothing but what stands in `SHA256SUMS`, and is what stands there. */
export interface Catalogue {
  /** The newest version first. The folder is read anew when it has changed. */
  list(): Promise<readonly Download[]>;
  /** Null for what isn't offered, or no longer is what was. */
  open(name: string): Promise<OpenDownload | null>;
  /** Null where there are none. */
  texts(): Promise<Texts | null>;
}

export const CHECKSUMS = 'SHA256SUMS';
export const SIGNATURE = `${CHECKSUMS}.minisig`;

/** Bytes of such a text. */
const MOST_TEXT = 256 * 1024;
/** Bytes of an archive. One of 1 GB is none of ours. */
const MOST_BYTES = 1024 ** 3;

/**
 * @param folder where `npm run package` or a package has put the archives; null for nowhere
 */
export function openCatalogue(folder: string | null, log: Pick<ServerLog, 'warn'>): Catalogue {
  /** What each file was found to be, by its name: it is hashed again when it has changed. */
  const known = new Map<string, { readonly identity: string; readonly sha256: Promise<string> }>();
  const told = new Set<string>();
  /** Once for each reason, as long as it lasts. */
  const tell = (wrong: readonly { readonly file: string; readonly why: string }[]) => {
    const now = new Set(wrong.map(({ file, why }) => `${file}: ${why}`));
    for (const each of told) if (!now.has(each)) told.delete(each);
    for (const { file, why } of wrong) {
      if (told.has(`${file}: ${why}`)) continue;
      told.add(`${file}: ${why}`);
      log.warn({ folder, file, why }, 'a download is not offered: put the package there anew');
    }
  };

  const sha256Of = (name: string, handle: FileHandle, stats: Stats): Promise<string> => {
    const identity = identityOf(stats);
    const found = known.get(name);
    if (found?.identity === identity) return found.sha256;
    const sha256 = hashFile(handle);
    known.set(name, { identity, sha256 });
    sha256.catch(() => known.delete(name));
    return sha256;
  };

  /** Throws why it isn't offered. */
  const check = async (at: string, name: string, expected: string, named: ArchiveName): Promise<OpenDownload> => {
    const handle = await openFile(join(at, name));
    try {
      const stats = await handle.stat();
      if (stats.size > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES} bytes`);
      const sha256 = await sha256Of(name, handle, stats);
      if (sha256 !== expected) throw new Error(`its SHA-256 is not the one that ${CHECKSUMS} names`);
      return { handle, download: { name, ...named, bytes: stats.size, sha256 } };
    } catch (error) {
      await handle.close();
      throw error;
    }
  };

  /** Null where there is no text of checksums, or none that can be read. */
  const named = async (at: string): Promise<[string, string, ArchiveName][] | { readonly why: string }> => {
    const text = await readText(join(at, CHECKSUMS)).catch(whyOf);
    if (typeof text !== 'string') return text;
    const sums = parseChecksums(text);
    if (sums === null) return { why: 'it holds a line that sha256sum writes nowhere' };
    return [...sums].flatMap(([name, sha256]): [string, string, ArchiveName][] => {
      const archive = parseArchiveName(name);
      return archive === null ? [] : [[name, sha256, archive]];
    });
  };

  return {
    async list() {
      if (folder === null) return [];
      const archives = await named(folder);
      if (!Array.isArray(archives)) {
        tell([{ file: CHECKSUMS, why: archives.why }]);
        return [];
      }
      const downloads: Download[] = [];
      const wrong: { file: string; why: string }[] = [];
      // One after the other: hashing keeps a thread and the disk busy, and cards go first.
      for (const [name, sha256, archive] of archives) {
        try {
          const { handle, download } = await check(folder, name, sha256, archive);
          await handle.close();
          downloads.push(download);
        } catch (error) {
          wrong.push({ file: name, ...whyOf(error) });
        }
      }
      tell(wrong);
      for (const name of known.keys()) if (!archives.some(([each]) => each === name)) known.delete(name);
      return downloads.sort(byVersion);
    },
    async open(name) {
      if (folder === null || parseArchiveName(name) === null) return null;
      const archives = await named(folder);
      const found = Array.isArray(archives) ? archives.find(([each]) => each === name) : undefined;
      return found === undefined ? null : await check(folder, ...found).catch(() => null);
    },
    async texts() {
      if (folder === null) return null;
      try {
        const checksums = await readText(join(folder, CHECKSUMS));
        return { checksums, signature: await readText(join(folder, SIGNATURE)).catch(() => null) };
      } catch {
        return null;
      }
    },
  };
}

/** Opens a file and no link: what a link leads to is not of this folder. Devices and pipes would keep a reader waiting. */
async function openFile(path: string): Promise<FileHandle> {
  if (!(await lstat(path)).isFile()) throw new Error('it is no file');
  // Windows knows no such flag.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Error('it is no file');
}

async function readText(path: string): Promise<string> {
  const handle = await openFile(path);
  try {
    if ((await handle.stat()).size > MOST_TEXT) throw new Error(`it has more than ${MOST_TEXT} bytes`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

async function hashFile(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) hash.update(chunk);
  return hash.digest('hex');
}

/** The same while nobody has written to it. */
function identityOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
}

function whyOf(error: unknown): { readonly why: string } {
  const { code, message } = error as NodeJS.ErrnoException;
  return { why: code === 'ENOENT' ? 'it is not there' : (code ?? message) };
}
