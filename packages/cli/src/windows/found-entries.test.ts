import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { entriesIn, entryAt } from './found-entries.ts';

test.skipIf(process.platform === 'win32')(
  'all that lies in a folder is found, and links are not followed',
  async () => {
    const top = mkdtempSync(join(tmpdir(), 'keyrack-entries-'));
    onTestFinished(() => rmSync(top, { recursive: true }));
    const [folder, elsewhere] = [join(top, 'data'), join(top, 'elsewhere')];
    for (const each of [join(folder, 'inner'), elsewhere]) mkdirSync(each, { recursive: true });
    writeFileSync(join(elsewhere, 'secret'), '');
    writeFileSync(join(folder, 'inner', 'plain'), '');
    symlinkSync(elsewhere, join(folder, 'away'), 'junction');
    linkSync(join(elsewhere, 'secret'), join(folder, 'same'));
    const found = await entriesIn(folder);
    expect(
      found.map(({ path, isLink }) => [path.slice(folder.length + 1).replaceAll('\\', '/'), isLink]).sort(),
    ).toEqual([
      ['away', true],
      ['inner', false],
      ['inner/plain', false],
      ['same', true],
    ]);
    expect(await entryAt(folder)).toEqual({ path: folder, isLink: false });
    expect(await entryAt(join(folder, 'away'))).toMatchObject({ isLink: true });
    expect(await entryAt(join(folder, 'none'))).toBeNull();
  },
);
