import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { builtConsole } from './testing/built-console.ts';

/** How much a browser loads before somebody at the desk can work: a hotel's line is slow, and the desk is opened every morning. */

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

/** Bytes of script, compressed by gzip. */
const MOST_BYTES = 250_000;
const DESK = 'src/desk/desk-page.tsx';
/** What every page begins with. */
const FIRST = ['index.html', 'src/app/start.tsx'];

let folder: string;
let manifest: Readonly<Record<string, Chunk>>;
beforeAll(async () => {
  folder = await builtConsole();
  manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'));
});

/** A chunk and all that it brings with it before it runs. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`the build has no ${name}`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const each of chunk.imports ?? []) withImports(each, found);
  return found;
}

/** What isn't in the manifest: the worker that keeps the stream. */
const workers = () => readdirSync(join(folder, 'assets')).filter((name) => /^worker-[\w-]+\.js$/.test(name));

test('everything that the desk loads before it can be used is at most 250 kB of script', () => {
  const files = [
    ...[...FIRST, DESK].flatMap((name) => [...withImports(name)]),
    ...workers().map((name) => `assets/${name}`),
  ];
  const sizes = new Map(
    [...new Set(files)].map((file) => [file, gzipSync(readFileSync(join(folder, file)), { level: 9 }).length]),
  );
  const all = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  expect(workers()).toHaveLength(1);
  // The list tells what grew.
  expect(all, JSON.stringify(Object.fromEntries(sizes), null, 2)).toBeLessThanOrEqual(MOST_BYTES);
});

test("each other page's script is loaded when the page is opened", () => {
  const first = new Set([...FIRST, DESK].flatMap((name) => [...withImports(name)]));
  const pages = Object.keys(manifest).filter((name) => /^src\/.*-page\.tsx$/.test(name) && name !== DESK);
  expect(pages.length).toBeGreaterThan(10);
  for (const page of pages) expect([page, first.has(manifest[page]?.file ?? '')]).toEqual([page, false]);
});
