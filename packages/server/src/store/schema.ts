import type { AuditRecord } from '../domain/audit.ts';
import type { Operation } from '../domain/operation.ts';
import type { Account, AccountProperty, Member } from '../domain/people.ts';
import type {
  Agent,
  AgentVisit,
  Building,
  Card,
  CardRecord,
  Encoder,
  EncoderClaim,
  Floor,
  Property,
  RetiredJournal,
  Room,
  SignIn,
} from '../domain/places.ts';

/** Guests' data of an audit record: beside the chain, so that it can be deleted and the chain still holds. */
export interface AuditPersonal {
  readonly propertyId: string;
  readonly number: number;
  readonly salt: string;
  readonly data: string;
  readonly deleteAfter: number;
}

/** One line of a room's history: a card was issued, read, cancelled, superseded or reported lost. */
export interface RoomEvent {
  readonly propertyId: string;
  /** The operation's id and the kind, so that one operation tells each thing once for each card. */
  readonly id: string;
  readonly roomId: string;
  readonly at: number;
  readonly kind: 'issued' | 'read' | 'cancelled' | 'superseded' | 'lost' | 'retired';
  readonly serial: string | null;
  readonly recordId: string;
  readonly memberId: string | null;
}

/** A one-time code with which a new agent enrols: found by its first characters, proved by the rest. */
export interface PairingCode {
  /** The first three characters of the code. */
  readonly lookup: string;
  readonly propertyId: string;
  /** SHA-256 of the whole code in hex. */
  readonly codeHash: string;
  /** The agent that is paired anew, or null for a new one. */
  readonly replaces: string | null;
  readonly expiresAt: number;
}

/** Facts about the database as a whole, e.g. when it was restored. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Everything durable: the type of a row in each table. */
export interface Rows {
  facts: Fact;
  accounts: Account;
  accountProperties: AccountProperty;
  properties: Property;
  buildings: Building;
  floors: Floor;
  rooms: Room;
  members: Member;
  agents: Agent;
  agentVisits: AgentVisit;
  retiredJournals: RetiredJournal;
  pairingCodes: PairingCode;
  encoders: Encoder;
  encoderClaims: EncoderClaim;
  signIns: SignIn;
  cards: Card;
  cardRecords: CardRecord;
  operations: Operation;
  roomEvents: RoomEvent;
  audit: AuditRecord;
  auditPersonal: AuditPersonal;
}
export type TableName = keyof Rows;

/** How a column is stored: `json` holds a structure that no query looks into. With `?` it may be null. */
export type ColumnKind = BaseKind | `${BaseKind}?`;
type BaseKind = 'text' | 'integer' | 'boolean' | 'json';

/** The one kind that fits a property's type, so that the rows' types and the columns can't drift apart. */
type KindOf<Value> = null extends Value ? `${BaseKindOf<NonNullable<Value>>}?` : BaseKindOf<Value>;
type BaseKindOf<Value> = Value extends string
  ? 'text'
  : Value extends number
    ? 'integer'
    : Value extends boolean
      ? 'boolean'
      : 'json';

export interface Table<Row> {
  readonly columns: { readonly [K in keyof Row & string]: KindOf<Row[K]> };
  readonly key: readonly (keyof Row & string)[];
  /** Columns by which rows can be found in order; `unique` ones refuse a second row. */
  readonly indexes: {
    readonly [name: string]: { readonly columns: readonly (keyof Row & string)[]; readonly unique?: true };
  };
}

/**
 * The tables, for every engine. A tenant's table leads its key and every index with `propertyId`, so that it can be
 * sharded by property. `operations.due` crosses properties, for the sweep of deadlines; `agents.byId` and
 * `pairingCodes` do, since an agent that connects names no property.
 */
