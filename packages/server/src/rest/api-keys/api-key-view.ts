import { z } from 'zod';
import type { ApiKey } from '../../domain/api-key.ts';
import type { Caller } from '../../domain/caller.ts';
import type { ApiKeysOf } from '../../queries/api-keys-page.ts';
import { id, scope, time, timeOf, timeOrNull } from '../fields.ts';

const fields = {
  id,
  name: z.string(),
  prefix: z.string().meta({ description: 'How its token begins, to know it by.' }),
  scopes: z.array(scope),
  properties: z
    .union([z.literal('all'), z.array(id)])
    .meta({ description: 'The properties that it acts for; `all` includes later ones.' }),
  owner: z.boolean().meta({ description: 'The key in the data folder, which may do everything.' }),
  createdAt: time,
  expiresAt: time.nullable(),
  revokedAt: time.nullable(),
};

/** An API key as /v1 shows it. */
export const apiKeyView = z
  .object({
    ...fields,
    lastUsedAt: time.nullable().meta({ description: 'To a minute. Null where it never was.' }),
  })
  .meta({ id: 'ApiKey', description: 'A credential of a program that uses /v1.' });

/** The answer that shows its token, once. */
export const createdApiKeyView = z
  .object({
    ...fields,
    token: z.string().nullable().meta({
      description: 'Keep it: it is shown this once. A repeat of the request shows it for ten minutes, and then null.',
    }),
  })
  .meta({ id: 'CreatedApiKey', description: 'A new API key with its token.' });

export function viewOfApiKey(key: Omit<ApiKey, 'secretHash'>) {
  const { id, name, lookup, scopes, properties, ownerKey, createdAt, expiresAt, revokedAt } = key;
  return {
    id,
    name,
    prefix: `kr_${lookup}`,
    scopes: [...scopes],
    properties: properties === null ? ('all' as const) : [...properties],
    owner: ownerKey,
    createdAt: timeOf(createdAt),
    expiresAt: timeOrNull(expiresAt),
    revokedAt: timeOrNull(revokedAt),
  };
}

/** The keys that a caller may know of: those that act for nothing but what it reaches itself. */
export function keysFor({ kind, properties }: Caller): ApiKeysOf {
  return { among: properties, owners: kind === 'owner' };
}
