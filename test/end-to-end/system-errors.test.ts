import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { programmerKeyOf } from '@keyrack/protocol';
import { backupSqlite, openSqliteStore } from '@keyrack/server/store/index.ts';
import type { Transactions } from '@keyrack/server/transactions/index.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mountSmallDisk } from '../faults/small-disk.ts';
import { typeCommand } from '../world/typed-command.ts';

/** Every command × every error of the system that can be caused for real: a sentence that names the path, and no stack. */

/** Of a user who may do nothing but what everybody may. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

let world: string;
/** A file that is an agent's token and the secret of a lock programmer. */
let key: string;
/** A folder that is everybody's. */
let open: string;
beforeAll(async () => {
  world = mkdtempSync(join(tmpdir(), 'keyrack-errors-'));
  chmodSync(world, 0o755);
  key = join(world, 'a-file');
  writeFileSync(key, SECRET.toString('base64url'), { mode: 0o600 });
  open = join(world, 'open');
  mkdirSync(open);
  chmodSync(open, 0o777);
  mkdirSync(join(world, 'server'));
  const store = await openSqliteStore<Transactions>({
    file: join(world, 'server', 'keyrack.db'),
    transactions: new URL(import.meta.resolve('@keyrack/server/transactions/index.ts')),
  });
  await store.close();
  await backupSqlite(join(world, 'server', 'keyrack.db'), join(world, 'backup.db'));
  // Each start listens for signals, and this process sees many.
  process.setMaxListeners(0);
});
afterAll(() => rmSync(world, { recursive: true }));

const SECRET = Buffer.alloc(32, 7);
const PROPERTY = ['--property', '1'];
type Uses = 'reads-file' | 'makes-file' | 'data-folder' | 'starts-on-folder';
interface Command {
  readonly args: (path: string) => readonly string[];
  readonly env?: (path: string) => Record<string, string>;
  readonly uses: Uses;
}

const onFolder = (...args: string[]): Command => ({ args: (path) => [...args, '--data', path], uses: 'data-folder' });
const reading = (args: (path: string) => readonly string[]): Command => ({ args, uses: 'reads-file' });
const AGENT = [
  'agent',
  '--server',
  'ws://127.0.0.1:9/agent',
  '--id',
  '01900000-0000-7000-8000-00000000000a',
  '--sim-encoder',
  '7C778A6C7D9C',
  '--page-port',
  'off',
];

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    args: () => ['serve'],
    env: (path) => ({ PORT: '0', KEYRACK_METRICS: 'none', KEYRACK_DATA: path }),
    uses: 'starts-on-folder',
  },
  demo: {
    args: () => ['demo'],
    env: (path) => ({ PORT: '0', PAGE_PORT: 'off', KEYRACK_DATA: path }),
    uses: 'starts-on-folder',
  },
  'agent --data': { args: (path) => [...AGENT, '--token-file', key, '--data', path], uses: 'starts-on-folder' },
  'agent --token-file': reading((path) => [...AGENT, '--data', world, '--token-file', path]),
  'agent --ca-file': reading((path) => [
    'agent',
    '--data',
    world,
    '--ca-file',
    path,
    '--server',
    'wss://127.0.0.1:9/agent',
    '--pair',
    'ABCDEFGH',
  ]),
  'agent readers': onFolder('agent', 'readers'),
  'agent doctor': onFolder('agent', 'doctor'),
  'sim list': onFolder('sim', 'list'),
  'sim program': reading((path) => ['sim', 'program', 'lobby', path, '--key', path]),
  'sign --token-file': reading((path) => ['sign', 'getMacList', 'accountSid=a', 'communityNo=1', '--token-file', path]),
  'backup to': { args: (path) => ['backup', path, '--data', join(world, 'server')], uses: 'makes-file' },
  'backup of': { args: (path) => ['backup', join(open, 'new.db'), '--data', path], uses: 'data-folder' },
  'restore from': reading((path) => ['restore', path, '--data', join(open, 'restored')]),
  'restore into': { args: (path) => ['restore', join(world, 'backup.db'), '--data', path], uses: 'starts-on-folder' },
  'agents list': onFolder('agents', 'list', ...PROPERTY),
  'agents pair': onFolder('agents', 'pair', ...PROPERTY),
  'agents revoke': onFolder('agents', 'revoke', '01900000-0000-7000-8000-00000000000a', ...PROPERTY),
  'cards retire': onFolder('cards', 'retire', '4567', ...PROPERTY),
  'cards records': onFolder('cards', 'records', '1/1/1', '--from', '2026-01-01', ...PROPERTY),
  'keys rotate': onFolder('keys', 'rotate', ...PROPERTY),
  'audit verify': onFolder('audit', 'verify'),
  'locks export': onFolder('locks', 'export', 'shared', '--for', programmerKeyOf(SECRET), ...PROPERTY),
  'locks new-key': { args: (path) => ['locks', 'new-key', path], uses: 'makes-file' },
  'locks open': reading((path) => ['locks', 'open', key, '--key', path]),
  'import account': reading((path) => [
    'import',
    'account',
    'a'.repeat(32),
    '--token-file',
    path,
    '--name',
    'PMS',
    ...PROPERTY,
  ]),
  'import rooms': reading((path) => ['import', 'rooms', path, ...PROPERTY]),
  'import member': reading((path) => ['import', 'member', 'Ada', '--md5-file', path, ...PROPERTY]),
};

