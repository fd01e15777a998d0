import type { Doer } from '../../domain/caller.ts';
import type { Tx } from '../../store/store.ts';
import { newestOf, stopSet } from '../accept/accept-next-copy.ts';
import type { Changes } from '../journal/changes.ts';
import { change } from './record-next-state.ts';

/** Ends a set for whoever may: no further card is made, and one that isn't granted yet is withdrawn. */
export function withdrawCopySet(
  tx: Tx,
  input: { readonly propertyId: string; readonly set: string; readonly doer: Doer; readonly now: number },
): { readonly verdict: 'not-found' | 'not-now' } | ({ readonly verdict: 'ended' } & Changes) {
  const { propertyId, doer, now } = input;
  const set = tx.get('copySets', propertyId, input.set);
  if (set === undefined) return { verdict: 'not-found' };
  if (set.state !== 'running') return { verdict: 'not-now' };
  const newest = newestOf(tx, set);
  const withdrawn =
    newest?.state === 'accepted'
      ? change(tx, newest, { type: 'withdrawn', cause: 'withdrawn', at: now }, now, doer.actor, doer)
      : null;
  stopSet(tx, set, 'withdrawn', now, doer);
  return { verdict: 'ended', changed: withdrawn === null ? [] : [withdrawn] };
}
