import type { SealedSecret, SealedSecrets } from '../queries/sealed-secrets.ts';
import { createSealer, type MasterKey, PURPOSE, type Sealer } from './sealed-secret.ts';

/** What is sealed for later starts to open. Anything that nobody has to keep secret. */
const KNOWN = Buffer.from('keyrack');

export function sealKnown(sealer: Sealer): string {
  return sealer.seal(KNOWN, PURPOSE.known);
}

/** Whether a key sealed what is in the database, and which secrets it doesn't open although it is the right one. */
export type MasterKeyFit =
  | { readonly fits: true; readonly unopened: readonly SealedSecret[] }
  | { readonly fits: false };

/**
 * The known value decides. In a database from before there was one, the oldest card key does: a start with a wrong key
 * could seal later secrets with that one, and doors go by card keys.
 */
export function judgeMasterKey(key: MasterKey, { known, secrets }: SealedSecrets): MasterKeyFit {
  const [oldest] = secrets;
  if (oldest === undefined) return { fits: true, unopened: [] };
  const sealer = createSealer([key]);
  const unopened = secrets.filter(({ kind, sealed }) => !opens(sealer, sealed, PURPOSE[kind]));
  const fits = known === null ? unopened[0] !== oldest : opens(sealer, known, PURPOSE.known);
  return fits ? { fits, unopened } : { fits };
}

function opens(sealer: Sealer, sealed: string, purpose: string): boolean {
  try {
    sealer.open(sealed, purpose);
    return true;
  } catch {
    return false;
  }
}
