import type { SealedCardKey } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';
import { walk } from '../store/walk-pages.ts';
import { type LockKey, lockKeyOf } from './rooms-page.ts';

/** A version of a property's card key, without the key. */
export interface CardKeyVersion {
  readonly version: number;
  readonly state: Exclude<LockKey, 'unknown'>;
  /** Rooms whose locks were programmed with it last, as far as anybody told. */
  readonly locks: number;
}

/** The versions of a property's card key, the newest first. Each room is looked at, for the count of locks. */
export function cardKeyVersions(tx: ReadTx, { propertyId }: { readonly propertyId: string }): CardKeyVersion[] {
  const property = tx.get('properties', propertyId);
  if (property === undefined) return [];
  const counts = new Map<number, number>();
  for (const { id } of walk(tx, 'rooms', 'byJoinedNo', [propertyId])) {
    const programmed = tx.get('programmedLocks', propertyId, id);
    if (programmed !== undefined) counts.set(programmed.keyVersion, (counts.get(programmed.keyVersion) ?? 0) + 1);
  }
  return property.cardKeys
    .map(({ version }) => version)
    .sort((one, other) => other - one)
    .map((version) => ({
      version,
      state: lockKeyOf(property, { propertyId, roomId: '', keyVersion: version, at: 0 }) as CardKeyVersion['state'],
      locks: counts.get(version) ?? 0,
    }));
}

/** These versions of a property's card key, sealed, in this order. */
export function sealedCardKeys(
  tx: ReadTx,
  { propertyId, versions }: { readonly propertyId: string; readonly versions: readonly number[] },
): SealedCardKey[] {
  const { cardKeys = [] } = tx.get('properties', propertyId) ?? {};
  return versions.flatMap((version) => cardKeys.find((key) => key.version === version) ?? []);
}
