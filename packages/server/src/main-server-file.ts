import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { openNewFile, replaceFile } from './store/durable-files.ts';

/** The file of the data folder with the owner's key. Whoever may read it may do everything. */
export const OWNER_KEY_FILE = 'owner-key';

/** The file of the data folder that says where its running server is. Whoever may read it may read the owner's key, too. */
export const SERVER_FILE = 'server.json';

/** Newer versions may add to it: a command line may be older than the server that it is used with. */
const contents = z.object({
  /** As this computer reaches it. */
  url: z.url({ protocol: /^https?$/ }),
  /** What the server there proves that it is the one that wrote this. Another one at each start. */
  secret: z.string().regex(/^[0-9A-Za-z_-]{43}$/),
});
export type ServerAddress = z.infer<typeof contents>;

export function newServerSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Says in the data folder where its server listens; its user alone can read it. */
export async function writeServerFile(folder: string, address: ServerAddress): Promise<void> {
  const file = join(folder, SERVER_FILE);
  const handle = await openNewFile(`${file}.new`);
  await handle.writeFile(`${JSON.stringify(address)}\n`).finally(() => handle.close());
  await replaceFile(`${file}.new`, file);
}

export async function removeServerFile(folder: string): Promise<void> {
  await rm(join(folder, SERVER_FILE), { force: true });
}

/**
 * Removes what versions before `/v1` left behind where they were killed: the port and the token of an endpoint for commands.
 * Whoever listens at that port now would be sent the commands of such a version.
 */
export async function removeFormerFile(folder: string): Promise<void> {
  await rm(join(folder, 'operator.json'), { force: true });
}

/**
 * Where the server of this data folder was started last and not stopped, or null. A server that was killed leaves the file
 * behind: `provesItself` tells. Rejects with the system's error where the file can't be read.
 */
export async function readServerFile(folder: string): Promise<ServerAddress | null> {
  const file = join(folder, SERVER_FILE);
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

/** What only the server that wrote the file can answer to this nonce: hex. */
export function proofOf(secret: string, nonce: string): string {
  return createHmac('sha256', secret).update(`keyrack server ${nonce}`).digest('hex');
}

/** How long a server on this computer may take to prove itself. Milliseconds. */
const PROOF_MS = 10_000;

/**
 * Whether the server that wrote the file is the one that listens there. After a crash, anybody on this computer can listen at
 * its port; so nothing secret is sent there before this is known.
 */
export async function provesItself({ url, secret }: ServerAddress): Promise<boolean> {
  const nonce = randomBytes(32).toString('hex');
  try {
    const response = await fetch(`${url}/proof/${nonce}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(PROOF_MS),
    });
    const told = Buffer.from(String(((await response.json()) as { proof?: unknown } | null)?.proof));
    const right = Buffer.from(proofOf(secret, nonce));
    return told.length === right.length && timingSafeEqual(told, right);
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') throw error;
    return false;
  }
}
