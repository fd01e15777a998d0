import { isInForce } from '../domain/api-key.ts';
import { type Caller, callerOfKey, type Doer } from '../domain/caller.ts';
import type { Right } from '../domain/rights.ts';
import type { ReadTx } from '../store/store.ts';

/** Whom a credential stands for at this instant; null where it has ended. Each kind of credential is looked up here. */
export function currentCaller(
  tx: ReadTx,
  { credential, now }: { readonly credential: string; readonly now: number },
): Caller | null {
  const key = tx.get('apiKeys', credential);
  return key !== undefined && isInForce(key, now) ? callerOfKey(key) : null;
}

/** What whoever does something may do at this instant; nothing where their credential has ended. */
export function rightsOf(tx: ReadTx, { by }: Doer, now: number): ReadonlySet<Right> {
  return currentCaller(tx, { credential: by, now })?.rights ?? new Set();
}
