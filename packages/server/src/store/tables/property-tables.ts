import type { Rows } from '../row-types.ts';
import type { Table } from '../table-shape.ts';

/** A property with its accounts, rooms and people, and the facts about the database. */
export const propertyTables = {
  facts: { columns: { name: 'text', value: 'text' }, key: ['name'], indexes: {} },
  accounts: {
    columns: {
      sid: 'text',
      name: 'text',
      sealedToken: 'text',
      state: 'text',
      addressRanges: 'json',
      roomCardApi: 'boolean',
      signatureA: 'boolean',
      previousToken: 'text?',
      previousUntil: 'integer?',
    },
    key: ['sid'],
    indexes: {},
  },
  accountProperties: {
    columns: { propertyId: 'text', accountSid: 'text' },
    key: ['propertyId', 'accountSid'],
    indexes: { byAccount: { columns: ['accountSid', 'propertyId'], unique: true } },
  },
  properties: {
    columns: { id: 'text', number: 'text', name: 'text', timeZone: 'text', cardKeys: 'json', checkOutTime: 'text' },
    key: ['id'],
    indexes: { byNumber: { columns: ['number'], unique: true } },
  },
  buildings: {
    columns: { propertyId: 'text', id: 'text', no: 'text', name: 'text' },
    key: ['propertyId', 'id'],
    indexes: {
      byNo: {
        columns: ['propertyId', 'no'],
        unique: true,
        bounded: { per: ['propertyId'], why: 'the buildings of one estate', rows: 10_000 },
      },
    },
  },
  floors: {
    columns: { propertyId: 'text', id: 'text', buildingId: 'text', no: 'text', name: 'text' },
    key: ['propertyId', 'id'],
    indexes: {
      byNo: {
        columns: ['propertyId', 'buildingId', 'no'],
        unique: true,
        bounded: { per: ['propertyId', 'buildingId'], why: 'the floors of one building', rows: 10_000 },
      },
    },
  },
  rooms: {
    columns: {
      propertyId: 'text',
      id: 'text',
      buildingId: 'text',
      floorId: 'text',
      no: 'text',
      name: 'text',
      lockType: 'text',
      lockNumber: 'integer',
      sequence: 'integer',
      gateway: 'boolean',
      joinedNo: 'text',
    },
    key: ['propertyId', 'id'],
    indexes: {
      byNo: {
        columns: ['propertyId', 'floorId', 'no'],
        unique: true,
        bounded: { per: ['propertyId', 'floorId'], why: 'the rooms of one floor', rows: 10_000 },
      },
      byJoinedNo: {
        columns: ['propertyId', 'joinedNo'],
        unique: true,
        bounded: { per: ['propertyId'], why: 'the rooms of one property, whose import names them all', rows: 100_000 },
      },
      byLockNumber: { columns: ['propertyId', 'lockNumber'], unique: true },
    },
  },
  programmedLocks: {
    columns: { propertyId: 'text', roomId: 'text', keyVersion: 'integer', at: 'integer' },
    key: ['propertyId', 'roomId'],
    indexes: {},
  },
  retiredLocks: {
    columns: { propertyId: 'text', lockNumber: 'integer', roomId: 'text', at: 'integer' },
    key: ['propertyId', 'lockNumber'],
    indexes: {},
  },
  guestRules: { columns: { propertyId: 'text', keptDays: 'integer?' }, key: ['propertyId'], indexes: {} },
  members: {
    columns: {
      propertyId: 'text',
      id: 'text',
      name: 'text',
      role: 'text',
      areaCode: 'text?',
      mobile: 'text?',
      email: 'text?',
      passwordHash: 'text',
      issuingPermission: 'boolean',
      active: 'boolean',
      version: 'integer',
    },
    key: ['propertyId', 'id'],
    indexes: {
      byMobile: { columns: ['propertyId', 'areaCode', 'mobile'], unique: true },
      byEmail: { columns: ['propertyId', 'email'], unique: true },
      administrators: { columns: ['propertyId', 'id'], where: { role: ['administrator'], active: [true] } },
    },
  },
  memberVisits: {
    columns: { propertyId: 'text', memberId: 'text', lastActiveAt: 'integer' },
    key: ['propertyId', 'memberId'],
    indexes: {},
  },
} as const satisfies { readonly [T in keyof Rows]?: Table<Rows[T]> };
