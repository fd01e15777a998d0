import { isInForce } from '../domain/api-key.ts';
import {
  type Caller,
  callerFor,
  callerOfKey,
  callerOfMember,
  callerOfPerson,
  type Doer,
  reaches,
} from '../domain/caller.ts';
import type { LinkMaker } from '../domain/one-time-link.ts';
import type { Right } from '../domain/rights.ts';
import { isInTime } from '../domain/session.ts';
import type { ReadTx } from '../store/store.ts';
import { knownHolder, knownSession } from './find-session.ts';

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

/** The fact with the id of the owner's key. */
export const OWNER_KEY_FACT = 'owner-key';

/** The owner's key, which lies on the server; null before the first start has made it. */
export function ownerKeyId(tx: ReadTx): string | null {
  return tx.get('facts', OWNER_KEY_FACT)?.value ?? null;
}

/** Who made something with this credential, for what holds only while they could make it still; null where it has ended. */
export function makerBy(tx: ReadTx, credential: string): LinkMaker | null {
  if (tx.get('apiKeys', credential) !== undefined) return { kind: 'key', id: credential };
  return tx.get('sessions', credential)?.of ?? null;
}

/** What they may do now, with whatever credential; `propertyId` null: with what is no property's. */
export function rightsOfMaker(
  tx: ReadTx,
  maker: LinkMaker,
  right: Right,
  propertyId: string | null,
  now: number,
): ReadonlySet<Right> {
  const caller = callerOfMaker(tx, maker, now);
  if (caller === null || (propertyId !== null && !reaches(caller, propertyId))) return new Set();
  return callerFor(caller, right, propertyId).rights;
}

function callerOfMaker(tx: ReadTx, maker: LinkMaker, now: number): Caller | null {
  if (maker.kind === 'key') {
    const key = tx.get('apiKeys', maker.id);
    return key !== undefined && isInForce(key, now) ? callerOfKey(key) : null;
  }
  const known = knownHolder(tx, maker);
  if (known === null) return null;
  return known.kind === 'member'
    ? callerOfMember('', known.member)
    : callerOfPerson('', known.person, known.memberships);
}
