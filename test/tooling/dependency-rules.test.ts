import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const SERVER = 'packages/server/src';

/** One bad import each: the file, what it says, and the rule that must name it. */
const forbidden: [rule: string, file: string, source: string][] = [
  ['package-protocol', 'packages/protocol/src/a.ts', `export * from '@keyrack/agent';`],
  ['package-agent', 'packages/agent/src/a.ts', `export * from '@keyrack/server';`],
  ['package-sdk', 'packages/sdk/src/a.ts', `export * from '@keyrack/server';`],
  ['examples-use-the-sdk', 'examples/a.ts', `export * from '../packages/agent/src/index.ts';`],
  ['sdk-anywhere', 'packages/sdk/src/b.ts', `export * from 'node:crypto';`],
  ['package-server', `${SERVER}/main-a.ts`, `export * from '../../agent/src/index.ts';`],
  ['server-domain', `${SERVER}/domain/a.ts`, `import type { Kept } from '../store/kept.ts'; export type A = Kept;`],
  ['server-store', `${SERVER}/store/a.ts`, `export const later = () => import('../transactions/issue.ts');`],
  ['server-store', `${SERVER}/store/b.ts`, `export * from '../config.ts';`],
  ['server-queries', `${SERVER}/queries/a.ts`, `export * from '../transactions/issue.ts';`],
  ['server-transactions', `${SERVER}/transactions/a.ts`, `export * from '../runtime/runner.ts';`],
  ['server-runtime', `${SERVER}/runtime/a.ts`, `export * from '../requests/card-requests.ts';`],
  ['server-requests', `${SERVER}/requests/a.ts`, `export * from '../dispatch/session.ts';`],
  ['server-dispatch', `${SERVER}/dispatch/a.ts`, `export * from '../requests/card-requests.ts';`],
  ['rows-alone', `${SERVER}/transactions/b.ts`, `export * from 'node:crypto';`],
  ['rows-alone', `${SERVER}/queries/b.ts`, `export * from '../store/kept.ts';`],
  ['server-rest', `${SERVER}/rest/a.ts`, `export * from '../roomcard/form.ts';`],
  ['server-roomcard', `${SERVER}/roomcard/a.ts`, `export * from '@keyrack/server/rest/route.ts';`],
  ['server-console', `${SERVER}/console/a.test.ts`, `export * from '../rest/route.ts';`],
  ['server-http', `${SERVER}/http/a.ts`, `export * from '../rest/route.ts';`],
  ['demo-in-demo-alone', `${SERVER}/main-b.ts`, `export * from './demo/rooms.ts';`],
  ['server-folder-unlisted', `${SERVER}/common/a.ts`, `export * from '../domain/room.ts';`],
  ['page-in-browser', 'packages/agent/src/page/browser/a.js', `export * from '../../index.ts';`],
  ['pure-builtins', `${SERVER}/domain/b.ts`, `export * from 'node:fs';`],
  ['pure-builtins', 'packages/protocol/src/b.ts', `export * from 'os';`],
  ['environment-in-main-alone', `${SERVER}/store/d.ts`, `export { env } from 'node:process';`],
  ['domain-packages', `${SERVER}/domain/c.ts`, `export * from 'zod';`],
  ['protocol-packages', 'packages/protocol/src/c.ts', `export * from 'ws';`],
  ['only-tests-import-testing', `${SERVER}/store/c.ts`, `export * from './testing/world.ts';`],
  ['only-tests-import-testing', 'packages/agent/src/b.ts', `export * from 'vitest';`],
  ['no-cycles', 'packages/agent/src/c.ts', `import type { D } from './d.ts'; export type C = D;`],
  ['declared-packages', 'packages/agent/src/e.ts', `export * from 'left-out';`],
  ['unresolved', 'packages/agent/src/f.ts', `export * from './gone.ts';`],
  ['scripts-stand-alone', 'scripts/a.mjs', `export * from 'zod';`],
];

