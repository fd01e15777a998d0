import {
  AGENT_PROTOCOL,
  type AgentId,
  BLANK,
  type CardContent,
  contentOf,
  type InstanceId,
  type JournalEntry,
  type JournalId,
  type JournalPosition,
  type JournalRecord,
  journalStart,
  type Mac,
  type Nonce,
  nextRecord,
  type OperationId,
  type Reading,
  type Serial,
} from '@keyrack/protocol';
import type { Operation } from '../../domain/operation.ts';
import { newAccount, newMember } from '../../domain/people.ts';
import { newAgent, newCardRecord, newProperty } from '../../domain/places.ts';
import { type Queries, queries } from '../../queries/index.ts';
import { createMemoryStore, type MemoryStore } from '../../store/index.ts';
import type { Rows, TableName } from '../../store/row-types.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { walk } from '../../store/walk-pages.ts';
import type { AcceptIssue } from '../accept/accept-issue.ts';
import type { AcceptResult } from '../accept/accept-request.ts';
import type { GrantWriteResult } from '../at-encoder/grant-write.ts';
import { transactions } from '../index.ts';
import type { CatchUp, CatchUpResult } from '../journal/catch-up.ts';
import type { TableRow } from '../property/put-rows.ts';

/** A hotel with one desk, over the in-memory store: transactions are run by themselves, without any process. */
export const P = 'property';
export const AGENT = uuid<AgentId>(1);
/** A second front desk, in hotels that enrol it. */
export const OTHER_AGENT = uuid<AgentId>(50);
export const INSTANCE = uuid<InstanceId>(2);
export const JOURNAL = uuid<JournalId>(3);
export const MAC = '7C778A6C7D9C' as Mac;
/** The desk's second encoder. */
export const OTHER_MAC = '7C778A6C7D9D' as Mac;
export const CARD = '4567' as Serial;
export const NOW = 1_700_000_000_000;
export const ISSUED = contentOf('keyed', new Uint8Array(48).fill(1));
/** What proves an agent here, unless it is enrolled with a token. */
export const NO_PROOF = { tokenHash: null, publicKey: null };
/** What every agent here tells of itself. */
export const VISIT = {
  software: 'keyrack-agent 0.1.0',
  protocol: AGENT_PROTOCOL,
  standing: 'accepted',
  seenAt: NOW,
} as const;
export const KEY = { version: 1, key: new Uint8Array(32) };

/** The n-th identifier: those that are given and those that are asked for are told apart by their number. */
export function uuid<T>(n: number): T {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as T;
}

const testTransactions = {
  ...transactions,
  rows: (tx: Tx, { table }: { readonly table: TableName }) => [...walk(tx, table, 'key', [])],
  look: (tx: Tx, { at }: { readonly at: (tx: ReadTx) => unknown }) => at(tx),
};

export interface Hotel {
  readonly store: MemoryStore<typeof testTransactions, Queries>;
  /** Every row of a table. */
  rows<T extends TableName>(table: T): Promise<Rows[T][]>;
  /** What this finds in the database. */
  look<Found>(at: (tx: ReadTx) => Found): Promise<Found>;
  operation(id: OperationId): Promise<Operation>;
  /** Agents like AGENT, which show a token with that hash. */
  enrol(ids: readonly AgentId[], tokenHash?: string): Promise<void>;
  /** The member asks at MAC to cancel CARD: anew, or with the very request of an earlier operation. */
  askToCancel(id: OperationId, request?: OperationId, at?: number): Promise<AcceptResult>;
  /** The same, where it is accepted. */
  accept(id: OperationId, at?: number): Promise<Operation>;
  /** Accepts the issue of a card for the room by the member at MAC, to be recorded as `recordId`. */
  acceptIssue(id: OperationId, recordId: string, wanted?: Partial<AcceptIssue>): Promise<Operation>;
  /** The agent says hello; returns its session, and from where on it is to tell its journal. */
  hello(journal: TestJournal): Promise<{ readonly session: number; readonly position: JournalPosition }>;
  /** Then it catches up; returns what the server made of it. */
  catchUp(session: number, journal: TestJournal, told?: CatchUpReport): Promise<CatchUpResult>;
  /** Both, one after the other; returns the session. */
  connect(journal?: TestJournal, told?: CatchUpReport): Promise<number>;
  /** The agent opens CARD at MAC, or another one elsewhere, and presents it; returns what the server made of it. */
  present(
    session: number,
    id: OperationId,
    nonce: Nonce,
    content?: Reading,
    at?: { readonly serial?: Serial; readonly encoder?: Mac; readonly now?: number },
  ): Promise<GrantWriteResult>;
}

