import { SIGN_IN_LINKS } from '../domain/limits.ts';
import type { SessionOf } from '../domain/session.ts';
import { hashToken, lookupOfKind } from '../domain/token.ts';
import { drawToken } from '../runtime/draw-token.ts';
import type { RestWorld } from './rest-world.ts';

/** A one-time link that signs this member or person in, as the demonstration makes one. Answers its token. */
export async function putSignInLink(
  { server }: Pick<RestWorld, 'server'>,
  of: SessionOf,
  now = Date.now(),
): Promise<string> {
  const token = drawToken('link');
  const terms = {
    lookup: lookupOfKind('link', token) as string,
    tokenHash: hashToken(token),
    expiresAt: now + SIGN_IN_LINKS.validMs,
  };
  const offered = await server.run('offerSignInLink', { of, ...terms, now });
  if (offered.verdict !== 'offered') throw new Error(`no link was made: ${offered.verdict}`);
  return token;
}
