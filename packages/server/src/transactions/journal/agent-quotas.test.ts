import {
  type AgentId,
  type EncoderInfo,
  type JournalId,
  journalStart,
  type Mac,
  type OperationId,
} from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { ENCODERS_KEPT, EVIDENCE } from '../../domain/limits.ts';
import {
  AGENT,
  type Hotel,
  NO_PROOF,
  NOW,
  OTHER_AGENT,
  openHotel,
  P,
  TestJournal,
  uuid,
  VISIT,
} from '../testing/hotel.ts';

/** What one desk, stolen or faulty, can have recorded for ever, and what a right one may. */

/** So many records of writes that nobody here asked for. */
function madeUp(journal: TestJournal, records: number): TestJournal {
  for (let n = 0; n < records; n += 2) {
    const operation = uuid<OperationId>(1_000_000 + journal.records.length);
    journal.write(operation, uuid(2_000_000 + journal.records.length));
    if (n + 1 < records) journal.result(operation, uuid(2_000_000 + journal.records.length - 1), 'succeeded');
  }
  return journal;
}

const report = (hotel: Hotel, session: number, journal: TestJournal, from = 0, now = NOW) =>
  hotel.store.run('report', { propertyId: P, agentId: AGENT, session, records: journal.records.slice(from), now });

const tellEncoders = (hotel: Hotel, session: number, encoders: readonly EncoderInfo[], agentId: AgentId = AGENT) =>
  hotel.store.run('changeEncoders', { propertyId: P, agentId, session, encoders, now: NOW });

const encoderNo = (n: number): EncoderInfo => ({
  mac: n.toString(16).toUpperCase().padStart(12, '0') as Mac,
  name: `Encoder ${n}`,
  forSignedIn: false,
});

const evidence = async (hotel: Hotel) =>
  (await hotel.rows('audit')).filter(({ action }) => action === 'agent-records-unexplained');
const agent = async (hotel: Hotel, id: AgentId = AGENT) => (await hotel.rows('agents')).find((each) => each.id === id);

async function connected() {
  const hotel = await openHotel();
  const journal = new TestJournal();
  return { hotel, journal, session: await hotel.connect(journal) };
}

