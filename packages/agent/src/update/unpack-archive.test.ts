import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { Header } from 'tar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unpackArchive } from './unpack-archive.ts';

let scratch = '';
let versions = '';
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'keyrack-unpack-'));
  versions = join(scratch, 'top/versions');
  mkdirSync(join(versions, '0.1.0'), { recursive: true });
  writeFileSync(join(scratch, 'top/current'), '0.1.0\n');
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const IN = 'keyrack-agent/versions/0.2.0';
const GOOD = { 'keyrack-agent/keyrack': '#!', [`${IN}/bin/node`]: 'node', [`${IN}/lib/main.js`]: 'main' };
const unpack = (archive: string, system = 'linux-x64') =>
  unpackArchive(archive, { versions, version: '0.2.0', system });

/** Nothing of the archive is anywhere, and the version that was there still is. */
function expectNothingChanged(): void {
  expect(readdirSync(versions)).toEqual(['0.1.0']);
  expect(readdirSync(join(scratch, 'top')).sort()).toEqual(['current', 'versions']);
  expect(readFileSync(join(scratch, 'top/current'), 'utf8')).toBe('0.1.0\n');
}

describe.skipIf(process.platform === 'win32')('a .tar.xz', () => {
  const pack = (tar: string) => {
    execFileSync('xz', ['-0', '--block-size=64KiB', tar]);
    return `${tar}.xz`;
  };
  function tarOf(files: Readonly<Record<string, string>>): string {
    const from = join(scratch, 'from');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(from, path)), { recursive: true });
      writeFileSync(join(from, path), text);
      if (path.endsWith('bin/node')) chmodSync(join(from, path), 0o755);
    }
    execFileSync('tar', ['-C', from, '--format=posix', '-cf', join(scratch, 'a.tar'), 'keyrack-agent']);
    return join(scratch, 'a.tar');
  }
  /** As no tar would write it. */
  function rawTar(entries: readonly { path: string; type?: string; linkpath?: string; text?: string }[]): string {
    const blocks = entries.flatMap(({ path, type = '0', linkpath, text = '' }) => {
      const header = new Header({
        path,
        mode: 0o755,
        size: text.length,
        mtime: new Date(0),
        ...(linkpath && { linkpath }),
      });
      header.encode();
      const block = Buffer.from(header.block as Buffer);
      block.write(type, 156, 'latin1');
      block.fill(' ', 148, 156);
      const sum = block.reduce((total, byte) => total + byte, 0);
      block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
      return [block, Buffer.from(text), Buffer.alloc((512 - (text.length % 512)) % 512)];
    });
    writeFileSync(join(scratch, 'raw.tar'), Buffer.concat([...blocks, Buffer.alloc(1024)]));
    return join(scratch, 'raw.tar');
  }

  test('lies beside the others when it is whole, programs as programs', async () => {
    const long = 'x'.repeat(300_000);
    await unpack(pack(tarOf({ ...GOOD, [`${IN}/lib/${'deep/'.repeat(20)}long.js`]: long })));
    expect(readdirSync(versions).sort()).toEqual(['0.1.0', '0.2.0']);
    expect(readFileSync(join(versions, '0.2.0/lib/main.js'), 'utf8')).toBe('main');
    expect(readFileSync(join(versions, `0.2.0/lib/${'deep/'.repeat(20)}long.js`), 'utf8')).toBe(long);
    expect(statSync(join(versions, '0.2.0/bin/node')).mode & 0o777).toBe(0o755 & ~process.umask());
    expect(statSync(join(versions, '0.2.0/lib/main.js')).mode & 0o111).toBe(0);
  });

  test('takes the place of what an update left there', async () => {
    mkdirSync(join(versions, '0.2.0/old'), { recursive: true });
    mkdirSync(join(versions, '0.2.0.part'));
    await unpack(pack(tarOf(GOOD)));
    expect(readdirSync(versions).sort()).toEqual(['0.1.0', '0.2.0']);
    expect(readdirSync(join(versions, '0.2.0')).sort()).toEqual(['bin', 'lib']);
  });

  test.each([
    ['leads out by its name', [{ path: `${IN}/../../../../stolen`, text: 'x' }]],
    ['has an absolute name', [{ path: '/tmp/keyrack-stolen', text: 'x' }]],
    ['writes the file of another version', [{ path: 'keyrack-agent/versions/0.1.0/lib/main.js', text: 'x' }]],
    [
      'links out of the folder',
      [
        { path: `${IN}/lib`, type: '2', linkpath: '../../../..' },
        { path: `${IN}/lib/main.js`, text: 'x' },
      ],
    ],
    ['has a hard link', [{ path: `${IN}/lib/main.js`, type: '1', linkpath: '/etc/passwd' }]],
    ['has a device', [{ path: `${IN}/lib/null`, type: '3' }]],
    ['has an entry of no known kind', [{ path: `${IN}/lib/odd`, type: 'Z' }]],
    [
      'names a file twice',
      [
        { path: `${IN}/lib/main.js`, text: 'x' },
        { path: `${IN}/lib/MAIN.js`, text: 'y' },
      ],
    ],
  ])('that %s is refused as a whole', async (_, bad) => {
    const good = Object.entries(GOOD).map(([path, text]) => ({ path, text }));
    await expect(unpack(pack(rawTar([...good.slice(0, 2), ...bad])))).rejects.toMatchObject({ cause: 'bad-archive' });
    expectNothingChanged();
  });

  test('that was cut off, changed or is none at all is refused', async () => {
    const whole = pack(tarOf({ ...GOOD, [`${IN}/lib/more.js`]: Array.from({ length: 20_000 }, (_, at) => at).join() }));
    const bytes = readFileSync(whole);
    for (const wrong of [
      bytes.subarray(0, bytes.length / 2),
      bytes.subarray(0, 10),
      Buffer.from('no archive'),
      Buffer.alloc(0),
    ]) {
      writeFileSync(whole, wrong);
      await expect(unpack(whole)).rejects.toMatchObject({ cause: 'bad-archive' });
      expectNothingChanged();
    }
  });

  test('without a program is refused', async () => {
    await expect(unpack(pack(tarOf({ [`${IN}/bin/node`]: 'node' })))).rejects.toMatchObject({ cause: 'bad-archive' });
    expectNothingChanged();
  });

  test('that would fill the disk is refused before it does', async () => {
    // Nothing but zeros: 4 MB take a few hundred bytes.
    const file = join(scratch, 'from/keyrack-agent/versions/0.2.0/bin/node');
    mkdirSync(dirname(file), { recursive: true });
    execFileSync('truncate', ['-s', String(4 << 20), file]);
    execFileSync('tar', ['-C', join(scratch, 'from'), '-cf', join(scratch, 'bomb.tar'), 'keyrack-agent']);
    const bomb = pack(join(scratch, 'bomb.tar'));
    const to = { versions, version: '0.2.0', system: 'linux-x64' };
    const most = { entries: 100, unpackedBytes: 1 << 20 };
    await expect(unpackArchive(bomb, to, most)).rejects.toMatchObject({ cause: 'bad-archive' });
    expectNothingChanged();
  });

  test('writes through no link that lies where it unpacks', async () => {
    symlinkSync(scratch, join(versions, '0.2.0.part'));
    await unpack(pack(tarOf(GOOD)));
    expect(readdirSync(scratch)).not.toContain('lib');
    expect(statSync(join(versions, '0.2.0/lib/main.js')).isFile()).toBe(true);
  });
});

