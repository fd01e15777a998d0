import { type CopySet, nextStep } from '../domain/copy-set.ts';
import type { ReadTx } from '../store/store.ts';
import { currentEpoch } from './current-epoch.ts';
import { detailOf, type OperationDetail } from './operation-detail.ts';

/** A set of copies with its operations, in their order. */
export interface CopySetDetail {
  readonly set: CopySet;
  readonly operations: readonly OperationDetail[];
}

export function copySetDetail(
  tx: ReadTx,
  { propertyId, id, now }: { readonly propertyId: string; readonly id: string; readonly now: number },
): CopySetDetail | null {
  const set = tx.get('copySets', propertyId, id);
  if (set === undefined) return null;
  const operations = set.operations.flatMap((each) => tx.get('operations', propertyId, each) ?? []);
  return { set, operations: operations.map((each) => detailOf(tx, each, now)) };
}

/** A set that is running, and whether it can go on or must end: its newest operation has ended. */
export interface RunningCopySet extends Pick<CopySet, 'propertyId' | 'id' | 'operations'> {
  readonly isDue: boolean;
}

/** Sets of one page: few enough that the thread which asks may read them itself. */
const SETS_OF_A_PAGE = 50;

/** A part of the sets that are running, of any property. `next` is null behind the last one. */
export function runningCopySetsPage(
  tx: ReadTx,
  { after, now }: { readonly after: Pick<CopySet, 'propertyId' | 'id'> | null; readonly now: number },
): { readonly sets: readonly RunningCopySet[]; readonly next: Pick<CopySet, 'propertyId' | 'id'> | null } {
  const begin = after === null ? {} : { after };
  const sets = tx.find('copySets', 'running', [], { ...begin, limit: SETS_OF_A_PAGE });
  const last = sets.length < SETS_OF_A_PAGE ? undefined : sets.at(-1);
  const epoch = currentEpoch(tx);
  return {
    sets: sets.map((set) => {
      const { propertyId, id, operations } = set;
      const newest = operations.at(-1);
      const operation = newest === undefined ? undefined : tx.get('operations', propertyId, newest);
      return { propertyId, id, operations, isDue: nextStep(set, operation, { now, epoch }).do !== 'wait' };
    }),
    next: last === undefined ? null : { propertyId: last.propertyId, id: last.id },
  };
}
