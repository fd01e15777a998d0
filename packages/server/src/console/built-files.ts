import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { ServerLog } from '../runtime/log.ts';

/** What is handed out, by how a file's name ends. Others, as the list of what was built, are for nobody. */
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

/** How a file may be compressed, the best first, and what the build calls such a copy. */
const CODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

export type Coding = (typeof CODINGS)[number][0] | 'identity';

/** Bytes of the whole console, all copies. A folder that has more is none of ours. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface BuiltFile {
  readonly type: string;
  /** Its name has a hash in it: under this name it is never another. */
  readonly isImmutable: boolean;
  readonly copies: ReadonlyMap<Coding, { readonly body: Buffer; readonly etag: string }>;
}

export interface BuiltConsole {
  /** The page, with a place-holder for the nonce. */
  readonly page: string;
  /** By path, as requests name it. */
  readonly files: ReadonlyMap<string, BuiltFile>;
}

/**
 * The built console as it lies in a folder; null while it isn't there, or can't be read, of which the log says why. All of it is read
 * into memory, a few megabytes: what a request names is looked up among these names and never on the disk, so that no path leads out
 * of the folder and strangers open no files. Links are passed over. It is read again when the page is another one.
 */
export function openBuiltConsole(folder: string, log: Pick<ServerLog, 'error'>): () => Promise<BuiltConsole | null> {
  let known: { readonly version: string; readonly reading: Promise<BuiltConsole> } | null = null;
  let logged: string | null = null;
  /** Once for each reason: pages ask again every two seconds. */
  const failed = (error: unknown) => {
    const why = String(error);
    if (why !== logged)
      log.error({ folder, err: error }, "the built console can't be read: check its folder, or build it anew");
    logged = why;
    return null;
  };
  return async () => {
    const version = await versionOf(folder).catch(failed);
    if (version === null) return null;
    if (known?.version !== version) known = { version, reading: read(folder) };
    try {
      const built = await known.reading;
      logged = null;
      return built;
    } catch (error) {
      known = null;
      // While it is exchanged, parts of it are missing for a moment.
      return (await versionOf(folder).catch(() => null)) === version ? failed(error) : null;
    }
  };
}

/** Null where there is no page. */
async function versionOf(folder: string): Promise<string | null> {
  try {
    const { mtimeMs, ino, size } = await stat(join(folder, 'index.html'));
    return `${mtimeMs} ${ino} ${size}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function read(folder: string): Promise<BuiltConsole> {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const files = new Map<string, BuiltFile>();
  let bytes = 0;
  const take = async (prefix: string, isImmutable: boolean) => {
    const names = (await readdir(join(folder, prefix), { withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
    for (const name of names) {
      const type = TYPES[extname(name)];
      if (type === undefined) continue;
      const copies: [Coding, string][] = CODINGS.flatMap(([coding, end]): [Coding, string][] =>
        names.includes(`${name}${end}`) ? [[coding, `${name}${end}`]] : [],
      );
      const made = new Map<Coding, { body: Buffer; etag: string }>();
      for (const [coding, file] of [...copies, ['identity', name] as const]) {
        const body = await readFile(join(folder, prefix, file));
        bytes += body.length;
        if (bytes > MOST_BYTES) throw new Error(`${folder} has more than ${MOST_BYTES} bytes`);
        made.set(coding, { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` });
      }
      files.set(`/${prefix}${name}`, { type, isImmutable, copies: made });
    }
  };
  await take('', false);
  await take('assets/', true);
  return { page, files };
}

/** The copy to send to a client that takes these codings. What says nothing takes the file as it is. */
export function copyFor(file: BuiltFile, acceptEncoding: string | undefined) {
  const weights = new Map(
    (acceptEncoding ?? '').split(',').map((each) => {
      const [coding = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.map((parameter) => /^q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return [coding, weight === undefined ? 1 : Number(weight)] as const;
    }),
  );
  const taken = CODINGS.map(([coding]) => coding).find(
    (coding) => file.copies.has(coding) && (weights.get(coding) ?? weights.get('*') ?? 0) > 0,
  );
  const coding: Coding = taken ?? 'identity';
  return { coding, ...(file.copies.get(coding) as { body: Buffer; etag: string }) };
}
