import type { Rows, TableName } from './row-types.ts';
import type { Table } from './table-shape.ts';
import { cardTables } from './tables/card-tables.ts';
import { credentialTables } from './tables/credential-tables.ts';
import { deskTables } from './tables/desk-tables.ts';
import { propertyTables } from './tables/property-tables.ts';
import { webhookTables } from './tables/webhook-tables.ts';

/**
 * The tables, for every engine. A tenant's table leads its key and every index with `propertyId`, so that it can be
 * sharded by property. `operations.acceptedDue` crosses properties, for the sweep of deadlines; `agents.byId` and
 * `pairingCodes` do, since an agent that connects names no property; `agentAbsences.untold` does, for the look at all desks; `accountProperties.byAccount` tells where an account may act;
 * so do credentials of /v1 and what their repeats are answered by.
 */
export const schema = {
  ...credentialTables,
  ...propertyTables,
  ...deskTables,
  ...cardTables,
  ...webhookTables,
} as const satisfies {
  [T in TableName]: Table<Rows[T]>;
};

export type Schema = typeof schema;
export type IndexName<T extends TableName> = keyof Schema[T]['indexes'] | 'key';

/** What the schema says of an index's bound; never where it has none. */
type BoundOf<T extends TableName, I> = I extends 'key'
  ? Schema[T] extends { readonly keyBounded: infer B }
    ? B
    : never
  : I extends keyof Schema[T]['indexes']
    ? Schema[T]['indexes'][I] extends { readonly bounded: infer B }
      ? B
      : never
    : never;
/** The indexes of a table that are bounded. */
export type BoundedIndex<T extends TableName> = {
  [I in IndexName<T>]: [BoundOf<T, I>] extends [never] ? never : I;
}[IndexName<T>];
/** Values for the columns by which an index is bounded, at least. */
export type BoundedPrefix<T extends TableName, I> =
  BoundOf<T, I> extends {
    readonly per: infer Per extends readonly string[];
  }
    ? readonly [...{ [K in keyof Per]: string | number | boolean | null }, ...(string | number | boolean | null)[]]
    : never;
