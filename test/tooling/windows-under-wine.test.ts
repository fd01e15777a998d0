import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

/** `npm run test:windows` says why it can't run on a machine; where it can, it never skips itself in silence. */

interface Machine {
  readonly platform: string;
  readonly arch: string;
  getuid?(): number;
}
const file = new URL('../../scripts/windows/refuse-machine.mjs', import.meta.url);
const {
  refusalOfMachine,
}: { refusalOfMachine(machine: Machine, path: string, more: readonly string[]): string | null } = await import(
  pathToFileURL(file.pathname).href
);

const root = () => 0;
const LINUX = { platform: 'linux', arch: 'x64', getuid: root };
const PROGRAMS = ['mmdebstrap', 'unshare', 'setpriv', 'ip', 'chroot', 'mount'];

function folderWith(programs: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-programs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const program of programs) writeFileSync(join(folder, program), '', { mode: 0o755 });
  return folder;
}

test('it runs as root on Linux, x64, where its programs are', () => {
  expect(refusalOfMachine(LINUX, folderWith(PROGRAMS), [])).toBeNull();
});

test.each([
  ['another processor', { ...LINUX, arch: 'arm64' }, 'arm64'],
  ['macOS', { ...LINUX, platform: 'darwin' }, 'darwin'],
  ['Windows itself', { platform: 'win32', arch: 'x64' }, 'win32'],
  ['another user than root', { ...LINUX, getuid: () => 1000 }, 'root'],
])('%s is named as the reason', (_what, machine, word) => {
  expect(refusalOfMachine(machine, folderWith(PROGRAMS), [])).toContain(word);
});

test.each(PROGRAMS)('where %s is missing, it is named, and what to install', (missing) => {
  const folder = folderWith(PROGRAMS.filter((program) => program !== missing));
  expect(refusalOfMachine(LINUX, folder, [])).toMatch(new RegExp(`^${missing} is missing; install`));
});
