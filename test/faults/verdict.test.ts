import {
  BLANK,
  type CardContent,
  type InstanceId,
  issuedContent,
  type JournalEntry,
  type JournalId,
  type JournalRecord,
  journalStart,
  type Mac,
  type Nonce,
  nextRecord,
  type OperationId,
  type Serial,
} from '@keyrack/protocol';
import { type AuditDraft, type AuditRecord, chainAudit } from '@keyrack/server/domain/audit.ts';
import type { Operation, Settled } from '@keyrack/server/domain/operation.ts';
import { describe, expect, test } from 'vitest';
import type { Asked, HttpAnswer } from './caller.ts';
import type { PropertyCard } from './property.ts';
import { type Evidence, judge } from './verdict.ts';

/** One cancel that went as it should, and then what becomes of the verdict when one witness says something else. */

const PROPERTY = 'property';
const ID = '01900000-0000-7000-8000-000000000001' as OperationId;
const NONCE = '02900000-0000-4000-8000-000000000001' as Nonce;
const SERIAL = '0418D59198CC87' as Serial;
const CARD: PropertyCard = { serial: SERIAL, chip: 'ntag-213', room: { buildingNo: '1', floorNo: '1', roomNo: 'R1' } };
const ISSUED = issuedContent(new Uint8Array(48).fill(1)) as CardContent;

const grant = {
  nonce: NONCE,
  agentId: '03900000-0000-4000-8000-000000000001' as Settled['agentId'],
  session: 1,
  instance: '04900000-0000-4000-8000-000000000001' as InstanceId,
  serial: SERIAL,
  before: ISSUED,
  target: BLANK,
  at: 2_000,
  life: 1,
};

const cancelled: Settled = {
  propertyId: PROPERTY,
  id: ID,
  kind: 'cancel',
  place: 1,
  accountSid: null,
  memberId: 'member',
  cardType: 4,
  encoder: '7C0000000000' as Mac,
  agentId: grant.agentId,
  serial: SERIAL,
  recordId: null,
  request: 'request',
  acceptedAt: 1_000,
  deadline: 60_000,
  held: false,
  caller: 'told',
  callerAt: 3_000,
  reading: null,
  opened: false,
  shown: null,
  state: 'succeeded',
  grant,
  cause: null,
  settledAt: 3_000,
};

const success: HttpAnswer = {
  sentAt: 0,
  answeredAt: 3_000,
  http: 200,
  status: 200,
  message: '',
  operation: ID,
  serial: null,
  lockNumber: null,
};
const failure: HttpAnswer = { ...success, status: 6200, message: 'No card was put on the encoder.' };

const WRITE: JournalEntry = {
  type: 'write',
  operation: ID,
  nonce: NONCE,
  serial: SERIAL,
  before: ISSUED,
  target: BLANK,
};
const resultOf = (outcome: 'succeeded' | 'rejected'): JournalEntry => ({
  type: 'result',
  operation: ID,
  nonce: NONCE,
  outcome,
});

function asked(...answers: readonly HttpAnswer[]): Asked {
  return { endpoint: 'cancelCard', card: CARD, answers: [...answers] };
}

function journal(...entries: readonly JournalEntry[]): JournalRecord[] {
  const records: JournalRecord[] = [];
  for (const entry of entries) {
    const start = journalStart('05900000-0000-4000-8000-000000000001' as JournalId);
    records.push(nextRecord(records.at(-1) ?? start, 2_500, entry));
  }
  return records;
}

function auditOf(...states: readonly string[]): AuditRecord[] {
  const draft = { propertyId: PROPERTY, at: 2_000, actor: 'server', operationId: ID };
  const drafts: AuditDraft[] = [
    { ...draft, action: 'operation-granted', details: JSON.stringify({ nonce: NONCE }) },
    ...states.map(
      (state): AuditDraft => ({ ...draft, action: 'operation-settled', details: JSON.stringify({ state }) }),
    ),
  ];
  const records: AuditRecord[] = [];
  for (const each of drafts) records.push(chainAudit(records.at(-1), each));
  return records;
}

interface Story {
  readonly ledger?: readonly Asked[];
  readonly operations?: readonly Operation[];
  readonly audit?: readonly AuditRecord[];
  readonly journals?: readonly JournalRecord[];
  readonly suspicions?: Evidence['suspicions'];
  readonly plastic?: string;
}

