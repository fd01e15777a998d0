import { callerFor, reaches } from '../../domain/caller.ts';
import { permissionFor, type Right } from '../../domain/rights.ts';
import { currentCaller } from '../../queries/current-caller.ts';
import type { TransactionSet, Tx } from '../../store/store.ts';
import { keepFirst, type Once, type RanOnce, runAnyway } from './run-once.ts';

export interface RunForCaller {
  /** Id of the credential that the request came with. */
  readonly credential: string;
  /** What its endpoint needs. */
  readonly right: Right;
  /** Of the path; null where it names none. */
  readonly propertyId: string | null;
  /** Unix milliseconds of this run, and not of the request. */
  readonly at: number;
  /** Null where the request has no `Idempotency-Key`. */
  readonly once: Once | null;
  /** The transaction and its input. */
  readonly name: string;
  readonly input: unknown;
}

export type RanForCaller =
  | RanOnce
  /** The credential was revoked or has expired since the request came. */
  | { readonly verdict: 'credential-ended' }
  /** It may no longer do this. */
  | { readonly verdict: 'not-allowed' };

/**
 * A transaction that runs one of the others for a caller of /v1. A request may wait long between its check and its change, for the
 * hash of a password or behind others. So who asks is looked at again where nothing can come between.
 */
export function runForCallerOf(transactions: TransactionSet): (tx: Tx, input: RunForCaller) => RanForCaller {
  return (tx, { credential, right, propertyId, at, once, name, input }) => {
    const whole = currentCaller(tx, { credential, now: at });
    if (whole === null) return { verdict: 'credential-ended' };
    const caller = callerFor(whole, right, propertyId);
    const isAllowed =
      permissionFor(right, caller.rights) === 'may' && (propertyId === null || reaches(caller, propertyId));
    if (!isAllowed) return { verdict: 'not-allowed' };
    const transaction = transactions[name];
    if (transaction === undefined) throw new TypeError(`there is no transaction ${name}`);
    const run = (tx: Tx) => transaction(tx, input) ?? null;
    return once === null ? runAnyway(tx, run) : keepFirst(tx, credential, once, run);
  };
}
