import type { Property } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';
import { findPropertyByNumber } from './accounts.ts';

/** The property with this id or number. Numbers have no dashes and ids do, so that none is both. */
export function findPropertyByRef(tx: ReadTx, { ref }: { readonly ref: string }): Property | null {
  return tx.get('properties', ref) ?? findPropertyByNumber(tx, { number: ref });
}

/** Where a page of properties begins: behind this one. */
export type PropertyPosition = Pick<Property, 'number' | 'id'>;

export interface PropertiesPage {
  /** The ids of those that are wanted; null for all. A credential names no more than MOST_NAMED. */
  readonly among: readonly string[] | null;
  readonly after: PropertyPosition | null;
  readonly limit: number;
}

/** Properties by their number. */
export function propertiesPage(tx: ReadTx, { among, after, limit }: PropertiesPage): Property[] {
  if (among === null) return tx.find('properties', 'byNumber', [], { ...(after && { after }), limit });
  return among
    .flatMap((id) => tx.get('properties', id) ?? [])
    .filter(({ number }) => after === null || number > after.number)
    .sort((one, other) => (one.number < other.number ? -1 : 1))
    .slice(0, limit);
}
