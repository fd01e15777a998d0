import type { Session } from '../../domain/session.ts';
import { hashToken, lookupOfKind } from '../../domain/token.ts';
import { drawToken } from '../../runtime/draw-token.ts';
import { clientOf } from './create-session.ts';

/** A token for a new session, and what is kept of it. */
export function drawSession(
  id: string,
  from: string,
  client: string | null,
): {
  readonly token: string;
  readonly kept: Pick<Session, 'id' | 'lookup' | 'secretHash' | 'from' | 'client'>;
} {
  const token = drawToken('session');
  const lookup = lookupOfKind('session', token) as string;
  return { token, kept: { id, lookup, secretHash: hashToken(token), from, client: clientOf(client) } };
}