/** Files that keep the rules; the ones above import some of them. */
const allowed: [file: string, source: string][] = [
  [
    'packages/protocol/src/index.ts',
    `export * from 'node:crypto'; export * from 'zod'; export * from '@noble/hashes';`,
  ],
  ['packages/agent/src/index.ts', `export * from '@keyrack/protocol'; export * from 'node:fs'; export * from 'ws';`],
  ['packages/agent/src/d.ts', `import type { C } from './c.ts'; export type D = C | 1;`],
  ['packages/cli/src/main.ts', `export * from '@keyrack/server'; export * from '@keyrack/agent';`],
  [`${SERVER}/index.ts`, `export * from './main.ts';`],
  [`${SERVER}/main.ts`, `export * from './rest/route.ts'; export * from './dispatch/session.ts';`],
  [`${SERVER}/config.ts`, `export { env } from 'node:process'; export type { Kept } from './store/kept.ts';`],
  [`${SERVER}/domain/room.ts`, `export * from '@keyrack/protocol'; export * from 'node:crypto';`],
  [
    `${SERVER}/domain/room.test.ts`,
    `import 'vitest'; import 'fast-check'; import 'node:fs'; import './testing/rooms.ts';`,
  ],
  [`${SERVER}/domain/testing/rooms.ts`, `export * from '../room.ts';`],
  [`${SERVER}/store/kept.ts`, `export type Kept = 1; export * from '../domain/room.ts'; export * from 'zod';`],
  [`${SERVER}/store/testing/world.ts`, `export * from '../kept.ts';`],
  [`${SERVER}/store/store.ts`, 'export type Tx = 1;'],
  [`${SERVER}/queries/rooms.ts`, `export * from '../store/store.ts'; export * from '../domain/room.ts';`],
  [`${SERVER}/transactions/issue.ts`, `export * from '../store/store.ts'; export * from '../queries/rooms.ts';`],
  [`${SERVER}/runtime/runner.ts`, `export * from '../transactions/issue.ts'; export * from 'node:crypto';`],
  [`${SERVER}/requests/card-requests.ts`, `export * from '../runtime/runner.ts'; export * from '../store/kept.ts';`],
  [`${SERVER}/http/routes.ts`, `export * from '../roomcard/form.ts';`],
  [`${SERVER}/demo/rooms.ts`, `export * from '../transactions/issue.ts';`],
  ['packages/cli/src/demo.ts', `export * from '@keyrack/server/demo/rooms.ts';`],
  [`${SERVER}/dispatch/session.ts`, `export * from '../runtime/runner.ts'; export * from 'ws';`],
  [`${SERVER}/rest/route.ts`, `export * from '../requests/card-requests.ts';`],
  [`${SERVER}/rest/route.test.ts`, `export * from './route.ts'; export * from '../testing/server.ts';`],
  [`${SERVER}/roomcard/form.ts`, `export * from '../requests/card-requests.ts'; export * from '@keyrack/protocol';`],
  [`${SERVER}/testing/server.ts`, `export * from '../main.ts';`],
  ['test/end-to-end.test.ts', `export * from '@keyrack/cli'; export * from 'vitest';`],
  ['scripts/run.mjs', `export * from 'node:fs';`],
];

const folder = mkdtempSync(join(tmpdir(), 'keyrack-rules-'));
let violations: string[] = [];

beforeAll(() => {
  for (const [file, source] of allowed) write(file, source);
  for (const [, file, source] of forbidden) write(file, source);
  const registry = ['zod', 'ws', 'vitest', 'fast-check', '@noble/hashes'];
  for (const name of registry) writePackage(`node_modules/${name}`, name, {}, './index.js');
  writePackage('.', 'fixture', Object.fromEntries(registry.map((name) => [name, '1.0.0'])), './index.js');
  writePackage('node_modules/left-out', 'left-out', {}, './index.js');
  mkdirSync(join(folder, 'node_modules/@keyrack'));
  for (const name of ['protocol', 'agent', 'server', 'cli']) {
    writePackage(`packages/${name}`, `@keyrack/${name}`, {}, name === 'cli' ? './src/main.ts' : './src/index.ts');
    symlinkSync(join(folder, 'packages', name), join(folder, 'node_modules/@keyrack', name), 'junction');
  }
  violations = runRules();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the dependency rules', () => {
  it.each(forbidden)('%s stops %s: %s', (rule, file) => {
    expect(violations).toContain(`${rule} ${file}`);
  });

  it('let everything else pass', () => {
    const expected = new Set(forbidden.map(([, file]) => file));
    // A cycle is named from each of its files.
    expected.add('packages/agent/src/d.ts');
    expect(violations.filter((violation) => !expected.has(violation.split(' ')[1] ?? ''))).toEqual([]);
  });
});

function write(file: string, text: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function writePackage(path: string, name: string, dependencies: Record<string, string>, entry: string): void {
  const exports = { '.': entry, './*': './src/*' };
  write(join(path, 'package.json'), JSON.stringify({ name, type: 'module', exports, dependencies }));
  if (path.startsWith('node_modules')) write(join(path, 'index.js'), 'export {};');
}

/** The violations, each as `RULE FILE`. */
function runRules(): string[] {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = join(root, '.dependency-cruiser.mjs');
  const args = [program, '--config', config, '--output-type', 'json', '.'];
  const output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 24 });
  const report = JSON.parse(output) as { summary: { violations: { rule: { name: string }; from: string }[] } };
  return report.summary.violations.map(({ rule, from }) => `${rule.name} ${from}`);
}
