import { constants } from 'node:fs';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type AgentId, agentId } from '@keyrack/protocol';
import { z } from 'zod';
import type { AgentIdentity } from '../desk/index.ts';
import { type AgentKey, agentKeyPem, identityByKey, readAgentKey } from './agent-key.ts';

/** Name of the file in the agent's folder that says who it is. Whoever has it can act as this agent until revoked. */
export const IDENTITY_FILE = 'agent-identity.json';

const contents = z.strictObject({
  version: z.literal(1),
  server: z.string().min(1),
  agent: agentId,
  privateKey: z.string().min(1),
});

/** The identity can't be used; the message names the file and says what to do. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';
}

export interface StoredIdentity {
  readonly server: string;
  readonly identity: AgentIdentity;
}

/** Keeps the identity where its user alone can read it, durably, in the place of an earlier one. */
export async function keepIdentity(folder: string, server: string, agent: AgentId, key: AgentKey): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, IDENTITY_FILE);
  const handle = await open(`${file}.new`, constants.O_CREAT | constants.O_TRUNC | constants.O_WRONLY, 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(`${JSON.stringify({ version: 1, server, agent, privateKey: agentKeyPem(key) })}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

/**
 * The identity of the agent in this folder, or null when it was never paired.
 * @throws IdentityError when it can't be used, or others than its user can read it
 */
export async function readIdentity(folder: string): Promise<StoredIdentity | null> {
  const file = join(folder, IDENTITY_FILE);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new IdentityError(`${file} can't be read (${error.code}); run the agent as the user who paired it.`);
  });
  if (text === null) return null;
  // Windows keeps its access rights elsewhere; the installation guide tells how to set them.
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) {
    throw new IdentityError(
      `${file} can be read by others than its user; pair the agent anew, and revoke the old one.`,
    );
  }
  try {
    const stored = contents.parse(JSON.parse(text));
    return { server: stored.server, identity: identityByKey(stored.agent, readAgentKey(stored.privateKey)) };
  } catch {
    throw new IdentityError(`${file} is damaged; pair the agent anew.`);
  }
}
