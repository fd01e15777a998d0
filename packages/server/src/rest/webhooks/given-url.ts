import { isIP } from 'node:net';
import { z } from 'zod';
import type { WebhookNetworks } from '../../runtime/webhooks/networks.ts';
import { ProblemError } from '../problems.ts';

export const givenUrl = z
  .string()
  .min(1)
  .max(2_000)
  .meta({ description: 'An `https` address; others only where the operator lists its network.' });

/** The address as it is kept. Throws what is wrong with it; the address that a name leads to is judged at each delivery. */
export function checkUrl(text: string, networks: WebhookNetworks): string {
  const wrong = (detail: string) =>
    new ProblemError('invalid-request', { errors: [{ in: 'body', path: 'url', detail }] });
  const url = URL.parse(text);
  if (url === null || !['https:', 'http:'].includes(url.protocol)) throw wrong('is no https address');
  const isSecure = url.protocol === 'https:';
  if (!isSecure && !networks.hasListed)
    throw wrong('is without TLS; use https, or have the operator list its network in KEYRACK_WEBHOOK_NETWORKS');
  if (url.username !== '' || url.password !== '') throw wrong('holds a name or password, which nobody would send');
  if (url.hash !== '') throw wrong('has a fragment (#…), which nobody would send');
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !networks.allows(literal, isSecure))
    throw wrong('is an address that nothing is sent to, unless the operator lists it in KEYRACK_WEBHOOK_NETWORKS');
  return url.href;
}
