import type { Rows } from '../row-types.ts';
import type { Table } from '../table-shape.ts';

const PLACE_IS_UNIQUE = 'place is the number of an audit record, which a property gives out once';

/** Cards, the operations on them, and what is recorded of both. Only these tables grow with the years. */
export const cardTables = {
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
    indexes: {
      inDoubt: { columns: ['propertyId', 'plastic', 'serial'], where: { plastic: ['damaged', 'unknown'] } },
    },
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
      begun: 'boolean',
      guest: 'text',
      sameAs: 'text?',
      holder: 'text',
    },
    key: ['propertyId', 'id'],
    indexes: {
      bySequence: { columns: ['propertyId', 'roomId', 'sequence'] },
      issuedBySequence: {
        columns: ['propertyId', 'roomId', 'sequence'],
        where: { status: ['active', 'superseded', 'lost', 'cancelled'], begun: [true] },
      },
      activeBySequence: {
        columns: ['propertyId', 'roomId', 'sequence'],
        where: { status: ['active'], begun: [true] },
        bounded: {
          per: ['propertyId', 'roomId'],
          why: 'the cards of the guest who has the room: the next guest puts them out of use',
          rows: 1_000,
        },
      },
      /** Records of cards that are being issued, or whose issue ended with an unknown outcome. */
      pendingBySequence: {
        columns: ['propertyId', 'roomId', 'sequence'],
        where: { status: ['pending'], begun: [true] },
      },
      /** Cards that begin later and may be out, by when they begin: in all, and of a room. */
      upcomingDue: {
        columns: ['validFrom', 'propertyId', 'id'],
        where: { status: ['pending', 'active', 'lost'], begun: [false] },
      },
      upcomingByRoom: {
        columns: ['propertyId', 'roomId', 'validFrom'],
        where: { status: ['pending', 'active', 'lost'], begun: [false] },
        bounded: {
          per: ['propertyId', 'roomId'],
          why: 'UPCOMING_OF_A_ROOM; beyond that an issue is refused',
          rows: 1_000,
        },
      },
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
      /** Records with the data of a guest. */
      keptByEnd: { columns: ['propertyId', 'validUntil'], where: { holder: ['kept'] } },
      keptByMobile: { columns: ['propertyId', 'ownerAreaCode', 'ownerMobile'], where: { holder: ['kept'] } },
      /** Records of which there may be a card, by when that ends: those before now open nothing. */
      outByEnd: {
        columns: ['propertyId', 'validUntil'],
        where: { status: ['pending', 'active', 'superseded', 'lost'] },
      },
      /** Those that are out of use, of a room. */
      endedByEnd: {
        columns: ['propertyId', 'roomId', 'validUntil'],
        where: { status: ['superseded', 'lost'] },
      },
      /** Those that never came to be, of a room: one of them may have left its card half written. */
      failedByEnd: { columns: ['propertyId', 'roomId', 'validUntil'], where: { status: ['void'] } },
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
      /** Held operations are left out: in a restored database, they end by their agent's journal and not by a deadline. */
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
  copySets: {
    columns: {
      propertyId: 'text',
      id: 'text',
      of: 'integer',
      operations: 'json',
      recordId: 'text',
      state: 'text',
      cause: 'text?',
      memberId: 'text',
      doer: 'json',
      encoder: 'text',
      waitMs: 'integer',
      idleMs: 'integer',
      epoch: 'integer',
      begunAt: 'integer',
      endedAt: 'integer?',
    },
    key: ['propertyId', 'id'],
    indexes: { running: { columns: ['propertyId', 'id'], where: { state: ['running'] } } },
  },
  copies: {
    columns: { propertyId: 'text', operationId: 'text', set: 'text', number: 'integer', of: 'integer' },
    key: ['propertyId', 'operationId'],
    indexes: {},
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
      /** That nobody could tell how an operation ended: long after it, and rare. */
      unknownByOperation: {
        columns: ['propertyId', 'operationId', 'number'],
        where: { action: ['operation-unknown'] },
        bounded: {
          per: ['propertyId', 'operationId'],
          why: 'an operation becomes unknown once, and once more after each restore at the most',
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
} as const satisfies { readonly [T in keyof Rows]?: Table<Rows[T]> };
