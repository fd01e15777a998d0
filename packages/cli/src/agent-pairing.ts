import { hostname } from 'node:os';
import {
  type AgentIdentity,
  identityByKey,
  keepIdentity,
  lockFolder,
  newAgentKey,
  PairingError,
  pair,
  prepareIdentityFolder,
  systemClock,
  type Transport,
} from '@keyrack/agent';
import type { AgentId } from '@keyrack/protocol';
import { makeFolder } from '@keyrack/server/store/make-folder.ts';
import { CommandFailure, usageError } from './exit.ts';
import { INSTALLATION } from './installation.ts';

export interface WantedPairing {
  readonly folder: string;
  readonly server: string;
  readonly code: string;
  /** The agent that this folder belongs to already; null for none. */
  readonly known: AgentId | null;
}

/**
 * Trades the one-time code for an identity of this computer's own, kept in the data folder. Looks first whether the
 * folder can take it: the code is good for one pairing.
 */
export async function pairFolder(
  { folder, server, code, known }: WantedPairing,
  transport: Transport,
): Promise<{ readonly agent: AgentId; readonly property: string; readonly identity: AgentIdentity }> {
  const offer = { code: parseCode(code), key: newAgentKey(), name: hostname().slice(0, 64), known };
  makeFolder(folder);
  await prepareIdentityFolder(folder);
  const hold = await lockFolder(folder);
  try {
    const paired = await pair(server, offer, { transport, clock: systemClock });
    await keepIdentity(folder, server, paired.agent, offer.key);
    return { ...paired, identity: identityByKey(paired.agent, offer.key) };
  } catch (error) {
    if (known === null || !(error instanceof PairingError) || error.cause !== 'paired-already') throw error;
    throw new CommandFailure(
      `${folder} is paired already, as agent ${known}; the code is still good. To pair this computer anew, take a code from \`${INSTALLATION.elsewhere} agents pair --property NUMBER --replaces ${known}\` on the server. Where that agent was revoked or the server doesn't know it, or to make it another agent besides, name another folder with --data.`,
    );
  } finally {
    await hold.release();
  }
}

function parseCode(text: string): string {
  const code = text.toUpperCase().replace(/[\s-]/g, '');
  if (/^[0-9A-Z]{8}$/.test(code)) return code;
  throw usageError('A pairing code is 8 letters and digits; ask an administrator for one (`keyrack agents pair`).');
}