function verdictOn(story: Story) {
  const { lost, contradictions } = judge({
    ledger: story.ledger ?? [asked(success)],
    database: {
      operations: story.operations ?? [cancelled],
      cards: [
        {
          propertyId: PROPERTY,
          serial: SERIAL,
          plastic: 'erased',
          content: BLANK,
          knownInLife: 1,
          recordId: null,
          lastGranted: ID,
          damagedBy: null,
        },
      ],
      agents: [],
      audit: story.audit ?? auditOf('succeeded'),
    },
    journals: story.journals ?? journal(WRITE, resultOf('succeeded')),
    suspicions: story.suspicions ?? [],
    plasticOf: () => story.plastic ?? BLANK,
  });
  return { lost: lost.join('; '), contradictions: contradictions.join('; ') };
}

const NOTHING = { lost: '', contradictions: '' };

test('where every witness says the same, nothing is lost and nothing contradicts', () => {
  expect(verdictOn({})).toEqual(NOTHING);
});

describe('an outcome is lost', () => {
  const rejected: Settled = { ...cancelled, state: 'rejected', cause: 'write-failed' };

  test.each<[string, Story, string]>([
    ['that was told as success, and the database has no such operation', { operations: [] }, 'there is no operation'],
    ['that was told as success, and the database rejects', { operations: [rejected] }, `${ID} is rejected`],
    ['that was told as failure, and succeeded', { ledger: [asked(failure)] }, `${ID} is succeeded`],
    [
      'that was told as success without an operation',
      { ledger: [asked({ ...success, operation: null })] },
      'no operation was named',
    ],
  ])('%s', (_, story, sentence) => expect(verdictOn(story).lost).toContain(sentence));

  test('neither where no answer came nor where the caller was told that it is open', () => {
    const nothing = { ...success, http: 0, status: 0, operation: null };
    const open = { ...success, status: 6209 };
    expect(verdictOn({ ledger: [asked(nothing, open, success)] })).toEqual(NOTHING);
  });
});

describe('there is a contradiction where', () => {
  const suspicion = {
    what: 'it is issued',
    asked: asked(success),
    told: success,
    serial: SERIAL,
    from: 0,
    until: 9_000,
  };
  const otherWrite = journal(WRITE, resultOf('succeeded'), {
    ...WRITE,
    operation: '01900000-0000-7000-8000-000000000002' as OperationId,
  });

  test.each<[string, Story, string]>([
    ['two answers about one operation differ', { ledger: [asked(success), asked(failure)] }, 'and then as 6200'],
    [
      'an answer names another card than the operation',
      { ledger: [asked({ ...success, serial: '77E1A2C4' })] },
      'was told of card 77E1A2C4',
    ],
    [
      'a read was told of another lock than it found',
      {
        ledger: [asked({ ...success, lockNumber: '7' })],
        operations: [{ ...cancelled, kind: 'read', reading: BLANK }],
      },
      'told to have read lock "7"',
    ],
    ['a card is not as its caller was told', { suspicions: [suspicion] }, 'it is issued: card 0418D59198CC87'],
    ['the plastic holds something else than the database says', { plastic: ISSUED }, `and holds ${ISSUED}`],
    ['a write has no grant', { audit: auditOf().slice(1) }, 'was written without a durable grant'],
    ['a success has no write', { journals: [] }, 'no journal tells of a write'],
    ['the journal says otherwise', { journals: journal(WRITE, resultOf('rejected')) }, 'the journal says rejected'],
    [
      'one operation had its effect twice',
      { journals: journal(WRITE, resultOf('succeeded'), WRITE, resultOf('succeeded')) },
      'had 2 effects',
    ],
    ['an operation ended twice', { audit: auditOf('rejected', 'succeeded') }, 'ended as rejected, and again'],
    [
      'a record of the audit log was taken out',
      { audit: auditOf('succeeded', 'succeeded').slice(1) },
      'the audit log is broken at record 2',
    ],
  ])('%s', (_, story, sentence) => expect(verdictOn(story).contradictions).toContain(sentence));

  test('not where another write explains how the card is', () => {
    expect(verdictOn({ suspicions: [suspicion], journals: otherWrite }).contradictions).not.toContain('it is issued');
  });
});
