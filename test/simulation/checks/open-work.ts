import type { CopySet } from '@keyrack/server/domain/copy-set.ts';
import { isTerminal, type Operation } from '@keyrack/server/domain/operation.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import { walk } from '@keyrack/server/store/walk-pages.ts';
import { PROPERTY } from '../property/hotel.ts';

/** What goes on at the property, as its database has it. */

export function openOperations(tx: ReadTx): Operation[] {
  return [...walk(tx, 'operations', 'key', [PROPERTY])].filter((each) => !isTerminal(each));
}

export function runningSets(tx: ReadTx): CopySet[] {
  return tx.find('copySets', 'running', [PROPERTY], { limit: 1_000 });
}
