import type { Account } from '../domain/people.ts';
import type { Property } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';

export function findAccount(tx: ReadTx, { sid }: { readonly sid: string }): Account | null {
  return tx.get('accounts', sid) ?? null;
}

export function findPropertyByNumber(tx: ReadTx, { number }: { readonly number: string }): Property | null {
  return tx.find('properties', 'byNumber', [number], { limit: 1 })[0] ?? null;
}

/** The property with this number, if the account may act for it. */
export function findProperty(
  tx: ReadTx,
  input: { readonly accountSid: string; readonly number: string },
): Property | null {
  const property = findPropertyByNumber(tx, input);
  if (property === null) return null;
  return tx.get('accountProperties', property.id, input.accountSid) === undefined ? null : property;
}
