import type { ReadTx } from '../store/store.ts';

/** The fact that marks a demonstration's database, which holds published credentials. */
export const DEMO_FACT = 'demo';

/** `empty`: no property yet. */
export type DatabaseUse = 'empty' | 'demo' | 'in-use';

export function databaseUse(tx: ReadTx, _input: Record<string, never>): DatabaseUse {
  if (tx.get('facts', DEMO_FACT) !== undefined) return 'demo';
  return tx.find('properties', 'key', [], { limit: 1 }).length === 0 ? 'empty' : 'in-use';
}
