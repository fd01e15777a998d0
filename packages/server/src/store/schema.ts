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
  /** Of the key as an index. */
  readonly keyBounded?: Bound<Row>;
  readonly indexes: { readonly [name: string]: Index<Row> };
}

/** Columns by which rows can be found in order. */
export interface Index<Row> {
  readonly columns: readonly (keyof Row & string)[];
  /** Refuses a second row with the same values. */
  readonly unique?: true;
  /** The index has only rows with one of these values in each of these columns: it grows with them and not with history. */
  readonly where?: { readonly [K in keyof Row & string]?: readonly Row[K][] };
  /** Why no two rows have the same values, though nothing refuses them: the order needs no columns of the key. */
  readonly distinct?: string;
  readonly bounded?: Bound<Row>;
}

/** What keeps the number of rows small that share their values in these first columns, so that all may be read. */
export interface Bound<Row> {
  readonly per: readonly (keyof Row & string)[];
  readonly why: string;
  /** More than there ever are. The memory store throws where a find without a limit has more. */
  readonly rows: number;
}

const PLACE_IS_UNIQUE = 'place is the number of an audit record, which a property gives out once';

/**
 * The tables, for every engine. A tenant's table leads its key and every index with `propertyId`, so that it can be
 * sharded by property. `operations.acceptedDue` crosses properties, for the sweep of deadlines; `agents.byId` and
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
    keyBounded: {
      per: ['propertyId'],
      why: 'the front desks of a property, with those that were revoked',
      rows: 100_000,
    },
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
      used: 'boolean',
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
      bySequence: { columns: ['propertyId', 'roomId', 'sequence'] },
      issuedBySequence: {
        columns: ['propertyId', 'roomId', 'sequence'],
        where: { status: ['active', 'superseded', 'lost', 'cancelled'] },
      },
      activeBySequence: {
        columns: ['propertyId', 'roomId', 'sequence'],
        where: { status: ['active'] },
        bounded: {
          per: ['propertyId', 'roomId'],
          why: 'the cards of the guest who has the room: the next guest puts them out of use',
          rows: 1_000,
        },
      },
      /** Those that are being issued, and all of which nobody could tell whether they were. */
      pendingBySequence: { columns: ['propertyId', 'roomId', 'sequence'], where: { status: ['pending'] } },
      activeBySerial: {
        columns: ['propertyId', 'serial'],
        where: { status: ['active'] },
        bounded: {
          per: ['propertyId', 'serial'],
          why: 'the next issue on a card puts the one before out of use',
          rows: 100,
        },
      },
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
      openByEncoder: {
        columns: ['propertyId', 'encoder', 'place'],
        where: { state: ['accepted', 'granted'] },
        distinct: PLACE_IS_UNIQUE,
        bounded: {
          per: ['propertyId', 'encoder'],
          why: 'one is under way at an encoder and QUEUE_LIMIT wait; beyond that a request is refused',
          rows: 16,
        },
      },
      openByAgent: {
        columns: ['propertyId', 'agentId', 'place'],
        where: { state: ['accepted', 'granted'] },
        distinct: PLACE_IS_UNIQUE,
        bounded: {
          per: ['propertyId', 'agentId'],
          why: 'as many as its encoders have, and some of encoders that have moved to another agent since',
          rows: 1_000,
        },
      },
      /** What a restored database holds has no deadline. */
      acceptedDue: { columns: ['deadline', 'propertyId', 'id'], where: { state: ['accepted'], held: [false] } },
      unsettledBySerial: {
        columns: ['propertyId', 'serial', 'place'],
        where: { state: ['granted', 'unknown'] },
        distinct: PLACE_IS_UNIQUE,
        bounded: {
          per: ['propertyId', 'serial'],
          why: 'the next grant on a card settles or writes off what was unsettled; a restored database may hold some more',
          rows: 1_000,
        },
      },
      unknown: { columns: ['propertyId', 'place'], where: { state: ['unknown'] }, distinct: PLACE_IS_UNIQUE },
      expiredByEncoder: {
        columns: ['propertyId', 'encoder', 'place'],
        where: { state: ['expired'] },
        distinct: PLACE_IS_UNIQUE,
      },
      byRequest: { columns: ['propertyId', 'request', 'place'], distinct: PLACE_IS_UNIQUE },
      /** Nobody has recorded yet who heard of it. Of a success of these kinds alone nobody ever does: see `mattersWhoHeard`. */
      notHeard: {
        columns: ['propertyId', 'place'],
        where: {
          caller: ['waiting'],
          state: ['accepted', 'granted', 'unknown', 'rejected', 'damaged', 'expired', 'withdrawn', 'written-off'],
        },
        distinct: PLACE_IS_UNIQUE,
      },
      issuedNotHeard: {
        columns: ['propertyId', 'place'],
        where: { caller: ['waiting'], kind: ['issue'], state: ['succeeded'] },
        distinct: PLACE_IS_UNIQUE,
      },
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
    indexes: {
      /** Which cards an issue put out of use. */
      supersededByOperation: {
        columns: ['propertyId', 'operationId', 'number'],
        where: { action: ['card-superseded'] },
        bounded: {
          per: ['propertyId', 'operationId'],
          why: 'one for each card of the guest who had the room before',
          rows: 1_000,
        },
      },
    },
  },
  auditPersonal: {
    columns: { propertyId: 'text', number: 'integer', salt: 'text', data: 'text', deleteAfter: 'integer' },
    key: ['propertyId', 'number'],
    indexes: {},
  },
} as const satisfies { [T in TableName]: Table<Rows[T]> };

export type Schema = typeof schema;
export type IndexName<T extends TableName> = keyof Schema[T]['indexes'] | 'key';

/** What the schema says of an index's bound; never where it has none. */
type BoundOf<T extends TableName, I> = I extends 'key'
  ? Schema[T] extends { readonly keyBounded: infer B }
    ? B
    : never
  : I extends keyof Schema[T]['indexes']
    ? Schema[T]['indexes'][I] extends { readonly bounded: infer B }
      ? B
      : never
    : never;
/** The indexes of a table that are bounded. */
export type BoundedIndex<T extends TableName> = {
  [I in IndexName<T>]: [BoundOf<T, I>] extends [never] ? never : I;
}[IndexName<T>];
/** Values for the columns by which an index is bounded, at least. */
export type BoundedPrefix<T extends TableName, I> =
  BoundOf<T, I> extends {
    readonly per: infer Per extends readonly string[];
  }
    ? readonly [...{ [K in keyof Per]: string | number | boolean | null }, ...(string | number | boolean | null)[]]
    : never;
