import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SealedSecret, SealedSecrets } from './queries/sealed-secrets.ts';
import type { ServerLog } from './runtime/log.ts';
import { judgeMasterKey, sealKnown } from './runtime/master-key-fit.ts';
import type { ServerStore } from './runtime/runner.ts';
import { createSealer, type Sealer } from './runtime/sealed-secret.ts';
import { openNewFile, replaceFile, syncFolder } from './store/index.ts';

/** The master key can't be used. The message names where it is and says what to do. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

/** Where a server's master key is: in its environment, which goes first, or in a file of its data folder. */
export interface MasterKeyPlace {
  /** KEYRACK_MASTER_KEY; null where it isn't set. */
  readonly environment: Uint8Array | null;
  readonly folder: string;
}

const VERSION = 1;

/** What to do about a secret that the right key doesn't open. */
const UNOPENED = {
  accountToken:
    'this account was sealed with another master key; import it again with its authToken (keyrack import account)',
  propertyCardKey:
    'this card key was sealed with another master key; put a new one in its place (keyrack card-keys rotate)',
  webhookSecret:
    'the secret of this webhook was sealed with another master key; give it a new one (POST …/webhooks/ID/secrets)',
  authenticatorSecret:
    'the authenticator of this person was sealed with another master key; remove their factors, and let them make new ones (DELETE /v1/persons/ID/factors)',
} as const satisfies Readonly<Record<SealedSecret['kind'], string>>;

/**
 * What opens and seals the secrets of this database, once it is certain that the key is the one that sealed them. A wrong
 * one would answer 500 to everybody, and seal new secrets so that in the end no key opens everything.
 *
 * A key is made for a database that holds nothing sealed, and for no other.
 */
export async function openSealer(
  store: Pick<ServerStore, 'run' | 'read'>,
  place: MasterKeyPlace,
  log: ServerLog,
): Promise<Sealer> {
  const secrets = await store.read('sealedSecrets', {});
  const found = await findMasterKey(place, secrets);
  if ('why' in found) throw new MasterKeyError(found.why);
  const key = found.key ?? (await makeMasterKey(place.folder));
  if (found.otherFile) {
    log.warn(
      { file: fileIn(place.folder) },
      'master.key is another key than KEYRACK_MASTER_KEY, which this database was sealed with; move the file away',
    );
  }
  const fit = judgeMasterKey({ version: VERSION, key }, secrets);
  for (const { kind, of } of fit.fits ? fit.unopened : []) {
    log.error({ kind, of }, UNOPENED[kind]);
  }
  const sealer = createSealer([{ version: VERSION, key }]);
  if (secrets.known === null || secrets.secrets.length === 0)
    await store.run('keepSealedKnown', { sealed: sealKnown(sealer) });
  return sealer;
}

/** Which key there is for these secrets: null where any will do and none is there yet. Or why the one there is won't do. */
export async function findMasterKey(
  { environment, folder }: MasterKeyPlace,
  secrets: SealedSecrets,
): Promise<{ readonly key: Uint8Array | null; readonly otherFile: boolean } | { readonly why: string }> {
  const fits = (key: Uint8Array) => judgeMasterKey({ version: VERSION, key }, secrets).fits;
  if (environment !== null) {
    const file = await readMasterKey(folder).catch(() => null);
    if (fits(environment))
      return { key: environment, otherFile: file !== null && !Buffer.from(file).equals(environment) };
    const inFile = file !== null && fits(file);
    return {
      why: `KEYRACK_MASTER_KEY isn't the key that the database in ${folder} was sealed with. ${
        inFile ? `The one in ${fileIn(folder)} is: unset KEYRACK_MASTER_KEY.` : WHERE_IT_IS(folder)
      }`,
    };
  }
  const key = await readMasterKey(folder);
  if (key === null) {
    return secrets.secrets.length > 0
      ? {
          why: `The database in ${folder} was sealed with a master key that isn't there: ${fileIn(folder)} is missing, and KEYRACK_MASTER_KEY isn't set. ${WHERE_IT_IS(folder)}`,
        }
      : { key: null, otherFile: false };
  }
  if (fits(key)) return { key, otherFile: false };
  return {
    why: `The key in ${fileIn(folder)} isn't the one that the database beside it was sealed with. ${WHERE_IT_IS(folder)}`,
  };
}

const WHERE_IT_IS = (folder: string) =>
  `Give the server the key that sealed it: the master.key that was backed up with the database or lies in the server's old data folder, put into ${folder}; or the KEYRACK_MASTER_KEY that was set there.`;

function fileIn(folder: string): string {
  return join(folder, 'master.key');
}

/** The key in the data folder, which its owner alone can read; null where there is none. */
async function readMasterKey(folder: string): Promise<Uint8Array | null> {
  const file = fileIn(folder);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new MasterKeyError(
      `The master key ${file} can't be read (${error.code}); give this user the right to read it.`,
    );
  });
  if (text === null) return null;
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32)
    throw new MasterKeyError(`The master key ${file} isn't 32 bytes in base64; restore it from your backup.`);
  return new Uint8Array(key);
}

/** Whoever keeps backups of the database elsewhere should set KEYRACK_MASTER_KEY instead. */
async function makeMasterKey(folder: string): Promise<Uint8Array> {
  const file = fileIn(folder);
  const key = randomBytes(32);
  const handle = await openNewFile(`${file}.new`);
  try {
    await handle.writeFile(`${key.toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await replaceFile(`${file}.new`, file);
  await syncFolder(folder);
  return new Uint8Array(key);
}