/** What an agent tells when it connects, beside its journal. */
export interface CatchUpReport {
  readonly instance?: InstanceId;
  readonly acknowledged?: JournalPosition | null;
  readonly inProgress?: CatchUp['inProgress'];
  /** Where its records begin; the start of the journal unless told. */
  readonly position?: JournalPosition;
}

/** A journal as an agent keeps it. */
export class TestJournal {
  readonly id: JournalId;
  readonly records: JournalRecord[] = [];
  head: JournalPosition;

  constructor(id: JournalId = JOURNAL) {
    this.id = id;
    this.head = journalStart(id);
  }

  append(entry: JournalEntry): this {
    const record = nextRecord(this.head, NOW, entry);
    this.records.push(record);
    this.head = { number: record.number, hash: record.hash };
    return this;
  }

  write(
    operation: OperationId,
    nonce: Nonce,
    before: CardContent = ISSUED,
    target: CardContent = BLANK,
    serial: Serial = CARD,
  ): this {
    return this.append({ type: 'write', operation, nonce, serial, before, target });
  }

  result(operation: OperationId, nonce: Nonce, outcome: 'succeeded' | 'rejected' | 'damaged' | 'unknown'): this {
    return this.append({ type: 'result', operation, nonce, outcome });
  }

  after(position: JournalPosition): JournalRecord[] {
    return this.records.filter((record) => record.number > position.number);
  }
}

const ROWS: TableRow[] = [
  {
    table: 'properties',
    row: newProperty({ id: P, number: '1', name: 'Inn', timeZone: 'UTC', sealedCardKey: '' }),
  },
  { table: 'buildings', row: { propertyId: P, id: 'b', no: '1', name: 'TestProperty' } },
  { table: 'floors', row: { propertyId: P, id: 'f', buildingId: 'b', no: '1', name: 'Floor' } },
  { table: 'accounts', row: newAccount({ sid: 'a', name: 'Account', sealedToken: '' }) },
  { table: 'accountProperties', row: { propertyId: P, accountSid: 'a' } },
  {
    table: 'members',
    row: newMember({
      propertyId: P,
      id: 'member',
      name: 'Ada',
      role: 'receptionist',
      areaCode: '86',
      mobile: '10000000000',
      passwordHash: '',
      issuingPermission: true,
    }),
  },
  {
    table: 'agents',
    row: newAgent({ propertyId: P, id: AGENT, name: 'Desk' }),
  },
  {
    table: 'rooms',
    row: {
      propertyId: P,
      id: 'room',
      buildingId: 'b',
      floorId: 'f',
      no: '1',
      name: '101',
      lockType: 'QRBLOCK',
      lockNumber: 1,
      sequence: 1,
      gateway: false,
      joinedNo: '111',
    },
  },
  {
    table: 'cardRecords',
    row: newCardRecord({
      propertyId: P,
      id: 'record',
      serial: CARD,
      roomId: 'room',
      validFrom: 0,
      validUntil: NOW * 2,
      issuedAt: 0,
    }),
  },
  {
    table: 'cards',
    row: {
      propertyId: P,
      serial: CARD,
      plastic: 'written',
      content: ISSUED,
      knownInLife: 1,
      recordId: 'record',
      lastGranted: null,
      damagedBy: null,
    },
  },
];

