import type { Input } from '@keyrack/sdk';

export type Scope = Input<'createApiKey'>['scopes'][number];

/** What a key may be made for, from little to everything. What each allows: docs/rights.md, "Scopes". */
export const SCOPES = [
  'read',
  'cards',
  'rooms',
  'members',
  'audit',
  'webhooks',
  'sandbox',
  'admin',
] as const satisfies readonly Scope[];

/** What a key's scopes come to: `admin` holds all others. */
export function withoutHeld(scopes: readonly Scope[]): readonly Scope[] {
  return scopes.includes('admin') ? ['admin'] : SCOPES.filter((scope) => scopes.includes(scope));
}

/** How long keys last, by the names of the choice. Milliseconds; null for no end. */
const DAY_MS = 24 * 60 * 60_000;
export const LASTS = { month: 30 * DAY_MS, quarter: 90 * DAY_MS, year: 365 * DAY_MS, ever: null } as const;
export type Lasts = keyof typeof LASTS;

/** Whether a key works now. */
export function keyState(
  key: { readonly revokedAt: string | null; readonly expiresAt: string | null },
  now: number,
): 'works' | 'expired' | 'revoked' {
  if (key.revokedAt !== null) return 'revoked';
  return key.expiresAt !== null && Date.parse(key.expiresAt) <= now ? 'expired' : 'works';
}
