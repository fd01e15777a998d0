import type { Rows } from '../row-types.ts';
import type { Table } from '../table-shape.ts';

/** Credentials of /v1, and what their repeats are answered by. They belong to the installation and not to one property. */
export const credentialTables = {
  apiKeys: {
    columns: {
      id: 'text',
      lookup: 'text',
      secretHash: 'text',
      name: 'text',
      scopes: 'json',
      properties: 'json?',
      ownerKey: 'boolean',
      createdAt: 'integer',
      expiresAt: 'integer?',
      revokedAt: 'integer?',
    },
    key: ['id'],
    indexes: { byLookup: { columns: ['lookup'], unique: true } },
  },
  apiKeyVisits: { columns: { id: 'text', lastUsedAt: 'integer' }, key: ['id'], indexes: {} },
  idempotencyKeys: {
    columns: {
      credential: 'text',
      key: 'text',
      request: 'text',
      at: 'integer',
      result: 'text',
      hasSecret: 'boolean',
      sealedSecret: 'text?',
    },
    key: ['credential', 'key'],
    indexes: {
      byAge: { columns: ['at'] },
      withSecret: { columns: ['at'], where: { hasSecret: [true] } },
    },
  },
  links: {
    columns: {
      subject: 'text',
      use: 'json',
      lookup: 'text',
      tokenHash: 'text',
      expiresAt: 'integer',
    },
    key: ['subject'],
    indexes: { byLookup: { columns: ['lookup'], unique: true }, byEnd: { columns: ['expiresAt'] } },
  },
} as const satisfies { readonly [T in 'apiKeys' | 'apiKeyVisits' | 'idempotencyKeys' | 'links']: Table<Rows[T]> };
