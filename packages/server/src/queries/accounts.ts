import type { Account } from '../domain/people.ts';
import type { Property } from '../domain/places.ts';
import type { Hint } from '../store/hints.ts';
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

findAccount.hints = (hint: Hint, { sid }: { readonly sid: string }) => {
  hint.get('accounts', sid);
};
findPropertyByNumber.hints = (hint: Hint, { number }: { readonly number: string }) => {
  hint.find('properties', 'byNumber', [number], { limit: 1 });
};
findProperty.hints = (hint: Hint, { accountSid, number }: Parameters<typeof findProperty>[1]) => {
  const property = hint.find('properties', 'byNumber', [number], { limit: 1 });
  hint.get('accountProperties', property.of('id'), accountSid);
};
