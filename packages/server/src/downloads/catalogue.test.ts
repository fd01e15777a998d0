import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { scratchFolder } from '../store/testing/scratch-folder.ts';
import { recordingLog } from '../testing/recording-log.ts';
import { openCatalogue } from './catalogue.ts';
import { putDownloads, sha256Of } from './testing/downloads-folder.ts';

const LINUX = 'keyrack-agent-0.1.0-linux-x64.tar.xz';
const WINDOWS = 'keyrack-agent-0.1.0-win-x64.zip';
const NEWER = 'keyrack-agent-0.2.0-linux-x64.tar.xz';
const bytes = (text: string) => new TextEncoder().encode(text);

let folder: string;
let recorded: ReturnType<typeof recordingLog>;
let catalogue: ReturnType<typeof openCatalogue>;
beforeEach(() => {
  folder = scratchFolder();
  recorded = recordingLog();
  catalogue = openCatalogue(folder, recorded.log);
});

const names = async () => (await catalogue.list()).map(({ name }) => name);
const told = () => recorded.lines.map(({ file, why }) => [file, why]);

test('offers the archives that SHA256SUMS names, the newest first, and nothing else of the folder', async () => {
  putDownloads(folder, {
    [WINDOWS]: bytes('windows'),
    [LINUX]: bytes('linux'),
    [NEWER]: bytes('newer'),
    'keyrack-server-0.1.0-linux-x64.tar.xz': bytes('server'),
    [`${LINUX}.cdx.json`]: bytes('{}'),
  });
  writeFileSync(join(folder, 'keyrack-agent-0.3.0-win-x64.zip'), 'named nowhere');
  expect(await names()).toEqual([NEWER, LINUX, WINDOWS]);
  expect(await catalogue.list()).toContainEqual({
    name: LINUX,
    version: '0.1.0',
    system: 'linux-x64',
    bytes: 5,
    sha256: sha256Of(bytes('linux')),
  });
  expect(told()).toEqual([]);
});

test('what is not as its checksum says is not offered, and the log says so once', async () => {
  putDownloads(folder, { [LINUX]: bytes('linux'), [WINDOWS]: bytes('windows') });
  writeFileSync(join(folder, LINUX), 'other');
  expect(await names()).toEqual([WINDOWS]);
  expect(await names()).toEqual([WINDOWS]);
  expect(await catalogue.open(LINUX)).toBeNull();
  expect(told()).toEqual([[LINUX, 'its SHA-256 is not the one that SHA256SUMS names']]);
  // Mended, it is offered without a restart; and broken again, told again.
  putDownloads(folder, { [LINUX]: bytes('linux'), [WINDOWS]: bytes('windows') });
  expect(await names()).toEqual([LINUX, WINDOWS]);
  appendFileSync(join(folder, LINUX), '.');
  expect(await names()).toEqual([WINDOWS]);
  expect(told()).toHaveLength(2);
});

test('a folder that is exchanged is read anew', async () => {
  putDownloads(folder, { [LINUX]: bytes('linux') });
  expect(await names()).toEqual([LINUX]);
  const next = scratchFolder();
  putDownloads(next, { [NEWER]: bytes('newer') });
  for (const name of [NEWER, 'SHA256SUMS']) renameSync(join(next, name), join(folder, name));
  expect(await names()).toEqual([NEWER]);
});

test.each([
  ['is missing', () => rmSync(join(folder, LINUX)), 'it is not there'],
  [
    'is a link',
    () => {
      renameSync(join(folder, LINUX), join(folder, 'elsewhere'));
      symlinkSync(join(folder, 'elsewhere'), join(folder, LINUX));
    },
    'it is no file',
  ],
  [
    'is a folder',
    () => {
      rmSync(join(folder, LINUX));
      mkdirSync(join(folder, LINUX));
    },
    'it is no file',
  ],
  [
    'is a pipe, which nobody waits at',
    () => {
      rmSync(join(folder, LINUX));
      execFileSync('mkfifo', [join(folder, LINUX)]);
    },
    'it is no file',
  ],
])('an archive that %s is not offered', async (_, spoil, why) => {
  putDownloads(folder, { [LINUX]: bytes('linux'), [WINDOWS]: bytes('windows') });
  spoil();
  expect(await names()).toEqual([WINDOWS]);
  expect(await catalogue.open(LINUX)).toBeNull();
  expect(told()).toEqual([[LINUX, why]]);
});

test.each([
  ['no text of checksums', null, 'it is not there'],
  ['a text that is none', `${'0'.repeat(64)}  a/../../b\n`, 'it holds a line that sha256sum writes nowhere'],
  ['a name twice', `${'0'.repeat(64)}  ${LINUX}\n`.repeat(2), 'it holds a line that sha256sum writes nowhere'],
  ['an endless text', 'x'.repeat(300_000), 'it has more than 262144 bytes'],
])('with %s nothing is offered', async (_, text, why) => {
  putDownloads(folder, { [LINUX]: bytes('linux') });
  if (text === null) rmSync(join(folder, 'SHA256SUMS'));
  else writeFileSync(join(folder, 'SHA256SUMS'), text);
  expect(await names()).toEqual([]);
  expect(await catalogue.open(LINUX)).toBeNull();
  expect(told()).toEqual([['SHA256SUMS', why]]);
});

test.each(['../secret', 'SHA256SUMS', '', '.', LINUX.toUpperCase(), `./${LINUX}`, `${LINUX}\0`])(
  'nothing is opened by the name %j',
  async (name) => {
    putDownloads(folder, { [LINUX]: bytes('linux') });
    expect(await catalogue.open(name)).toBeNull();
  },
);

test('the texts are told as they lie there', async () => {
  expect(await catalogue.texts()).toBeNull();
  putDownloads(folder, { [LINUX]: bytes('linux') });
  const checksums = `${sha256Of(bytes('linux'))}  ${LINUX}\n`;
  expect(await catalogue.texts()).toEqual({ checksums, signature: null });
  putDownloads(folder, { [LINUX]: bytes('linux') }, { signature: 'signed\n' });
  expect(await catalogue.texts()).toEqual({ checksums, signature: 'signed\n' });
});

test('a server that came without packages offers none, and complains of nothing', async () => {
  const none = openCatalogue(null, recorded.log);
  expect([await none.list(), await none.open(LINUX), await none.texts()]).toEqual([[], null, null]);
  expect(told()).toEqual([]);
});
