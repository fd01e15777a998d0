import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { COMMANDS } from './commands.ts';
import { openFolderWarning } from './open-folder.ts';
import { carryOut } from './program.ts';

function folderOfMode(mode: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-open-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  chmodSync(folder, mode);
  return folder;
}

describe.skipIf(process.platform === 'win32')('a data folder', () => {
  test.each([
    [0o755, true],
    [0o750, true],
    [0o701, true],
    [0o700, false],
  ])('of mode %o is told: %s', (mode, told) => {
    const folder = folderOfMode(mode);
    expect(openFolderWarning(folder)?.includes(`chmod 700 ${folder}`) ?? false).toBe(told);
  });

  test('that all users share is not to be closed', () => {
    const warning = openFolderWarning(folderOfMode(0o1777));
    expect(warning).toContain("is a folder that all users share; name one of Keyrack's own");
    expect(warning).not.toContain('chmod');
  });

  test.each(['/dev/null', new URL(import.meta.url).pathname])('that is no folder is not: %s', (file) => {
    expect(openFolderWarning(file)).toBeNull();
  });

  test('that is not there yet is not', () => {
    expect(openFolderWarning(join(tmpdir(), 'keyrack-that-is-not-there'))).toBeNull();
  });

  test.each(['serve', 'agent'])('that others can look into is told at the start of %s', async (word) => {
    const folder = folderOfMode(0o755);
    const err: string[] = [];
    // What ends both starts right after.
    writeFileSync(join(folder, 'keyrack.db'), 'no database at all, and longer than the header of one is'.repeat(9));
    writeFileSync(join(folder, 'journal'), '');
    const server = ['--server', 'ws://127.0.0.1:9/agent', '--id', '01900000-0000-7000-8000-00000000000a'];
    writeFileSync(join(folder, 'token'), 'A'.repeat(43), { mode: 0o600 });
    const words =
      word === 'serve' ? ['serve'] : ['agent', '--data', folder, ...server, '--token-file', join(folder, 'token')];
    const env = { KEYRACK_DATA: folder, PORT: '0', KEYRACK_METRICS: 'none', KEYRACK_LOG_LEVEL: 'silent' };
    await carryOut(words, { env, out() {}, say() {}, err: (text) => void err.push(text) }, COMMANDS);
    expect(err[0] ?? '').toContain(`chmod 700 ${folder}`);
  });
});