describe('records that no operation explains', () => {
  test('are each kept as evidence while they are few', async () => {
    const { hotel, journal, session } = await connected();
    madeUp(journal, EVIDENCE.units);
    expect(await report(hotel, session, journal)).toMatchObject({ verdict: 'recorded', position: journal.head });
    expect(await evidence(hotel)).toHaveLength(EVIDENCE.units);
    expect(await agent(hotel)).toMatchObject({ state: 'active', attention: expect.any(String) });
  });

  test.each([
    ['in one report', [20_000]],
    ['a few at a time', [400, 100, 1]],
  ])('beyond that leave one summary, and the agent is suspended: %s', async (_, portions) => {
    const { hotel, journal, session } = await connected();
    const verdicts: string[] = [];
    let kept = 0;
    for (const portion of portions) {
      const from = journal.records.length;
      madeUp(journal, portion);
      const result = await report(hotel, session, journal, from);
      verdicts.push(result.verdict);
      if (result.verdict === 'recorded') kept += portion;
    }
    expect(verdicts.at(-1)).toBe('suspended');
    const records = await evidence(hotel);
    expect(records).toHaveLength(kept + 1);
    expect(JSON.parse(records.at(-1)?.details ?? '')).toMatchObject({
      records: portions.at(-1),
      journal: journal.id,
      last: journal.records.at(-1)?.entry,
    });
    expect(await agent(hotel)).toMatchObject({
      state: 'suspended',
      attention: expect.stringContaining('pair it anew'),
    });
    expect(await report(hotel, session, journal)).toEqual({ verdict: 'fenced' });
  });

  test('in a catch-up suspend the agent as well', async () => {
    const { hotel, journal } = await connected();
    const { session, position } = await hotel.hello(madeUp(journal, EVIDENCE.units + 2));
    expect(await hotel.catchUp(session, journal, { position })).toMatchObject({ verdict: 'suspended' });
    expect(await evidence(hotel)).toHaveLength(1);
  });

  test('are counted by day', async () => {
    const { hotel, journal, session } = await connected();
    for (let day = 0; day < 3; day += 1) {
      const from = journal.records.length;
      madeUp(journal, EVIDENCE.units);
      const result = await report(hotel, session, journal, from, NOW + day * EVIDENCE.windowMs);
      expect(result.verdict).toBe('recorded');
    }
  });

  test('what the agent was granted before it is suspended is unknown from then on', async () => {
    const { hotel, journal, session } = await connected();
    const [operation, nonce] = [uuid<OperationId>(10), uuid<never>(20)];
    await hotel.accept(operation);
    await hotel.present(session, operation, nonce);
    expect(await report(hotel, session, madeUp(journal, EVIDENCE.units + 2))).toMatchObject({
      verdict: 'suspended',
      changed: [{ id: operation, state: 'unknown' }],
    });
  });

  test('are expected of an agent that catches up after a restore, as many as a catch-up holds, and no more', async () => {
    const { hotel, journal } = await connected();
    await hotel.store.run('markRestored', { now: NOW });
    await hotel.connect(madeUp(journal, 20_000));
    expect(await evidence(hotel)).toHaveLength(20_000);
    expect(await agent(hotel)).toMatchObject({ state: 'active' });
    // It has told all that it had by then.
    const session = await hotel.connect(journal);
    const from = journal.records.length;
    madeUp(journal, EVIDENCE.units + 2);
    expect(await report(hotel, session, journal, from)).toMatchObject({ verdict: 'suspended' });
  });

  test('are expected once for each restore, also of one that never ends its catch-up', async () => {
    const { hotel, journal } = await connected();
    await hotel.store.run('markRestored', { now: NOW });
    const piece = async (records: TestJournal['records']) => {
      const { session } = await hotel.hello(journal);
      const told = { id: journal.id, head: journal.head, acknowledged: null };
      const catchUp = { greeting: { instance: uuid<never>(2), encoders: [], journal: told }, inProgress: [] };
      const ref = { propertyId: P, agentId: AGENT, session };
      return hotel.store.run('recordPiece', { ...ref, catchUp, records, unfinished: [], now: NOW });
    };
    // All but the last hundred have been told already.
    const counted = { name: `evidence since the restore: ${AGENT}`, value: `0 ${EVIDENCE.expected - 100}` };
    await hotel.store.run('putRows', { rows: [{ table: 'facts', row: counted }], onlyIfEmpty: false });
    madeUp(journal, 101);
    expect(await piece(journal.records.slice(0, 100))).toMatchObject({ verdict: 'recorded' });
    expect(await piece(journal.records.slice(100))).toMatchObject({ verdict: 'suspended' });
  });

  test('are counted anew when the agent is paired anew', async () => {
    const { hotel, journal, session } = await connected();
    await report(hotel, session, madeUp(journal, EVIDENCE.units + 2));
    const code = 'ABCDEFGH';
    await hotel.store.run('offerPairingCode', {
      propertyId: P,
      codes: [code],
      replaces: AGENT,
      actor: 'owner',
      now: NOW,
    });
    await hotel.store.run('pairAgent', { known: null, code, publicKey: '', name: 'Desk', newId: AGENT, now: NOW });
    const fresh = new TestJournal(uuid<JournalId>(77));
    const anew = await hotel.connect(fresh);
    madeUp(fresh, EVIDENCE.units);
    expect(await report(hotel, anew, fresh)).toMatchObject({ verdict: 'recorded' });
  });
});

