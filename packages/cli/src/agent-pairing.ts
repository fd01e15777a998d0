import { hostname } from 'node:os';
import {
  holdFolder,
  keepIdentity,
  newAgentKey,
  pair,
  prepareIdentityFolder,
  systemClock,
  type Transport,
} from '@keyrack/agent';
import { makeFolder } from '@keyrack/server/store/make-folder.ts';
import { usageError } from './exit.ts';

/**
 * Trades the one-time code for an identity of this computer's own, kept in the data folder. What could keep the folder
 * from taking it is looked at first: the code is good for one pairing.
 */
export async function pairFolder(
  folder: string,
  server: string,
  code: string,
  transport: Transport,
): Promise<{ readonly agent: string; readonly property: string }> {
  const offer = { code: parseCode(code), key: newAgentKey(), name: hostname().slice(0, 64) };
  makeFolder(folder);
  await prepareIdentityFolder(folder);
  const hold = await holdFolder(folder);
  try {
    const paired = await pair(server, offer, { transport, clock: systemClock });
    await keepIdentity(folder, server, paired.agent, offer.key);
    return paired;
  } finally {
    await hold.release();
  }
}

function parseCode(text: string): string {
  const code = text.toUpperCase().replace(/[\s-]/g, '');
  if (/^[0-9A-Z]{8}$/.test(code)) return code;
  throw usageError('A pairing code is 8 letters and digits; ask an administrator for one (`keyrack agents pair`).');
}
