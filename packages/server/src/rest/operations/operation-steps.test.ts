import type { AgentId, OperationId } from '@keyrack/protocol';
import { expect, it } from 'vitest';
import type { AuditDraft } from '../../domain/audit.ts';
import type { Operation } from '../../domain/operation.ts';
import { newAgent } from '../../domain/places.ts';
import { putAuditLog } from '../../testing/audit-log.ts';
import { putOperation } from '../../testing/rest-operations.ts';
import { INN, restWorldForFile } from '../../testing/rest-world.ts';

/** What is told of an operation step by step. With a real front desk: test/end-to-end. */

/** One for each test: a log begins once. */
const PROPERTIES = ['A', 'B', 'C', 'D'].map((name, n) => ({
  ...INN,
  id: `019ac000-0000-7000-8000-00000000000${n}`,
  number: name,
  name,
}));
const world = restWorldForFile({}, { properties: PROPERTIES });
let taken = 0;
const nextProperty = () => PROPERTIES[taken++]?.id ?? '';

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

/** An operation that was accepted by the record with this number, and the log around it. */
async function operationIn(
  propertyId: string,
  drafts: readonly Partial<AuditDraft>[],
  change: Partial<Operation> = {},
) {
  const base = await putOperation(world(), 'unknown');
  const at = drafts.findIndex(({ operationId }) => operationId === 'this');
  const acceptedAt = drafts[at]?.at ?? START;
  const row = { ...base, propertyId, place: at + 1, acceptedAt, deadline: acceptedAt + MINUTE, ...change } as Operation;
  await world().put({ table: 'operations', row });
  const named = drafts.map((draft) => (draft.operationId === 'this' ? { ...draft, operationId: row.id } : draft));
  await putAuditLog(world(), propertyId, named);
  return row.id;
}

const of = (at: number, action: AuditDraft['action'], actor: string, details: object = {}): Partial<AuditDraft> => ({
  ...{ at, action, actor, operationId: 'this', details: JSON.stringify(details) },
});
const others = (from: number, count: number, everyMs: number): Partial<AuditDraft>[] =>
  Array.from({ length: count }, (_, i) => ({ at: from + i * everyMs }));
const AGENT = 'agent 019ac000-0000-7000-8000-00000000a9e7';

async function stepsOf(propertyId: string, id: OperationId) {
  const { status, body } = await world().send(`/v1/properties/${propertyId}/operations/${id}/steps`);
  expect(status).toBe(200);
  return body.data;
}

it('each step is told with when, who and why, and records of others are not', async () => {
  const property = nextProperty();
  const agent = newAgent({ propertyId: property, name: 'Front', id: AGENT.slice('agent '.length) as AgentId });
  await world().put({ table: 'agents', row: agent });
  const id = await operationIn(
    property,
    [
      ...others(START, 3, 1),
      of(START + 10, 'operation-accepted', 'member gone'),
      ...others(START + 11, 2, 1),
      of(START + 3_131, 'operation-granted', AGENT, { state: 'granted', serial: '04AA' }),
      of(START + 3_500, 'operation-not-written', AGENT, { state: 'accepted', serial: '04AA', cause: 'card-changed' }),
      of(START + 5_000, 'operation-granted', AGENT, { state: 'granted', serial: '04AB' }),
      of(START + 6_000, 'operation-settled', AGENT, { state: 'succeeded', serial: '04AB' }),
      ...others(START + 6_001, 2, 1),
    ],
    { state: 'succeeded', cause: null, settledAt: START + 6_000 },
  );
  const steps = await stepsOf(property, id);
  expect(steps).toMatchObject([
    {
      step: 'accepted',
      at: new Date(START + 10).toISOString(),
      actor: { kind: 'member', id: 'gone', name: null },
      record: 4,
    },
    { step: 'granted', actor: { kind: 'agent', name: 'Front' }, serial: '04AA', state: 'granted', record: 7 },
    { step: 'not-written', cause: 'card-changed', explanation: expect.stringContaining('left the encoder') },
    { step: 'granted', serial: '04AB' },
    { step: 'ended', state: 'succeeded', cause: null, explanation: null, record: 10 },
  ]);
  expect(steps).toHaveLength(5);
});

it('what became unknown long after, and was settled weeks later, is told without a walk through all between', async () => {
  const property = nextProperty();
  const unknownAt = START + 40 * MINUTE;
  const settledAt = START + 30 * 24 * 60 * MINUTE;
  const id = await operationIn(
    property,
    [
      of(START, 'operation-accepted', 'key 019ac000-0000-7000-8000-0000000000aa'),
      of(START + 5, 'operation-granted', AGENT, { state: 'granted' }),
      ...others(START + 6, 6_000, 1),
      of(unknownAt, 'operation-unknown', 'server', { state: 'unknown', cause: 'journal-lost' }),
      ...others(unknownAt + 1, 3_000, MINUTE),
      of(settledAt, 'operation-settled', 'owner', { state: 'written-off', cause: 'written-off' }),
      ...others(settledAt + 1, 3, 1),
    ],
    { state: 'written-off', cause: 'written-off', settledAt },
  );
  expect(await stepsOf(property, id)).toMatchObject([
    { step: 'accepted', actor: { kind: 'apiKey' } },
    { step: 'granted' },
    { step: 'unknown', cause: 'journal-lost', actor: { kind: 'server' } },
    { step: 'ended', state: 'written-off', actor: { kind: 'owner', id: null } },
  ]);
});

it('an end that the log has elsewhere, since the clock was set, is told by the operation itself', async () => {
  const property = nextProperty();
  const id = await operationIn(
    property,
    [of(START, 'operation-accepted', 'member m'), ...others(START + 1, 1_200, 1)],
    {
      ...{ state: 'rejected', cause: 'write-failed', settledAt: START - 90 * MINUTE },
    },
  );
  expect(await stepsOf(property, id)).toMatchObject([
    { step: 'accepted' },
    { step: 'ended', state: 'rejected', cause: 'write-failed', record: null },
  ]);
});

it('nobody is told of an operation of another property', async () => {
  const property = nextProperty();
  const id = await operationIn(property, [of(START, 'operation-accepted', 'member m')]);
  for (const path of [`A/operations/${id}`, 'D/operations/019ac000-0000-7000-8000-00000000ffff'])
    expect((await world().send(`/v1/properties/${path}/steps`)).status).toBe(404);
});