describe('encoders', () => {
  test('that an agent makes up are kept up to a limit, the newest of them', async () => {
    const { hotel, session } = await connected();
    let n = 100;
    for (let list = 0; list < 1_000; list += 1) {
      await tellEncoders(
        hotel,
        session,
        Array.from({ length: 16 }, () => encoderNo(n++)),
      );
    }
    const kept = await hotel.rows('encoders');
    expect(kept).toHaveLength(ENCODERS_KEPT);
    expect(kept.map(({ mac }) => mac)).toEqual(expect.arrayContaining([encoderNo(n - 1).mac, encoderNo(n - 16).mac]));
    expect(new Set(kept.map(({ id }) => id)).size).toBe(ENCODERS_KEPT);
  });

  test('that something was asked of stay, also when they are away', async () => {
    const { hotel, session } = await connected();
    await hotel.accept(uuid<OperationId>(10));
    const used = (await hotel.operation(uuid<OperationId>(10))).encoder;
    for (let n = 100; n < 300; n += 1) await tellEncoders(hotel, session, [encoderNo(n)]);
    expect((await hotel.rows('encoders')).map(({ mac }) => mac)).toContain(used);
  });

  test('that are here at once are all taken, and their names are never given to another', async () => {
    const { hotel, session } = await connected();
    const given = new Map<number, Mac>();
    for (let n = 100; n < 400; n += 16) {
      const all = Array.from({ length: 16 }, (_, i) => encoderNo(n + i));
      await tellEncoders(hotel, session, all);
      const rows = await hotel.rows('encoders');
      expect(rows.map(({ mac }) => mac)).toEqual(expect.arrayContaining(all.map(({ mac }) => mac)));
      for (const { id, mac } of rows) expect(given.get(id) ?? mac, `encoder ${id}`).toBe(mac);
      for (const { id, mac } of rows) given.set(id, mac);
    }
  });

  test('that two desks move to and fro leave a record of each move, up to a limit', async () => {
    const { hotel, session } = await connected();
    await hotel.enrol([OTHER_AGENT]);
    const started = await hotel.store.run('startSession', {
      visit: VISIT,
      propertyId: P,
      agentId: OTHER_AGENT,
      provedBy: NO_PROOF,
      journal: { id: uuid<JournalId>(51), head: journalStart(uuid<JournalId>(51)) },
    });
    const other = started.verdict === 'started' ? started.session : 0;
    for (let n = 0; n < 2 * EVIDENCE.units; n += 1) {
      await tellEncoders(hotel, session, []);
      await tellEncoders(hotel, other, [encoderNo(100)], OTHER_AGENT);
      await tellEncoders(hotel, other, [], OTHER_AGENT);
      await tellEncoders(hotel, session, [encoderNo(100)]);
    }
    const moves = (await hotel.rows('audit')).filter(({ action }) => action === 'encoder-moved');
    expect(moves).toHaveLength(2 * (EVIDENCE.units + 1));
    expect((await agent(hotel))?.state).toBe('active');
  });

  test('that a desk disputes again and again leave a record of each time, up to a limit', async () => {
    const { hotel, session } = await connected();
    await hotel.enrol([OTHER_AGENT]);
    const { id, head } = new TestJournal(uuid<JournalId>(51));
    const started = await hotel.store.run('startSession', {
      propertyId: P,
      agentId: OTHER_AGENT,
      provedBy: NO_PROOF,
      journal: { id, head },
      visit: VISIT,
    });
    const other = started.verdict === 'started' ? started.session : 0;
    for (let n = 0; n < 2 * EVIDENCE.units; n += 1) {
      await tellEncoders(hotel, session, [encoderNo(100)]);
      await tellEncoders(hotel, other, [encoderNo(100)], OTHER_AGENT);
      await tellEncoders(hotel, session, [encoderNo(100)]);
      await tellEncoders(hotel, other, [], OTHER_AGENT);
    }
    const disputes = (await hotel.rows('audit')).filter(({ action }) => action.startsWith('encoder-dispute'));
    expect(disputes.length).toBeGreaterThan(EVIDENCE.units / 2);
    expect(disputes.length).toBeLessThanOrEqual(2 * (EVIDENCE.units + 1));
    expect((await agent(hotel))?.state).toBe('active');
  });
});

