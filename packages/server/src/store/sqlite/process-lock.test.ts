import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { lockForProcess } from './process-lock.ts';

it('stays locked when the garbage is collected and nobody has kept the lock', async () => {
  const file = join(scratchFolder(), 'keyrack.db');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  (() => void lockForProcess(file))();
  for (let i = 0; i < 3; i += 1) {
    collect();
    // Finalizers run when the turn is over.
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(() => lockForProcess(file)).toThrow('another Keyrack server is serving this database');
});

// A link needs no right on this system alone.
it.skipIf(process.platform === 'win32').each([
  ['a link to the file', (real: string, link: string) => symlinkSync(real, link)],
  [
    'a link to a link',
    (real: string, link: string) => [symlinkSync(real, `${link}.1`), symlinkSync(`${link}.1`, link)],
  ],
])('is one lock by whatever name the database is reached: %s', (_, makeLink) => {
  const [disk, folder] = [join(scratchFolder(), 'disk'), join(scratchFolder(), 'folder')];
  mkdirSync(disk);
  mkdirSync(folder);
  const [real, link] = [join(disk, 'keyrack.db'), join(folder, 'keyrack.db')];
  writeFileSync(real, '');
  makeLink(real, link);
  for (const [first, second] of [
    [real, link],
    [link, real],
  ] as const) {
    const lock = lockForProcess(first);
    expect(() => lockForProcess(second)).toThrow('another Keyrack server is serving this database');
    lock.close();
  }
});