export async function openHotel(): Promise<Hotel> {
  const store = createMemoryStore(testTransactions, queries);
  const rows = <T extends TableName>(table: T) => store.run('rows', { table }) as Promise<Rows[T][]>;
  await store.run('putRows', { rows: ROWS, onlyIfEmpty: false });
  const askToCancel: Hotel['askToCancel'] = (id, request = id, at = NOW) =>
    store.run('acceptCancel', {
      id,
      now: at,
      deadline: at + 20_000,
      idleMs: 60_000,
      propertyId: P,
      accountSid: 'a',
      memberId: 'member',
      memberVersion: 1,
      serial: CARD,
      cardType: 4,
      encoder: MAC,
      request,
    });
  const hello: Hotel['hello'] = async ({ id, head }) => {
    const agent = (await rows('agents')).find((each) => each.id === AGENT);
    const started = await store.run('startSession', {
      visit: VISIT,
      propertyId: P,
      agentId: AGENT,
      provedBy: agent ?? NO_PROOF,
      journal: { id, head },
    });
    if (started.verdict !== 'started') throw new Error(`not started: ${started.cause}`);
    return started;
  };
  const catchUp: Hotel['catchUp'] = (session, journal, told = {}) => {
    const { position = journalStart(journal.id), instance = INSTANCE, acknowledged = null, inProgress = [] } = told;
    const encoders = [
      { mac: MAC, name: 'Encoder', forSignedIn: true },
      { mac: OTHER_MAC, name: 'Other encoder', forSignedIn: false },
    ];
    return store.run('catchUp', {
      propertyId: P,
      agentId: AGENT,
      session,
      greeting: { instance, encoders, journal: { id: journal.id, head: journal.head, acknowledged } },
      records: journal.after(position),
      inProgress,
      lifted: [],
      now: NOW,
    });
  };
  return {
    store,
    rows,
    look: <Found>(at: (tx: ReadTx) => Found) => store.run('look', { at }) as Promise<Found>,
    async operation(id) {
      const row = (await rows('operations')).find((each) => each.id === id);
      if (row === undefined) throw new Error(`no operation ${id}`);
      return row;
    },
    async enrol(ids, tokenHash) {
      const [agent] = await rows('agents');
      if (agent === undefined) throw new Error('the hotel has no agent');
      const like = ids.map((id) => ({
        table: 'agents' as const,
        row: { ...agent, id, tokenHash: tokenHash ?? agent.tokenHash },
      }));
      await store.run('putRows', { rows: like, onlyIfEmpty: false });
    },
    askToCancel,
    async accept(id, at = NOW) {
      const result = await askToCancel(id, id, at);
      if (result.verdict !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`);
      return result.operation;
    },
    async acceptIssue(id, recordId, wanted = {}) {
      const result = await store.run('acceptIssue', {
        id,
        now: NOW,
        deadline: NOW + 20_000,
        idleMs: 60_000,
        propertyId: P,
        accountSid: 'a',
        memberId: 'member',
        memberVersion: 1,
        encoder: MAC,
        request: id,
        recordId,
        buildingNo: '1',
        floorNo: '1',
        roomNo: '1',
        validUntil: NOW + 86_400_000,
        owner: 'Grace',
        ownerGender: null,
        ownerAreaCode: null,
        ownerMobile: null,
        normallyOpen: false,
        networked: false,
        mode: 'by-holder',
        beginsAt: null,
        ...wanted,
      });
      if (result.verdict !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`);
      return result.operation;
    },
    hello,
    catchUp,
    async connect(journal = new TestJournal(), told = {}) {
      const { session, position } = await hello(journal);
      await catchUp(session, journal, { ...told, position });
      return session;
    },
    async present(session, operation, nonce, content = ISSUED, { serial = CARD, encoder = MAC, now = NOW } = {}) {
      const ref = { propertyId: P, agentId: AGENT, session };
      const opened = await store.run('openCard', { ...ref, operation, encoder, serial, now });
      if (opened.verdict !== 'opened') throw new Error(`not opened: ${JSON.stringify(opened)}`);
      return store.run('grantWrite', {
        ...ref,
        instance: INSTANCE,
        nonce,
        operation,
        encoder,
        serial,
        content,
        cardVersion: opened.cardVersion,
        cardKeys: [KEY],
        idleMs: 60_000,
        tellsLifting: true,
        now,
      });
    },
  };
}