describe('an agent that loses its journal', () => {
  test('again and again is suspended', async () => {
    const { hotel } = await connected();
    const start = async (n: number) => {
      const journal = new TestJournal(uuid<JournalId>(10_000 + n));
      const { session, position } = await hotel.hello(journal);
      return (await hotel.catchUp(session, journal, { position })).verdict;
    };
    for (let n = 0; n < EVIDENCE.units; n += 1) expect(await start(n)).toBe('caught-up');
    expect(await start(EVIDENCE.units)).toBe('suspended');
    expect(await hotel.rows('retiredJournals')).toHaveLength(EVIDENCE.units + 1);
  });
});

describe('an agent that tells of a restore', () => {
  const epoch = async (hotel: Hotel) => (await hotel.rows('facts')).find(({ name }) => name === 'life')?.value ?? '1';

  test('may tell all that it did since, and fills the database with it no more than a day may', async () => {
    const { hotel, journal } = await connected();
    /** A restore is told, and then many writes that nobody here knows, in portions as the server asks for them. */
    const tell = async (records: number, portion: number) => {
      const from = journal.records.length;
      madeUp(journal, records);
      const acknowledged = { number: journal.head.number, hash: 'f'.repeat(64) };
      const { session } = await hotel.hello(journal);
      const greeting = {
        instance: uuid<never>(2),
        encoders: [],
        journal: { id: journal.id, head: journal.head, acknowledged },
      };
      const ref = { propertyId: P, agentId: AGENT, session, now: NOW };
      const catchUp = { greeting, inProgress: [] };
      for (let at = from; at < journal.records.length; at += portion) {
        const piece = journal.records.slice(at, at + portion);
        const result = await hotel.store.run('recordPiece', { ...ref, catchUp, records: piece, unfinished: [] });
        if (result.verdict !== 'recorded') return result.verdict;
      }
      return (await hotel.store.run('catchUp', { ...ref, ...catchUp, records: [], lifted: [] })).verdict;
    };
    for (let n = 0; n < 3; n += 1) expect(await tell(10_000, 250)).toBe('caught-up');
    expect(await agent(hotel)).toMatchObject({ state: 'active' });
    const kept = await evidence(hotel);
    expect(kept.length).toBeLessThan(2 * EVIDENCE.units);
    // Every record is told of, by itself or in a summary.
    const told = kept.map(({ details }) => JSON.parse(details).records ?? 1);
    expect(told.reduce((sum, records) => sum + records, 0)).toBe(30_000);
    // However small it makes the portions.
    expect(await tell(10_000, 2)).toBe('suspended');
    expect((await evidence(hotel)).length).toBeLessThan(3 * EVIDENCE.units);
  });

  test('again and again is suspended, and nobody else is held up by it any more', async () => {
    const { hotel, journal } = await connected();
    const operation = uuid<OperationId>(10);
    const tell = async () => {
      const { session, position } = await hotel.hello(journal);
      const acknowledged = { number: 1_000, hash: 'f'.repeat(64) };
      return (await hotel.catchUp(session, journal, { position, acknowledged })).verdict;
    };
    const most = EVIDENCE.units / EVIDENCE.restore;
    for (let n = 0; n < most; n += 1) expect(await tell()).toBe('caught-up');
    expect(await epoch(hotel)).toBe(String(1 + most));
    await hotel.accept(operation);
    expect(await tell()).toBe('suspended');
    expect(await epoch(hotel)).toBe(String(1 + most));
    // It may have been carried out in an epoch that is lost: it doesn't count as not done.
    expect(await hotel.operation(operation)).toMatchObject({ state: 'written-off', held: false });
  });
});
