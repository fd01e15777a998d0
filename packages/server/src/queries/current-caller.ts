import { isInForce } from '../domain/api-key.ts';
import { type Caller, callerFor, callerOfKey, callerOfMember, callerOfPerson, type Doer } from '../domain/caller.ts';
import type { Right } from '../domain/rights.ts';
import { isInTime } from '../domain/session.ts';
import type { ReadTx } from '../store/store.ts';
import { knownSession } from './find-session.ts';

/** Whom a credential stands for at this instant; null where it has ended. Each kind of credential is looked up here. */
export function currentCaller(
  tx: ReadTx,
  { credential, now }: { readonly credential: string; readonly now: number },
): Caller | null {
  const key = tx.get('apiKeys', credential);
  if (key !== undefined) return isInForce(key, now) ? callerOfKey(key) : null;
  const known = knownSession(tx, tx.get('sessions', credential));
  if (known === null || known.session.state !== 'open' || !isInTime(known.session, now)) return null;
  return known.kind === 'member'
    ? callerOfMember(credential, known.member)
    : callerOfPerson(credential, known.person, known.memberships);
}

/** What whoever does something to members may do at this property and instant; nothing where their credential has ended. */
export function rightsOf(tx: ReadTx, { by }: Doer, propertyId: string, now: number): ReadonlySet<Right> {
  const caller = currentCaller(tx, { credential: by, now });
  return caller === null ? new Set() : callerFor(caller, 'members.write', propertyId).rights;
}