interface Trouble {
  readonly name: string;
  /** The path that is typed. */
  readonly make: () => string | Promise<string>;
  readonly asNobody?: boolean;
  readonly uses: readonly Uses[];
  readonly undo?: () => unknown;
}

const ALL: readonly Uses[] = ['reads-file', 'makes-file', 'data-folder', 'starts-on-folder'];
const small: { unmount: (() => Promise<void>) | null } = { unmount: null };
/** A disk of its own, which is full or can only be read. */
async function disk(state: 'full' | 'read-only'): Promise<string> {
  const mounted = await mountSmallDisk(join(world, `disk-${state}`), 1);
  if (mounted.disk === null) throw new Error(mounted.reason);
  small.unmount = mounted.disk.unmount;
  if (state === 'full') await mounted.disk.fill();
  else execFileSync('mount', ['-o', 'remount,ro', mounted.disk.folder]);
  return join(mounted.disk.folder, 'x');
}
const undo = async () => {
  await small.unmount?.();
  small.unmount = null;
};

let descriptors = () => {};

const TROUBLES: readonly Trouble[] = [
  { name: 'is missing', make: () => join(world, 'missing'), uses: ['reads-file', 'data-folder'] },
  {
    name: 'lies in a folder that is missing',
    make: () => join(world, 'missing', 'x'),
    uses: ['reads-file', 'makes-file', 'data-folder'],
  },
  {
    name: 'is a folder',
    make: () => {
      mkdirSync(join(world, 'a-folder'), { recursive: true });
      return join(world, 'a-folder');
    },
    uses: ['reads-file', 'makes-file'],
  },
  { name: 'is a file', make: () => key, uses: ['makes-file', 'data-folder', 'starts-on-folder'] },
  { name: 'lies in what is a file', make: () => join(key, 'x'), uses: ALL },
  {
    name: 'is a link in a circle',
    make: () => {
      rmSync(join(world, 'circle'), { force: true });
      symlinkSync('circle', join(world, 'circle'));
      return join(world, 'circle');
    },
    uses: ALL,
  },
  { name: 'is too long', make: () => join(world, 'x'.repeat(300)), uses: ALL },
  {
    name: 'is forbidden',
    make: () => {
      mkdirSync(join(world, 'forbidden', 'x'), { recursive: true, mode: 0o700 });
      writeFileSync(join(world, 'secret'), 'text', { mode: 0o600 });
      return join(world, 'forbidden', 'x');
    },
    asNobody: true,
    uses: ALL,
  },
  {
    name: 'is one file too many',
    make: () => {
      descriptors = useUpDescriptors();
      return key;
    },
    uses: ['reads-file'],
    undo: () => descriptors(),
  },
  { name: 'is where the system makes no folders', make: () => '/proc/keyrack-data', uses: ['starts-on-folder'] },
  { name: 'is on a full disk', make: () => disk('full'), uses: ['makes-file', 'starts-on-folder'], undo },
  {
    name: 'is on a disk that can only be read',
    make: () => disk('read-only'),
    uses: ['makes-file', 'starts-on-folder'],
    undo,
  },
];

/** Opens files until this process may open no more; what it returns closes them. */
function useUpDescriptors(): () => void {
  const limit = (soft: string) => execFileSync('prlimit', ['--pid', String(process.pid), `--nofile=${soft}:`]);
  const usual = execFileSync('prlimit', [
    '--pid',
    String(process.pid),
    '--nofile',
    '--output=SOFT',
    '--noheadings',
    '--raw',
  ])
    .toString()
    .trim();
  limit('200');
  const opened: number[] = [];
  try {
    for (;;) opened.push(openSync('/dev/null', 'r'));
  } catch {}
  return () => {
    for (const descriptor of opened) closeSync(descriptor);
    limit(usual);
  };
}

const rows = Object.entries(COMMANDS).flatMap(([name, command]) =>
  TROUBLES.filter(({ uses }) => uses.includes(command.uses)).map((trouble) => ({
    name,
    command,
    trouble,
    what: trouble.name,
  })),
);

describe.runIf(isRoot)('keyrack', () => {
  test.each(rows)('$name says in a sentence that what was typed $what', async ({ command, trouble }) => {
    const path = await trouble.make();
    if (trouble.asNobody) process.seteuid?.(NOBODY);
    try {
      const { code, err, out } = await typeCommand(command.args(path), command.env?.(path));
      const told = err + out;
      expect(code, told).toBeGreaterThan(0);
      expect(told, 'no stack').not.toMatch(/\n\s+at |node:internal|Error:/);
      // One file too many may be another one that the command opens first.
      expect(told, 'what was typed').toContain(path === key && trouble.uses.length === 1 ? world : basename(path));
      const sentences = err.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
      for (const sentence of sentences) expect(sentence).toMatch(/^[^a-z].*\.$/);
    } finally {
      process.seteuid?.(0);
      await trouble.undo?.();
    }
  });
});
