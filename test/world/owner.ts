import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKeyrack, type Keyrack } from '@keyrack/sdk';
import { OWNER_KEY_FILE, SERVER_FILE } from '@keyrack/server/main-server-file.ts';
import type { TestProperty } from './test-property.ts';

/** What the owner does at the server that runs on this data folder, by its key. */
export function ownerOf(folder: string): Keyrack {
  const { url } = JSON.parse(readFileSync(join(folder, SERVER_FILE), 'utf8')) as { url: string };
  return createKeyrack({ url, key: readFileSync(join(folder, OWNER_KEY_FILE), 'utf8').trim() });
}

/** A code with which a computer becomes a front desk of the property, or the one that it replaces. */
export async function newPairingCode(
  { folders, hotel }: Pick<TestProperty, 'folders' | 'hotel'>,
  replaces: string | null = null,
): Promise<string> {
  const { number: property } = hotel.property;
  const { code } = await ownerOf(folders.server).agents.createPairingCode({ property, replaces });
  if (code === null) throw new Error('the code was shown before');
  return code;
}
