import { isGood, lookupOf } from '../domain/api-key.ts';
import { type Caller, callerOfKey, callerOfMember, callerOfPerson } from '../domain/caller.ts';
import { isAlive } from '../domain/session.ts';
import { lookupOfKind } from '../domain/token.ts';
import type { Read } from '../runtime/runner.ts';
import type { ShownToken } from './session-cookie.ts';

/** Whose request it is, or null: a missing, wrong, expired or revoked credential are told apart by nobody. */
export async function authenticate(read: Read, shown: ShownToken | null, now: number): Promise<Caller | null> {
  if (shown === null) return null;
  const { token } = shown;
  const ofSession = lookupOfKind('session', token);
  if (ofSession !== null) return authenticateSession(read, ofSession, token, now);
  // A page is somebody's, and a key nobody's.
  if (shown.by === 'cookie') return null;
  const lookup = lookupOf(token);
  if (lookup === null) return null;
  const key = await read('findApiKey', { lookup });
  return key !== null && isGood(key, token, now) ? callerOfKey(key) : null;
}

/** Whoever it is for is as they are now: a role that changed holds from the next request on. */
async function authenticateSession(read: Read, lookup: string, token: string, now: number): Promise<Caller | null> {
  const known = await read('findSession', { lookup });
  if (known === null || !isAlive(known.session, token, now)) return null;
  const { id } = known.session;
  return known.kind === 'member'
    ? callerOfMember(id, known.member)
    : callerOfPerson(id, known.person, known.memberships);
}
