import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';
import { scratchFolder } from './testing/scratch-folder.ts';

describe('a folder', () => {
  test('is made with all above it that are missing, for this user alone', () => {
    const scratch = scratchFolder();
    expect(makeFolder(join(scratch, 'a', 'b', 'c'))).toBe(join(scratch, 'a'));
    for (const path of ['a', 'a/b', 'a/b/c']) expect(statSync(join(scratch, path)).mode & 0o777).toBe(0o700);
  });

  test('that is there is left as it is', () => {
    const scratch = scratchFolder();
    mkdirSync(join(scratch, 'there'));
    symlinkSync(join(scratch, 'there'), join(scratch, 'link'));
    expect(makeFolder(join(scratch, 'there'))).toBeUndefined();
    expect(makeFolder(join(scratch, 'link'))).toBeUndefined();
    expect(makeFolder('/')).toBeUndefined();
  });

  test.each([
    ['a file is there', 'file', 'EEXIST'],
    ['a file is above it', 'file/folder', 'ENOTDIR'],
    ['a file is far above it', 'file/folder/folder', 'ENOTDIR'],
  ])('is not made where %s', (_, path, code) => {
    const scratch = scratchFolder();
    writeFileSync(join(scratch, 'file'), '');
    expect(() => makeFolder(join(scratch, path))).toThrow(expect.objectContaining({ code }));
  });

  // Node's recursive mkdir never comes back from there: its time limit is this test's.
  test.runIf(process.platform === 'linux').each(['/proc/keyrack', '/proc/keyrack/data', '/proc/self/keyrack'])(
    'is refused where the system takes none: %s',
    (path) => {
      expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: 'ENOTSUP' }));
    },
  );
});
