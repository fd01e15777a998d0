import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { openNewFile, replaceFile } from '../store/durable-files.ts';

const NAME = 'operator.json';

const contents = z.strictObject({ port: z.int().min(1).max(65_535), token: z.string().regex(/^[0-9A-Za-z_-]{43}$/) });
export type OperatorAddress = z.infer<typeof contents>;

/** What whoever gives commands has to show. */
export function newOperatorToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Says in the data folder where a running server takes its operator's commands; its owner alone can read it. */
export async function writeOperatorFile(folder: string, address: OperatorAddress): Promise<void> {
  const file = join(folder, NAME);
  const handle = await openNewFile(`${file}.new`);
  await handle.writeFile(JSON.stringify(address)).finally(() => handle.close());
  await replaceFile(`${file}.new`, file);
}

export async function removeOperatorFile(folder: string): Promise<void> {
  await rm(join(folder, NAME), { force: true });
}

/**
 * Where the server of this data folder takes commands, or null when none runs on it. Rejects with the system's error when
 * the file is there and can't be read: another user's server may run on it.
 */
export async function readOperatorFile(folder: string): Promise<OperatorAddress | null> {
  const file = join(folder, NAME);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw Object.assign(error, { path: file });
  });
  if (text === null) return null;
  try {
    return contents.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
