import type { Session } from '../../domain/session.ts';
import { hashToken, lookupOfKind } from '../../domain/token.ts';
import { drawToken } from '../../runtime/draw-token.ts';

/** Characters of what a client calls itself that people want to read. */
const CLIENT_CHARACTERS = 120;

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
  return {
    token,
    kept: { id, lookup, secretHash: hashToken(token), from, client: client?.slice(0, CLIENT_CHARACTERS) ?? null },
  };
}
