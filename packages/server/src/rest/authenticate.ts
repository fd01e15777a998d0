import type { IncomingHttpHeaders } from 'node:http';
import { isGood, lookupOf } from '../domain/api-key.ts';
import { type Caller, callerOfKey } from '../domain/caller.ts';
import type { Read } from '../runtime/runner.ts';

/** Whose request it is, or null: a missing, wrong, expired or revoked credential are told apart by nobody. */
export async function authenticate(
  read: Read,
  headers: Pick<IncomingHttpHeaders, 'authorization'>,
  now: number,
): Promise<Caller | null> {
  const token = /^Bearer ([^\s]+)$/i.exec(headers.authorization ?? '')?.[1];
  const lookup = token === undefined ? null : lookupOf(token);
  if (token === undefined || lookup === null) return null;
  const key = await read('findApiKey', { lookup });
  return key !== null && isGood(key, token, now) ? callerOfKey(key) : null;
}
