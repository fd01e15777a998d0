import type { Rows } from '../row-types.ts';
import type { Table } from '../table-shape.ts';

/** A property's front desks: their agents, encoders and who is signed in there. */
export const deskTables = {
  agents: {
    columns: {
      propertyId: 'text',
      id: 'text',
      name: 'text',
      tokenHash: 'text?',
      publicKey: 'text?',
      state: 'text',
      session: 'integer',
      instance: 'text?',
      journal: 'text?',
      cursor: 'json?',
      attention: 'text?',
      givenName: 'text?',
      forgotten: 'boolean',
    },
    key: ['propertyId', 'id'],
    keyBounded: {
      per: ['propertyId'],
      why: 'the front desks of a property, with those that were revoked',
      rows: 100_000,
    },
    indexes: { byId: { columns: ['id'], unique: true } },
  },
  agentVisits: {
    columns: {
      propertyId: 'text',
      agentId: 'text',
      software: 'text',
      seenAt: 'integer',
      protocol: 'integer?',
      standing: 'text',
    },
    key: ['propertyId', 'agentId'],
    indexes: {},
  },
  agentAbsences: {
    columns: { propertyId: 'text', agentId: 'text', since: 'integer', told: 'boolean' },
    key: ['propertyId', 'agentId'],
    /** Those that people weren't told of yet, of all properties, the longest first. */
    indexes: { untold: { columns: ['since', 'propertyId', 'agentId'], where: { told: [false] } } },
  },
  retiredJournals: {
    columns: { propertyId: 'text', agentId: 'text', id: 'text', retiredAt: 'integer' },
    key: ['propertyId', 'agentId', 'id'],
    indexes: {},
  },
  pairingCodes: {
    columns: {
      lookup: 'text',
      propertyId: 'text',
      codeHash: 'text',
      replaces: 'text?',
      expiresAt: 'integer',
    },
    key: ['lookup'],
    indexes: {},
  },
  encoders: {
    columns: {
      propertyId: 'text',
      mac: 'text',
      id: 'integer',
      name: 'text',
      agentId: 'text?',
      forSignedIn: 'boolean',
      unlifted: 'json',
      ownership: 'text',
      used: 'boolean',
      givenName: 'text?',
      chosen: 'boolean?',
      forgotten: 'boolean',
      simulated: 'boolean',
    },
    key: ['propertyId', 'mac'],
    indexes: {
      byAgent: {
        columns: ['propertyId', 'agentId'],
        bounded: {
          per: ['propertyId', 'agentId'],
          why: 'ENCODERS_KEPT of an agent, and those that were used',
          rows: 10_000,
        },
      },
      byId: {
        columns: ['propertyId', 'id'],
        unique: true,
        bounded: { per: ['propertyId'], why: 'the encoders that a property has or had', rows: 100_000 },
      },
    },
  },
  encoderClaims: {
    columns: {
      propertyId: 'text',
      mac: 'text',
      agentId: 'text',
      place: 'integer',
      name: 'text',
      forSignedIn: 'boolean',
      simulated: 'boolean',
    },
    key: ['propertyId', 'mac', 'agentId'],
    indexes: {
      byMac: {
        columns: ['propertyId', 'mac', 'place'],
        bounded: { per: ['propertyId', 'mac'], why: 'each agent of the property can name it once', rows: 10_000 },
      },
      byAgent: {
        columns: ['propertyId', 'agentId'],
        bounded: { per: ['propertyId', 'agentId'], why: 'an agent names 16 encoders at the most', rows: 100 },
      },
    },
  },
  signIns: {
    columns: { propertyId: 'text', memberId: 'text', agentId: 'text', at: 'integer', lastActiveAt: 'integer' },
    key: ['propertyId', 'memberId'],
    indexes: {
      byAgent: {
        columns: ['propertyId', 'agentId'],
        bounded: { per: ['propertyId', 'agentId'], why: 'who signs in at an agent signs out who was there', rows: 100 },
      },
    },
  },
} as const satisfies { readonly [T in keyof Rows]?: Table<Rows[T]> };
