import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Code that runs within a transaction is synchronous, and answers the same each time: docs/decisions/0022-names-and-rules.md. */

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What such code may not say, and the rule that must name it. */
const forbidden: [rule: string, source: string][] = [
  ['plugin', 'export async function a() {}'],
  ['plugin', 'export const a = async (tx: object, input: object): Promise<object> => ({ tx, input });'],
  ['plugin', 'export const a = async function () {};'],
  ['plugin', 'export const a = { async b() {} };'],
  ['plugin', 'export class A { async b() {} }'],
  ['plugin', 'export const a = async () => { await 1; };'],
  ['plugin', 'export async function* a(b: AsyncIterable<number>) { for await (const c of b) yield c; }'],
  ['plugin', 'let count = 0;\nexport function next(): number { count += 1; return count; }'],
  ['noRestrictedGlobals', 'export const a = () => Promise.resolve(1);'],
  ['noRestrictedGlobals', 'export const a = () => Date.now();'],
  ['noRestrictedGlobals', 'export const a = () => new Date();'],
  ['noRestrictedGlobals', 'export const a = () => performance.now();'],
  ['noRestrictedGlobals', 'export const a = () => globalThis.performance;'],
  ['noRestrictedGlobals', 'export const a = () => crypto.randomUUID();'],
  ['noRestrictedGlobals', 'export const a = (b: () => void) => setTimeout(b, 1);'],
  ['noRestrictedGlobals', 'export const a = (b: () => void) => queueMicrotask(b);'],
  ['noRestrictedGlobals', 'export const a = () => process.hrtime();'],
  ['noJsRestrictedProperties', 'export const a = () => Math.random();'],
  [
    'noJsRestrictedProperties',
    "import { Temporal } from 'temporal-polyfill';\nexport const a = () => Temporal.Now.instant();",
  ],
  ['noRestrictedImports', "import { randomUUID } from 'node:crypto';\nexport const a = () => randomUUID();"],
  ['noRestrictedImports', "import { randomBytes } from 'node:crypto';\nexport const a = () => randomBytes(1);"],
];

/** What it may say, and what is none of these rules' business. */
const allowed: [file: string, source: string][] = [
  [
    'packages/server/src/transactions/right.ts',
    "import { hash } from 'node:crypto';\nexport function asyncLike(now: number) { let sum = now; sum += Math.max(1, hash('sha256', 'a').length); return sum; }",
  ],
  ['packages/server/src/transactions/right.test.ts', 'export const a = async () => Date.now();'],
  ['packages/server/src/transactions/testing/right.ts', 'export const a = async () => Date.now();'],
  [
    'packages/server/src/runtime/right.ts',
    'let a = 0;\nexport const b = async () => { a += 1; return [a, Date.now()]; };',
  ],
];

const FOLDERS = ['transactions', 'transactions/accept', 'queries', 'domain'];
const folder = mkdtempSync(join(tmpdir(), 'keyrack-lint-'));
let found: ReadonlySet<string>;

beforeAll(() => {
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  write('biome.json', JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }));
  cpSync(join(root, 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
  for (const each of FOLDERS)
    for (const [n, [, source]] of forbidden.entries()) write(`packages/server/src/${each}/wrong-${n}.ts`, source);
  for (const [file, source] of allowed) write(file, source);
  found = lint();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(FOLDERS)('code in %s', (each) => {
  it.each(forbidden.map(([rule, source], n) => [rule, source, n] as const))('is stopped by %s: %s', (rule, _, n) => {
    expect([...found]).toContain(`${rule} packages/server/src/${each}/wrong-${n}.ts`);
  });
});

it('lets everything else pass', () => {
  expect([...found].filter((each) => !each.includes('/wrong-'))).toEqual([]);
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${text}\n`);
}

/** What the rules name, each as `RULE FILE`. */
function lint(): ReadonlySet<string> {
  const program = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [program, 'lint', '--reporter=json', '--max-diagnostics=none', 'packages'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const start = stdout.indexOf('{');
  if (start === -1) throw new Error(`the linter answered nothing: ${stderr}`);
  const { diagnostics } = JSON.parse(stdout.slice(start)) as {
    diagnostics: { category: string; severity: string; location: { path: string | { file: string } } }[];
  };
  const named = diagnostics.filter(({ severity }) => severity === 'error');
  return new Set(
    named.map(({ category, location: { path } }) => {
      const file = typeof path === 'string' ? path : path.file;
      return `${category.split('/').at(-1)} ${file.replaceAll('\\', '/')}`;
    }),
  );
}
