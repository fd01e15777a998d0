import type { Mac, Serial } from '@keyrack/protocol';
import type { Operation } from '../domain/operation.ts';
import type { Hint, HintedRow, HintedValue } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';

/** Accepted and granted operations of an encoder, in order of acceptance: what is under way and what waits. */
export function unfinishedAtEncoder(tx: ReadTx, propertyId: string, encoder: Mac): Operation[] {
  return tx.find('operations', 'openByEncoder', [propertyId, encoder]);
}

/** Whether there is an operation of this property of which nobody can tell yet how it ended. */
export function hasUnknown(tx: ReadTx, { propertyId }: { readonly propertyId: string }): boolean {
  return tx.find('operations', 'unknown', [propertyId], { limit: 1 }).length > 0;
}

/** The cards whose content would settle an operation of this property. */
export function settleList(tx: ReadTx, { propertyId }: { readonly propertyId: string }): Serial[] {
  const serials = tx
    .find('operations', 'unknown', [propertyId], { reverse: true, limit: 1_000 })
    .flatMap((operation) => (operation.serial === null ? [] : [operation.serial]));
  return [...new Set(serials)];
}

hasUnknown.hints = (hint: Hint, { propertyId }: { readonly propertyId: string }) => {
  hint.find('operations', 'unknown', [propertyId], { limit: 1 });
};

/** Stands for the oldest of them. */
export function hintUnfinished(hint: Hint, propertyId: string, encoder: HintedValue): HintedRow<'operations'> {
  return hint.find('operations', 'openByEncoder', [propertyId, encoder]);
}