describe('a .zip', () => {
  const WINDOWS = { ...GOOD, [`${IN}/bin/node.exe`]: 'n'.repeat(200_000) };
  function zip(files: Readonly<Record<string, string>>): string {
    const file = join(scratch, 'a.zip');
    writeFileSync(
      file,
      zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))),
    );
    return file;
  }

  test('lies beside the others when it is whole', async () => {
    await unpack(zip(WINDOWS), 'win-x64');
    expect(readFileSync(join(versions, '0.2.0/bin/node.exe'), 'utf8')).toBe('n'.repeat(200_000));
    expect(readFileSync(join(versions, '0.2.0/lib/main.js'), 'utf8')).toBe('main');
  });

  test.each(['../stolen', `${IN}/../../../stolen`, `${IN}\\..\\..\\x`, 'C:/stolen', `${IN}/lib/aux.js`])(
    'with %j in it is refused as a whole',
    async (path) => {
      await expect(unpack(zip({ ...WINDOWS, [path]: 'x' }), 'win-x64')).rejects.toMatchObject({ cause: 'bad-archive' });
      expectNothingChanged();
    },
  );

  test('that was cut off or is none at all is refused', async () => {
    const file = zip(WINDOWS);
    const bytes = readFileSync(file);
    for (const wrong of [bytes.subarray(0, 300), Buffer.from('no archive'), Buffer.alloc(0)]) {
      writeFileSync(file, wrong);
      await expect(unpack(file, 'win-x64')).rejects.toMatchObject({ cause: 'bad-archive' });
      expectNothingChanged();
    }
  });
});
