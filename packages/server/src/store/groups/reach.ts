import { shapeOfIndex, tableOf } from '../index-order.ts';
import type { TableName } from '../row-types.ts';
import type { KeyValue } from '../store.ts';

/**
 * What a group may see and change. Every group shares the installation at least, which lets it read what belongs to no property.
 * One that has it for itself runs alone, and may do everything.
 */
export interface Locks {
  readonly installation: 'shared' | 'exclusive';
  /** Ids of the properties that no other group works on meanwhile. */
  readonly properties: ReadonlySet<string>;
}

/** Thrown out of a transaction that leaves what its group has locked. It runs again in a later group that locks more. */
export class OutOfReach extends Error {
  constructor() {
    super('the group has not locked this');
    this.name = 'OutOfReach';
  }
}

/** Sees what transactions ask for, and throws where the locks of the group don't cover it. */
export interface Reach {
  row(table: TableName, key: readonly KeyValue[]): void;
  rows(table: TableName, index: string, prefix: readonly KeyValue[]): void;
  write(table: TableName, key: readonly KeyValue[]): void;
  /** Whether the group sees the rows of this property. */
  sees(propertyId: KeyValue | undefined): boolean;
  /** What else has to be locked for the transaction that ran last, or null where nothing is missing. */
  take(): Locks | null;
}

/** Whether the rows of a table belong to a property each, which its key begins with. */
export function isOfProperties(table: TableName): boolean {
  return tableOf(table).key[0] === 'propertyId';
}

/** Whether each find by this index names one property. */
export function isWithinOne(table: TableName, index: string, prefix: readonly unknown[]): boolean {
  return prefix.length > 0 && shapeOfIndex(table, index).own[0] === 'propertyId';
}

export function createReach({ installation, properties }: Locks): Reach {
  let all = false;
  let more = new Set<string>();
  const property = (id: KeyValue | undefined) => {
    if (typeof id === 'string' && properties.has(id)) return;
    if (typeof id === 'string') more.add(id);
    else all = true;
    throw new OutOfReach();
  };
  const everything = () => {
    all = true;
    throw new OutOfReach();
  };
  const isAlone = installation === 'exclusive';
  return {
    row(table, key) {
      if (!isAlone && isOfProperties(table)) property(key[0]);
    },
    rows(table, index, prefix) {
      if (isAlone || !isOfProperties(table)) return;
      if (isWithinOne(table, index, prefix)) property(prefix[0]);
      else everything();
    },
    write(table, key) {
      if (isAlone) return;
      if (isOfProperties(table)) property(key[0]);
      else everything();
    },
    sees: (propertyId) => isAlone || (typeof propertyId === 'string' && properties.has(propertyId)),
    take() {
      if (!all && more.size === 0) return null;
      const needed: Locks = { installation: all ? 'exclusive' : 'shared', properties: more };
      all = false;
      more = new Set();
      return needed;
    },
  };
}

/** As a database is told it: the ids of the properties whose rows may be seen, or all. */
export function scopeOf({ installation, properties }: Locks): readonly string[] | 'all' {
  return installation === 'exclusive' ? 'all' : [...properties];
}

export function joinLocks(one: Locks, other: Locks): Locks {
  const installation = one.installation === 'exclusive' ? 'exclusive' : other.installation;
  return { installation, properties: new Set([...one.properties, ...other.properties]) };
}

export const NO_LOCKS: Locks = { installation: 'shared', properties: new Set() };

export const EVERYTHING: Locks = { installation: 'exclusive', properties: new Set() };
