// `npm run build -w @keyrack/console`: builds the console into dist/, with a gzip and a brotli copy of each file, so that the
// server only hands them out. `isStale` tells whether that is needed: dist/ says which sources it was made from.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { argv, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
/** Where the built console lies. */
export const CONSOLE_FOLDER = join(here, 'dist');
const STAMP = 'built-from';
/** What the console is made from, besides the versions in the lock file. */
const SOURCES = ['src', 'index.html', 'vite.config.ts', 'build.mjs', 'package.json'].map((each) => join(here, each));
const SHARED = [join(root, 'packages/sdk/src'), join(root, 'packages/protocol/src'), join(root, 'package-lock.json')];
/** Milliseconds. */
const LEFT_MS = 10 * 60_000;
const COMPRESSED = /\.(?:js|css|html|svg|json|webmanifest)$/;

/** Whether there is no built console, or one of other sources. */
export function isStale(folder = CONSOLE_FOLDER) {
  const stamp = join(folder, STAMP);
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== sourcesHash();
}

/** Builds into a folder beside it first: a server that runs never hands out half a console. */
export async function build(folder = CONSOLE_FOLDER) {
  const hash = sourcesHash();
  // Who builds from a test has another one set, by which React would be the slow one for development.
  process.env.NODE_ENV = 'production';
  removeLeftovers(folder);
  const { build: bundle } = await import('vite');
  const fresh = `${folder}.new-${process.pid}`;
  try {
    await bundle({ root: here, logLevel: 'warn', build: { outDir: fresh } });
    for (const file of filesIn(fresh)) if (COMPRESSED.test(file)) compress(file);
    writeFileSync(join(fresh, STAMP), hash);
    exchange(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

/** Another build may do the same at the same moment: then its console is as good as this one. */
function exchange(fresh, folder) {
  const old = `${folder}.old-${process.pid}`;
  try {
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(fresh, folder);
  } catch (error) {
    if (isStale(folder)) throw error;
  } finally {
    rmSync(old, { recursive: true, force: true });
  }
}

/** A build that was killed leaves its folder. None takes so long. */
function removeLeftovers(folder) {
  for (const name of readdirSync(dirname(folder)).filter((each) => each.startsWith(`${basename(folder)}.`))) {
    const left = join(dirname(folder), name);
    const { mtimeMs } = statSync(left, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > LEFT_MS) rmSync(left, { recursive: true, force: true });
  }
}

function compress(file) {
  const content = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
}

function sourcesHash() {
  const hash = createHash('sha256');
  for (const source of [...SOURCES, ...SHARED]) {
    for (const file of statSync(source).isDirectory() ? filesIn(source) : [source]) {
      if (/\.test\.tsx?$/.test(file)) continue;
      hash.update(relative(root, file).split(sep).join('/')).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  if (argv.includes('--if-stale') && !isStale()) exit(0);
  process.stdout.write(`The console is built: ${await build()}\n`);
}