export const schema = {
  facts: { columns: { name: 'text', value: 'text' }, key: ['name'], indexes: {} },
  accounts: { columns: { sid: 'text', name: 'text', sealedToken: 'text', state: 'text' }, key: ['sid'], indexes: {} },
  accountProperties: {
    columns: { propertyId: 'text', accountSid: 'text' },
    key: ['propertyId', 'accountSid'],
    indexes: {},
  },
  properties: {
    columns: { id: 'text', number: 'text', name: 'text', timeZone: 'text', cardKeys: 'json' },
    key: ['id'],
    indexes: { byNumber: { columns: ['number'], unique: true } },
  },
  buildings: {
    columns: { propertyId: 'text', id: 'text', no: 'text', name: 'text' },
    key: ['propertyId', 'id'],
    indexes: { byNo: { columns: ['propertyId', 'no'], unique: true } },
  },
  floors: {
    columns: { propertyId: 'text', id: 'text', buildingId: 'text', no: 'text', name: 'text' },
    key: ['propertyId', 'id'],
    indexes: { byNo: { columns: ['propertyId', 'buildingId', 'no'], unique: true } },
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
      byNo: { columns: ['propertyId', 'floorId', 'no'], unique: true },
      byJoinedNo: { columns: ['propertyId', 'joinedNo'], unique: true },
      byLockNumber: { columns: ['propertyId', 'lockNumber'], unique: true },
    },
  },
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
    },
  },
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
    },
    key: ['propertyId', 'id'],
    indexes: { byId: { columns: ['id'], unique: true } },
  },
  agentVisits: {
    columns: { propertyId: 'text', agentId: 'text', software: 'text', seenAt: 'integer' },
    key: ['propertyId', 'agentId'],
    indexes: {},
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
    },
    key: ['propertyId', 'mac'],
    indexes: { byAgent: { columns: ['propertyId', 'agentId'] }, byId: { columns: ['propertyId', 'id'], unique: true } },
  },
  encoderClaims: {
    columns: {
      propertyId: 'text',
      mac: 'text',
      agentId: 'text',
      place: 'integer',
      name: 'text',
      forSignedIn: 'boolean',
    },
    key: ['propertyId', 'mac', 'agentId'],
    indexes: {
      byMac: { columns: ['propertyId', 'mac', 'place'] },
      byAgent: { columns: ['propertyId', 'agentId'] },
    },
  },
  signIns: {
    columns: { propertyId: 'text', memberId: 'text', agentId: 'text', at: 'integer', lastActiveAt: 'integer' },
    key: ['propertyId', 'memberId'],
    indexes: { byAgent: { columns: ['propertyId', 'agentId'] } },
  },
  cards: {
    columns: {
      propertyId: 'text',
      serial: 'text',
      plastic: 'text',
      content: 'text?',
      knownInLife: 'integer',
      recordId: 'text?',
      lastGranted: 'text?',
      damagedBy: 'text?',
    },
    key: ['propertyId', 'serial'],
    indexes: {},
  },
  cardRecords: {
    columns: {
      propertyId: 'text',
      id: 'text',
      serial: 'text?',
      roomId: 'text',
      status: 'text',
      validFrom: 'integer',
      validUntil: 'integer',
      sequence: 'integer',
      flags: 'integer',
      keyVersion: 'integer',
      owner: 'text?',
      ownerGender: 'text?',
      ownerAreaCode: 'text?',
      ownerMobile: 'text?',
      issuedAt: 'integer',
      endedAt: 'integer?',
    },
    key: ['propertyId', 'id'],
    indexes: {
      byRoom: { columns: ['propertyId', 'roomId', 'issuedAt'] },
      bySerial: { columns: ['propertyId', 'serial', 'issuedAt'] },
    },
  },
  operations: {
    columns: {
      propertyId: 'text',
      id: 'text',
      kind: 'text',
      place: 'integer',
      accountSid: 'text?',
      memberId: 'text',
      cardType: 'integer',
      encoder: 'text',
      agentId: 'text',
      serial: 'text?',
      recordId: 'text?',
      request: 'text',
      acceptedAt: 'integer',
      deadline: 'integer',
      held: 'boolean',
      caller: 'text',
      callerAt: 'integer',
      reading: 'text?',
      state: 'text',
      grant: 'json?',
      cause: 'text?',
      settledAt: 'integer?',
      opened: 'boolean',
      shown: 'text?',
    },
    key: ['propertyId', 'id'],
    indexes: {
      byEncoder: { columns: ['propertyId', 'encoder', 'state', 'place'] },
      byAgent: { columns: ['propertyId', 'agentId', 'state', 'place'] },
      bySerial: { columns: ['propertyId', 'serial', 'state', 'place'] },
      byRequest: { columns: ['propertyId', 'request', 'place'] },
      byState: { columns: ['propertyId', 'state', 'place'] },
      due: { columns: ['state', 'deadline'] },
    },
  },
  roomEvents: {
    columns: {
      propertyId: 'text',
      id: 'text',
      roomId: 'text',
      at: 'integer',
      kind: 'text',
      serial: 'text?',
      recordId: 'text',
      memberId: 'text?',
    },
    key: ['propertyId', 'id'],
    indexes: { byRoom: { columns: ['propertyId', 'roomId', 'at'] } },
  },
  audit: {
    columns: {
      propertyId: 'text',
      number: 'integer',
      at: 'integer',
      action: 'text',
      actor: 'text',
      operationId: 'text?',
      details: 'text',
      hash: 'text',
    },
    key: ['propertyId', 'number'],
    indexes: { byOperation: { columns: ['propertyId', 'operationId', 'number'] } },
  },
  auditPersonal: {
    columns: { propertyId: 'text', number: 'integer', salt: 'text', data: 'text', deleteAfter: 'integer' },
    key: ['propertyId', 'number'],
    indexes: {},
  },
} as const satisfies { [T in TableName]: Table<Rows[T]> };

export type Schema = typeof schema;
export type IndexName<T extends TableName> = keyof Schema[T]['indexes'] | 'key';
