import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKey } from '@keyrack/agent/update/testing/new-key.ts';
import { publicKeyText } from '@keyrack/protocol/minisign.ts';
import { afterAll, expect, test } from 'vitest';
import { updatesOf, whyNever } from './agent-updatable.ts';
import { INSTALLATION } from './installation.ts';

const scratch = mkdtempSync(join(tmpdir(), 'keyrack-updatable-'));
mkdirSync(join(scratch, 'versions'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const archive = { top: scratch, key: publicKeyText(newKey()) };
const of = (changes: object) => ({ ...INSTALLATION, ...changes });

test.each([
  ['a checkout', {}, 'checkout', /git pull/],
  ["Debian's package", { updatedBy: 'apt' }, 'system-package', /apt/],
  ['Windows, for the computer,', { updatedBy: 'install.cmd', archive }, 'for-computer', /Run as administrator/],
  ['a build without a key', { archive: { ...archive, key: null } }, 'no-key', /never updates itself/],
  ['a build with a broken key', { archive: { ...archive, key: 'none' } }, 'no-key', /Install it anew/],
  [
    'a folder that is gone',
    { archive: { ...archive, top: join(scratch, 'gone') } },
    'folder-not-writable',
    /may not write/,
  ],
] as const)('%s never updates itself, and says so', async (_, changes, cause, text) => {
  expect(await whyNever(of(changes))).toEqual({ cause, message: expect.stringMatching(text) });
  expect((await updatesOf({}, of(changes))).program).toMatchObject({ unable: { cause } });
});

test('an archive with a key does, where a supervisor started it', async () => {
  expect(await whyNever(of({ archive }))).toBeNull();
  expect((await updatesOf({}, of({ archive }))).program).toMatchObject({ unable: { cause: 'not-supervised' } });
});
