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
      madeBy: 'json?',
    },
    key: ['subject'],
    indexes: { byLookup: { columns: ['lookup'], unique: true }, byEnd: { columns: ['expiresAt'] } },
  },
  persons: {
    columns: {
      id: 'text',
      name: 'text',
      areaCode: 'text?',
      mobile: 'text?',
      email: 'text?',
      passwordHash: 'text',
      owner: 'boolean',
      version: 'integer',
      createdAt: 'integer',
    },
    key: ['id'],
    indexes: {
      byMobile: { columns: ['areaCode', 'mobile'], unique: true },
      byEmail: { columns: ['email'], unique: true },
    },
  },
  joinedMembers: {
    columns: { propertyId: 'text', memberId: 'text', personId: 'text', at: 'integer' },
    key: ['propertyId', 'memberId'],
    indexes: { byPerson: { columns: ['personId', 'propertyId', 'memberId'], unique: true } },
  },
  authenticators: {
    columns: {
      personId: 'text',
      sealedSecret: 'text',
      state: 'text',
      lastStep: 'integer',
      createdAt: 'integer',
      lastUsedAt: 'integer?',
    },
    key: ['personId'],
    indexes: {},
  },
  passkeys: {
    columns: {
      id: 'text',
      personId: 'text',
      credentialId: 'text',
      publicKey: 'text',
      counter: 'integer',
      transports: 'json',
      host: 'text',
      name: 'text',
      createdAt: 'integer',
      lastUsedAt: 'integer?',
    },
    key: ['id'],
    indexes: {
      byCredential: { columns: ['credentialId'], unique: true },
      byPerson: {
        columns: ['personId', 'createdAt'],
        bounded: { per: ['personId'], why: 'PASSKEYS.ofEach; a further one is refused', rows: 20 },
      },
    },
  },
  recoveryCodes: {
    columns: { personId: 'text', hashes: 'json', createdAt: 'integer' },
    key: ['personId'],
    indexes: {},
  },
  sessions: {
    columns: {
      id: 'text',
      lookup: 'text',
      secretHash: 'text',
      subject: 'text',
      of: 'json',
      state: 'text',
      createdAt: 'integer',
      lastUsedAt: 'integer',
      expiresAt: 'integer',
      from: 'text',
      client: 'text?',
    },
    key: ['id'],
    indexes: {
      byLookup: { columns: ['lookup'], unique: true },
      bySubject: {
        columns: ['subject', 'createdAt'],
        bounded: { per: ['subject'], why: 'SESSIONS.ofEach; a further one ends the oldest', rows: 100 },
      },
      byEnd: { columns: ['expiresAt'] },
    },
  },
} as const satisfies {
  readonly [T in
    | 'persons'
    | 'joinedMembers'
    | 'authenticators'
    | 'recoveryCodes'
    | 'passkeys'
    | 'sessions'
    | 'apiKeys'
    | 'apiKeyVisits'
    | 'idempotencyKeys'
    | 'links']: Table<Rows[T]>;
};
