import { BLANK, type InstanceId, type Nonce, type OperationId, type Serial, unfinishedOf } from '@keyrack/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../domain/operation.ts';
import {
  AGENT,
  type Hotel,
  INSTANCE,
  ISSUED,
  NOW,
  openHotel,
  P,
  TestJournal,
  uuid,
} from '../transactions/testing/hotel.ts';
import { recordInPieces } from './record-in-pieces.ts';

/** A journal that is taken up in pieces leads where it leads when it is taken up at once. */

/** Operations of the lost epoch, as the backup knows them; from 4 on it doesn't. */
const KNOWN = ['accepted', 'accepted', 'granted', 'unknown'] as const;
const OPERATIONS = 7;
const OPERATION = uuid<OperationId>(10);
const NONCE = uuid<Nonce>(20);
const ANOTHER = uuid<InstanceId>(4);

interface Step {
  readonly operation: number;
  readonly does: 'write' | 'succeeded' | 'rejected' | 'unknown';
  readonly attempt: number;
}

const steps = fc.array(
  fc.record({
    operation: fc.nat(OPERATIONS - 1),
    does: fc.constantFrom<Step['does']>('write', 'write', 'succeeded', 'rejected', 'unknown'),
    attempt: fc.constantFrom(0, 0, 0, 1),
  }),
  { maxLength: 40 },
);

const idOf = (n: number) => uuid<OperationId>(100 + n);
const nonceOf = (n: number, attempt: number) => uuid<Nonce>(200 + 10 * n + attempt);
const serialOf = (n: number) => `04AABBCCDDEE0${n}` as Serial;

/** An agent writes a card once for each grant, tells each result once, and only of what it began. */
function journalOf(wanted: readonly Step[]): TestJournal {
  const journal = new TestJournal();
  const begun = new Set<Nonce>();
  const ended = new Set<Nonce>();
  for (const { operation, does, attempt } of wanted) {
    const nonce = nonceOf(operation, attempt);
    if (does === 'write' && !begun.has(nonce)) {
      begun.add(nonce);
      journal.write(idOf(operation), nonce, ISSUED, BLANK, serialOf(operation));
    } else if (does !== 'write' && begun.has(nonce) && !ended.has(nonce)) {
      ended.add(nonce);
      journal.result(idOf(operation), nonce, does);
    }
  }
  return journal;
}

/** A hotel whose agent hasn't told anything since the backup. */
async function restoredHotel(): Promise<Hotel> {
  const hotel = await openHotel();
  await hotel.connect();
  const like = await hotel.accept(uuid<OperationId>(10));
  const rows = KNOWN.map((state, n) => {
    const serial = serialOf(n);
    const instance = INSTANCE;
    const grant = {
      nonce: nonceOf(n, 0),
      agentId: AGENT,
      session: 1,
      instance,
      serial,
      before: ISSUED,
      target: BLANK,
      at: NOW,
      life: 1,
    };
    const known = { ...like, id: idOf(n), place: 10 + n, request: idOf(n), serial, recordId: null };
    const row =
      state === 'accepted' ? known : { ...known, state, grant, cause: state === 'unknown' ? 'outcome-unknown' : null };
    return { table: 'operations' as const, row: row as Operation };
  });
  await hotel.store.run('putRows', { rows, onlyIfEmpty: false });
  await hotel.store.run('markRestored', { now: NOW });
  return hotel;
}

/** The agent connects, and tells its journal in pieces; `dies` ends the connection after so many of them. */
async function connectInPieces(
  hotel: Hotel,
  journal: TestJournal,
  size: number,
  { dies = Number.POSITIVE_INFINITY, afterHello = () => {} }: { dies?: number; afterHello?: () => void } = {},
) {
  const { session, position } = await hotel.hello(journal);
  const ref = { propertyId: P, agentId: AGENT, session };
  const told = { id: journal.id, head: journal.head, acknowledged: null };
  afterHello();
  const catchUp = { greeting: { instance: ANOTHER, encoders: [], journal: told }, inProgress: [] };
  const sizes: number[] = [];
  const all = journal.after(position);
  const rest = await recordInPieces(all, size, new Set(unfinishedOf(all, all)), async (records, unfinished) => {
    if (sizes.length >= dies) return null;
    sizes.push(records.length);
    return hotel.store.run('recordPiece', { ...ref, catchUp, records, unfinished, now: NOW });
  });
  if (rest === null) return { sizes, left: 0 };
  expect(rest.verdict).toBe('rest');
  const records = rest.verdict === 'rest' ? rest.records : [];
  const input = { ...ref, ...catchUp, records, lifted: [], now: NOW };
  expect(await hotel.store.run('catchUp', input)).toMatchObject({ verdict: 'caught-up' });
  return { sizes, left: records.length };
}

