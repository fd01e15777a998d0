import { constants } from 'node:fs';
import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AgentId, agentId } from '@keyrack/protocol';
import { z } from 'zod';
import type { AgentIdentity } from '../desk/index.ts';
import { openFile, replaceFile, syncFolder } from '../durable-files.ts';
import { isOfNewer, newerFileText } from '../newer-file.ts';
import { type AgentKey, agentKeyPem, identityByKey, readAgentKey } from './agent-key.ts';
import { isOpenToOthers, isWritableByOthers } from './private-file.ts';

/** Name of the file in the agent's folder that says who it is. Whoever has it can act as this agent until revoked. */
export const IDENTITY_FILE = 'agent-identity.json';

const VERSION = 1;
const contents = z.strictObject({
  version: z.literal(VERSION),
  server: z.string().min(1),
  agent: agentId,
  privateKey: z.string().min(1),
});

/** The identity can't be used; the message names the file and says what to do. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';
}

/** What it holds is no identity any more: nothing is lost by pairing into this folder. */
export class DamagedIdentity extends IdentityError {}

export interface StoredIdentity {
  readonly server: string;
  readonly identity: AgentIdentity;
}

/**
 * Makes the folder that is to hold an identity, or makes sure that it can: before a pairing, whose code is spent after.
 * @throws IdentityError when others can look into it, or this user can't write there
 */
export async function prepareIdentityFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (isOpenToOthers(folder)) {
    throw new IdentityError(`${folder} is open to others than its user; run \`chmod 700 ${folder}\` and pair again.`);
  }
  await access(folder, constants.W_OK | constants.X_OK).catch(() => {
    throw new IdentityError(`This user may not write to ${folder}; pair as the user who runs the agent.`);
  });
}

/** Keeps the identity where its user alone can read it, durably, in the place of an earlier one. */
export async function keepIdentity(folder: string, server: string, agent: AgentId, key: AgentKey): Promise<void> {
  const file = join(folder, IDENTITY_FILE);
  const flags = constants.O_CREAT | constants.O_TRUNC | constants.O_WRONLY;
  const handle = await openFile(`${file}.new`, flags, { mode: 0o600 });
  try {
    await handle.chmod(0o600);
    await handle.writeFile(`${JSON.stringify({ version: VERSION, server, agent, privateKey: agentKeyPem(key) })}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await replaceFile(`${file}.new`, file);
  await syncFolder(folder);
}

/**
 * The identity of the agent in this folder, or null when it was never paired.
 * @throws IdentityError when it can't be used, or others than its user can read or replace it
 */
export async function readIdentity(folder: string): Promise<StoredIdentity | null> {
  const file = join(folder, IDENTITY_FILE);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new IdentityError(`${file} can't be read (${error.code}); run the agent as the user who paired it.`);
  });
  if (text === null) return null;
  if (isOpenToOthers(file)) {
    throw new IdentityError(
      `${file} can be read by others than its user. If nobody has, run \`chmod 600 ${file}\`; else revoke this agent (Front desks in the console, or \`keyrack agents revoke\` on the server) and pair this computer into another folder (\`--data\`).`,
    );
  }
  if (isWritableByOthers(folder)) {
    throw new IdentityError(`Others than its user can replace files in ${folder}; run \`chmod 700 ${folder}\`.`);
  }
  const json = parse(text);
  if (isOfNewer(json, VERSION)) throw new IdentityError(newerFileText(file));
  try {
    const stored = contents.parse(json);
    return { server: stored.server, identity: identityByKey(stored.agent, readAgentKey(stored.privateKey)) };
  } catch {
    throw new DamagedIdentity(
      `${file} is damaged; pair the agent anew, with a code from Front desks in the console, or from \`keyrack agents pair --replaces ID\` on the server.`,
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
