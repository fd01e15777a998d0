import type { Doer } from '../../domain/caller.ts';
import { isKnown, type KnownTags } from '../../domain/entity-tag.ts';
import { factsOf, newProperty, type PropertyFacts } from '../../domain/places.ts';
import { findPropertyByNumber } from '../../queries/accounts.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';

interface Change {
  readonly doer: Doer;
  readonly now: number;
}

export type CreatedProperty =
  | { readonly verdict: 'created'; readonly property: PropertyFacts }
  | { readonly verdict: 'number-taken' };

/** Adds a property with its first card key. */
export function createProperty(
  tx: Tx,
  { doer, now, ...given }: Change & Parameters<typeof newProperty>[0],
): CreatedProperty {
  if (findPropertyByNumber(tx, given) !== null) return { verdict: 'number-taken' };
  const property = newProperty(given);
  tx.put('properties', property);
  const { id, ...details } = factsOf(property);
  auditOf(tx, doer, { propertyId: id, at: now, action: 'property-created', details });
  return { verdict: 'created', property: factsOf(property) };
}

export interface ChangeProperty extends Change {
  readonly propertyId: string;
  readonly changes: { readonly [K in keyof Omit<PropertyFacts, 'id'>]?: PropertyFacts[K] | undefined };
  readonly knownTags: KnownTags;
}

export type ChangedProperty =
  | { readonly verdict: 'changed'; readonly property: PropertyFacts }
  | { readonly verdict: 'not-found' | 'changed-meanwhile' | 'number-taken' };

/** Changes what is given of a property, if it is still as the caller knows it. */
export function changeProperty(tx: Tx, { propertyId, changes, knownTags, doer, now }: ChangeProperty): ChangedProperty {
  const property = tx.get('properties', propertyId);
  if (property === undefined) return { verdict: 'not-found' };
  if (!isKnown(knownTags, factsOf(property))) return { verdict: 'changed-meanwhile' };
  const { number = property.number } = changes;
  if (number !== property.number && findPropertyByNumber(tx, { number }) !== null) return { verdict: 'number-taken' };
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const changed = { ...property, ...given };
  tx.put('properties', changed);
  auditOf(tx, doer, { propertyId, at: now, action: 'property-changed', details: given });
  return { verdict: 'changed', property: factsOf(changed) };
}