/** What it all led to. What is kept as evidence is told apart by what it says, and not by when it came. */
async function state(hotel: Hotel) {
  const audit = (await hotel.rows('audit')).map(
    ({ action, operationId, details }) => `${action} ${operationId} ${details}`,
  );
  const [agent] = await hotel.rows('agents');
  return {
    operations: await hotel.rows('operations'),
    cards: await hotel.rows('cards'),
    records: await hotel.rows('cardRecords'),
    audit: audit.sort(),
    cursor: agent?.cursor,
    state: agent?.state,
  };
}

describe('a journal after a restore', () => {
  test('leads to the same in pieces of any size as at once, also when the connection ends in the middle', async () => {
    const property = fc.asyncProperty(steps, fc.integer({ min: 1, max: 6 }), fc.nat(10), async (wanted, size, dies) => {
      const journal = journalOf(wanted);
      const [atOnce, inPieces, interrupted] = [await restoredHotel(), await restoredHotel(), await restoredHotel()];
      await connectInPieces(atOnce, journal, 1_000);
      await connectInPieces(inPieces, journal, size);
      await connectInPieces(interrupted, journal, size, { dies });
      await connectInPieces(interrupted, journal, size);
      const wantedState = await state(atOnce);
      expect(await state(inPieces)).toEqual(wantedState);
      // It connected twice, so that its session is another; nothing else is.
      expect(await state(interrupted)).toEqual(JSON.parse(JSON.stringify(wantedState), anySession));
    });
    await fc.assert(property, { numRuns: 200 });
  });

  test('is taken up in no more than so many records at once, whatever it holds', async () => {
    const hotel = await restoredHotel();
    const journal = new TestJournal();
    // The backup was taken in the middle of a write, and the agent died in it: no result follows.
    journal.write(idOf(2), nonceOf(2, 0), ISSUED, BLANK, serialOf(2));
    for (let n = 0; n < 1_000; n += 1)
      journal.write(uuid(10_000 + n), uuid(20_000 + n)).result(uuid(10_000 + n), uuid(20_000 + n), 'succeeded');
    const { sizes, left } = await connectInPieces(hotel, journal, 250);
    expect(Math.max(...sizes, left)).toBeLessThanOrEqual(250);
    expect(sizes.length).toBeLessThanOrEqual(9);
    expect(await hotel.operation(idOf(2))).toMatchObject({ state: 'unknown' });
  });

  test('a result that comes long after its write is recorded with it', async () => {
    const hotel = await restoredHotel();
    const journal = new TestJournal().write(idOf(0), nonceOf(0, 0), ISSUED, BLANK, serialOf(0));
    for (let n = 0; n < 9; n += 1) journal.write(uuid(10_000 + n), uuid(20_000 + n));
    journal.result(idOf(0), nonceOf(0, 0), 'succeeded');
    for (let n = 0; n < 9; n += 1) journal.result(uuid(10_000 + n), uuid(20_000 + n), 'succeeded');
    await connectInPieces(hotel, journal, 3);
    expect(await hotel.operation(idOf(0))).toMatchObject({ state: 'succeeded' });
    const kept = (await hotel.rows('audit')).filter(({ action }) => action === 'agent-records-unexplained');
    expect(kept).toHaveLength(18);
  });
});

test('a journal that grows after the agent said hello is no shorter one, though its first piece is recorded', async () => {
  const hotel = await openHotel();
  const session = await hotel.connect();
  await hotel.accept(OPERATION);
  await hotel.present(session, OPERATION, NONCE);
  // The agent is restarted, so that nobody knows how the write ended.
  await hotel.connect(new TestJournal(), { instance: ANOTHER });
  const journal = new TestJournal();
  const afterHello = () => journal.write(OPERATION, NONCE).result(OPERATION, NONCE, 'succeeded');
  await connectInPieces(hotel, journal, 1, { afterHello });
  expect(await hotel.rows('agents')).toMatchObject([{ attention: null, journal: journal.id, cursor: journal.head }]);
  expect(await hotel.operation(OPERATION)).toMatchObject({ state: 'succeeded' });
});

/** Grants that a replay made name the session that replayed them. */
function anySession(key: string, value: unknown): unknown {
  return key === 'session' ? expect.any(Number) : value;
}
