import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashToken, lookupOf } from './domain/api-key.ts';
import { OWNER_KEY_FILE } from './main-server-file.ts';
import { drawToken } from './runtime/draw-token.ts';
import type { ServerLog } from './runtime/log.ts';
import type { ServerStore } from './runtime/runner.ts';
import { openNewFile, replaceFile, syncFolder } from './store/index.ts';

export { OWNER_KEY_FILE };

/**
 * Lets the key in the data folder do everything over /v1, and no other key. Where the file is missing, there is a new one
 * afterwards: so an owner who lost it, or who thinks that others have it, deletes the file and starts the server anew.
 */
export async function openOwnerKey(
  store: Pick<ServerStore, 'run'>,
  folder: string,
  { newId, now, log }: { readonly newId: () => string; readonly now: number; readonly log: ServerLog },
): Promise<void> {
  const file = join(folder, OWNER_KEY_FILE);
  const found = await readToken(file);
  const isToken = found !== null && lookupOf(found) !== null;
  if (found !== null && !isToken) log.warn({ file }, "the owner's key was no key; a new one is in its place");
  const token = isToken ? found : await makeToken(file, folder);
  const lookup = lookupOf(token) as string;
  const isNew = await store.run('useOwnerKey', { id: newId(), lookup, secretHash: hashToken(token), now });
  if (isNew) log.info({ file }, "the owner's key is in this file");
}

async function readToken(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function makeToken(file: string, folder: string): Promise<string> {
  const token = drawToken();
  const handle = await openNewFile(`${file}.new`);
  try {
    await handle.writeFile(`${token}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await replaceFile(`${file}.new`, file);
  await syncFolder(folder);
  return token;
}
