import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMPILE_CACHE, useCompileCache } from '@keyrack/cli/compile-cache.ts';
import { describe, expect, test } from 'vitest';
import { keyrackFolder } from '../world/keyrack.ts';

/** Commands start fast, since each loads only what it needs, compiled at an earlier start. `npm run bench -- command-start` tells the times. */

const MAIN = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const TELL = new URL('./testing/tell-modules.mjs', import.meta.url).href;

function run(args: readonly string[], env: Record<string, string> = {}, main = MAIN): Promise<string> {
  const { NODE_COMPILE_CACHE: _outer, ...outer } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...args.slice(0, args.indexOf('keyrack')), main, ...args.slice(args.indexOf('keyrack') + 1)],
      {
        env: { ...outer, ...env },
        cwd: keyrackFolder(),
      },
      (_error, out, err) => resolve(`${out}${err}`),
    );
  });
}

/** The parts of Keyrack and the packages that a command loads. */
async function loadedBy(words: readonly string[]): Promise<string[]> {
  const file = join(keyrackFolder(), 'modules');
  await run(['--import', TELL, 'keyrack', ...words], { MODULES_FILE: file });
  const parts = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((url) => {
      const [, name] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(url) ?? [];
      // A line that every program tells, and nothing behind it.
      if (url.endsWith('/packages/protocol/src/version.ts')) return [];
      const [, own] = /\/packages\/([^/]+)\/src\//.exec(url) ?? [];
      return name ?? own ?? [];
    });
  return [...new Set(parts)].sort();
}

describe('a command loads only what it needs', () => {
  const SERVER_ONLY = ['fastify', 'better-sqlite3', 'prom-client', '@node-rs/argon2'];
  const AGENT_ONLY = ['koffi', 'ws', 'https-proxy-agent'];
  test.each<[string, readonly string[]]>([
    ['--version', ['zod', 'pino', 'agent', 'protocol', ...SERVER_ONLY, ...AGENT_ONLY]],
    ['sign --help', ['pino', 'agent', ...SERVER_ONLY, ...AGENT_ONLY]],
    ['sim list', [...SERVER_ONLY, ...AGENT_ONLY]],
    ['members list', ['pino', 'agent', ...SERVER_ONLY, ...AGENT_ONLY]],
    ['login --help', ['pino', 'agent', ...SERVER_ONLY, ...AGENT_ONLY]],
    ['agents list --property 1', ['pino', 'agent', ...SERVER_ONLY, ...AGENT_ONLY]],
    ['audit verify', ['pino', 'agent', ...SERVER_ONLY, ...AGENT_ONLY]],
    ['locks --help', ['pino', 'agent', ...SERVER_ONLY, ...AGENT_ONLY]],
    ['import --help', ['pino', 'agent', ...SERVER_ONLY, ...AGENT_ONLY]],
    ['agent --help', ['fastify', 'prom-client', '@node-rs/argon2', 'koffi']],
    ['serve --help', [...AGENT_ONLY.filter((name) => name !== 'ws')]],
    ['backup --help', ['agent', 'fastify', 'prom-client', ...AGENT_ONLY]],
  ])('%s', async (line, without) => {
    const loaded = await loadedBy(line.split(' '));
    expect(loaded).toContain('commander');
    expect(loaded.filter((name) => without.includes(name))).toEqual([]);
  });

  test('and what is named here as not loaded is loaded where it is needed', async () => {
    expect(await loadedBy(['--help'])).toEqual(expect.arrayContaining(['agent', 'fastify', 'server', 'ws', 'zod']));
  });
});

describe('what was compiled at one start is there at the next', () => {
  test('of the command line, its packages and TypeScript without its types', async () => {
    await run(['keyrack', '--version']);
    const told = await run(['keyrack', '--version'], { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' });
    expect(told).toContain(COMPILE_CACHE);
    for (const file of ['cli/src/program.ts', 'commander/lib/command.js'])
      expect(told).toMatch(new RegExp(`${file.replaceAll('.', '\\.')}.*accepted`));
  });

  test('in the checkout itself, where nobody else can have put it, and not among files that are for everybody', () => {
    expect(COMPILE_CACHE).toContain('node_modules');
    expect(existsSync(COMPILE_CACHE)).toBe(true);
  });

  test('and where it can’t be, as for a user who may not write there, everything works without it', () => {
    const { NODE_COMPILE_CACHE: before } = process.env;
    const file = join(keyrackFolder(), 'file');
    writeFileSync(file, '');
    expect(() => useCompileCache(file)).not.toThrow();
    expect(process.env.NODE_COMPILE_CACHE).toBe(before);
  });
});
