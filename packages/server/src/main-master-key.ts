import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** The master key can't be used. The message names the file and says what to do. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

/**
 * The key that seals secrets at rest, from `master.key` in the data folder, which is made at the first start and which
 * its owner alone can read. Whoever keeps backups of the database elsewhere should set KEYRACK_MASTER_KEY instead.
 */
export async function loadMasterKey(folder: string): Promise<Uint8Array> {
  const file = join(folder, 'master.key');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new MasterKeyError(
      `The master key ${file} can't be read (${error.code}); give this user the right to read it.`,
    );
  });
  if (text === null) return makeMasterKey(folder, file);
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32)
    throw new MasterKeyError(`The master key ${file} isn't 32 bytes in base64; restore it from your backup.`);
  return new Uint8Array(key);
}

async function makeMasterKey(folder: string, file: string): Promise<Uint8Array> {
  const key = randomBytes(32);
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(`${key.toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  const folderHandle = await open(folder, 'r');
  await folderHandle.sync().finally(() => folderHandle.close());
  return new Uint8Array(key);
}
