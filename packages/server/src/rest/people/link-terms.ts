import { z } from 'zod';
import { PASSWORD_LINKS } from '../../domain/limits.ts';
import type { LinkTerms } from '../../domain/one-time-link.ts';
import { hashToken, lookupOfKind } from '../../domain/token.ts';
import { drawToken } from '../../runtime/draw-token.ts';
import { givenTime } from '../fields.ts';
import { ProblemError } from '../problems.ts';

/** The body of a request for a one-time link. */
export const linkBody = z
  .strictObject({
    expiresAt: givenTime.optional().meta({ description: 'Within 30 days; in three days unless told.' }),
  })
  .optional();

/** A token for a new link, and what is kept of it. */
export function drawLink(
  body: { readonly expiresAt?: number | undefined } | undefined,
  now: number,
): { readonly token: string; readonly terms: LinkTerms } {
  const expiresAt = body?.expiresAt ?? now + PASSWORD_LINKS.usualMs;
  if (expiresAt <= now || expiresAt > now + PASSWORD_LINKS.mostMs) {
    const detail = 'lies within the next 30 days; send such a time, or leave it out';
    throw new ProblemError('invalid-request', { errors: [{ in: 'body', path: 'expiresAt', detail }] });
  }
  const token = drawToken('link');
  return { token, terms: { lookup: lookupOfKind('link', token) as string, tokenHash: hashToken(token), expiresAt } };
}
