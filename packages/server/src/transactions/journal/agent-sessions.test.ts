import { BLANK, type Nonce, type OperationId } from '@keyrack/protocol';
import { describe, expect, it } from 'vitest';
import { firstBrokenLink } from '../../domain/audit.ts';
import { AGENT, type Hotel, type INSTANCE, JOURNAL, NOW, openHotel, P, TestJournal, uuid } from '../testing/hotel.ts';

const OP = uuid<OperationId>(10);
const NEXT = uuid<OperationId>(11);
const NONCE = uuid<Nonce>(20);
const OTHER_INSTANCE = uuid<typeof INSTANCE>(4);
const OTHER_JOURNAL = uuid<TestJournal['id']>(5);

const report = (hotel: Hotel, session: number, records: TestJournal['records']) =>
  hotel.store.run('report', { propertyId: P, agentId: AGENT, session, records, now: NOW });
/** The agent says hello and catches up; returns what the server made of it. */
async function comeWith(hotel: Hotel, journal: TestJournal) {
  const { session, position } = await hotel.hello(journal);
  return hotel.catchUp(session, journal, { position });
}

async function granted(journal = new TestJournal()) {
  const hotel = await openHotel();
  const session = await hotel.connect(journal);
  await hotel.accept(OP);
  expect(await hotel.present(session, OP, NONCE)).toMatchObject({ verdict: 'granted' });
  return { hotel, session, journal };
}

describe('a granted operation', () => {
  it('succeeds with the journaled result, and the cursor stands behind it', async () => {
    const { hotel, session, journal } = await granted();
    journal.write(OP, NONCE).result(OP, NONCE, 'succeeded');
    expect(await report(hotel, session, journal.records)).toMatchObject({
      verdict: 'recorded',
      position: journal.head,
    });
    expect(await hotel.operation(OP)).toMatchObject({ state: 'succeeded' });
    expect(await hotel.rows('cards')).toMatchObject([{ plastic: 'erased', content: BLANK }]);
    expect(await hotel.rows('cardRecords')).toMatchObject([{ status: 'cancelled' }]);
    expect(firstBrokenLink(await hotel.rows('audit'))).toBeNull();
  });

  it('keeps the cursor before its `write` until the result is there', async () => {
    const { hotel, session, journal } = await granted();
    journal.write(OP, NONCE);
    expect(await report(hotel, session, journal.records)).toMatchObject({ position: { number: 0 } });
    journal.result(OP, NONCE, 'damaged');
    expect(await report(hotel, session, journal.records)).toMatchObject({ position: { number: 2 } });
    expect(await hotel.operation(OP)).toMatchObject({ state: 'damaged', cause: 'card-damaged' });
  });

  it('is free again when the same process says after a reconnect that it isn’t writing', async () => {
    const { hotel, journal } = await granted();
    await hotel.connect(journal);
    expect(await hotel.operation(OP)).toMatchObject({ state: 'accepted', grant: null });
  });

  it('is unknown when another process comes back without a result', async () => {
    const { hotel, journal } = await granted();
    await hotel.connect(journal.write(OP, NONCE), { instance: OTHER_INSTANCE });
    expect(await hotel.operation(OP)).toMatchObject({ state: 'unknown', cause: 'agent-restarted' });
  });

  it('stays granted while the same process says that it is writing', async () => {
    const { hotel, journal } = await granted();
    const { session } = await hotel.hello(journal);
    await hotel.catchUp(session, journal, { inProgress: [{ nonce: NONCE, operation: OP }] });
    expect(await hotel.operation(OP)).toMatchObject({ state: 'granted' });
  });
});

describe('a session', () => {
  it('that is not the newest changes nothing', async () => {
    const { hotel, session, journal } = await granted();
    await hotel.hello(journal);
    journal.write(OP, NONCE).result(OP, NONCE, 'succeeded');
    expect(await report(hotel, session, journal.records)).toEqual({ verdict: 'fenced' });
    expect(await hotel.operation(OP)).toMatchObject({ state: 'granted' });
  });

  it('whose hello comes when its agent has moved on tells of no loss', async () => {
    const { hotel, session, journal } = await granted();
    const given = new TestJournal();
    await report(hotel, session, journal.write(OP, NONCE).result(OP, NONCE, 'succeeded').records);
    const late = await hotel.hello(given);
    expect(await hotel.rows('agents')).toMatchObject([{ journal: JOURNAL, cursor: journal.head, attention: null }]);
    const next = await hotel.connect(journal);
    expect(await hotel.catchUp(late.session, given)).toEqual({ verdict: 'fenced' });
    expect(await hotel.rows('agents')).toMatchObject([{ session: next, cursor: journal.head, attention: null }]);
  });
});

describe('a lost journal', () => {
  it('makes open grants unknown, tells a person, and what the new one holds is applied', async () => {
    const { hotel } = await granted();
    await hotel.connect(new TestJournal(OTHER_JOURNAL));
    expect(await hotel.operation(OP)).toMatchObject({ state: 'unknown', cause: 'journal-lost' });
    expect(await hotel.rows('agents')).toMatchObject([{ journal: OTHER_JOURNAL, attention: expect.any(String) }]);
  });

  it('is also one that is shorter than it was: the agent begins a new one', async () => {
    const { hotel, session, journal } = await granted();
    await report(hotel, session, journal.write(OP, NONCE).result(OP, NONCE, 'succeeded').records);
    expect(await comeWith(hotel, new TestJournal())).toMatchObject({ verdict: 'replace' });
  });

  it('that comes back later is the mark of a copied computer', async () => {
    const { hotel, journal } = await granted();
    await hotel.connect(new TestJournal(OTHER_JOURNAL));
    expect(await comeWith(hotel, journal)).toMatchObject({ verdict: 'suspended' });
    await expect(hotel.hello(new TestJournal(OTHER_JOURNAL))).rejects.toThrow('agent-suspended');
  });
});

describe('a journal with another past', () => {
  it('suspends the agent when it has the known length', async () => {
    const { hotel, session, journal } = await granted();
    await report(hotel, session, journal.write(OP, NONCE).result(OP, NONCE, 'succeeded').records);
    const copy = new TestJournal().write(OP, NONCE).result(OP, NONCE, 'rejected');
    expect(await comeWith(hotel, copy)).toMatchObject({ verdict: 'suspended' });
  });

  it('suspends the agent when it is longer, and none of its records counts', async () => {
    const { hotel, session, journal } = await granted();
    await report(hotel, session, journal.write(OP, NONCE).result(OP, NONCE, 'succeeded').records);
    const copy = new TestJournal().write(NEXT, NONCE).result(NEXT, NONCE, 'rejected').write(NEXT, uuid(21));
    expect(await comeWith(hotel, copy)).toMatchObject({ verdict: 'suspended' });
    expect(await hotel.rows('agents')).toMatchObject([{ state: 'suspended' }]);
  });
});

describe('a restored database', () => {
  /** A backup taken with the operation in this state, and what happened in the epoch that was lost. */
  async function restored(backedUp: 'accepted' | 'granted', lost: (journal: TestJournal) => TestJournal) {
    const hotel = await openHotel();
    const journal = new TestJournal();
    const session = await hotel.connect(journal);
    await hotel.accept(OP);
    if (backedUp === 'granted') await hotel.present(session, OP, NONCE);
    const backup = hotel.store.snapshot();
    if (backedUp === 'accepted') await hotel.present(session, OP, NONCE);
    lost(journal);
    if (journal.records.length > 0) await report(hotel, session, journal.records);
    hotel.store.restore(backup);
    return { hotel, journal };
  }
  const told = (journal: TestJournal) => ({ acknowledged: journal.head, instance: OTHER_INSTANCE });

  it.each(['accepted', 'granted'] as const)('takes a result over from the journal (backed up %s)', async (state) => {
    const { hotel, journal } = await restored(state, (j) => j.write(OP, NONCE).result(OP, NONCE, 'succeeded'));
    await hotel.connect(journal, told(journal));
    expect(await hotel.operation(OP)).toMatchObject({ state: 'succeeded', held: false });
  });

  it.each(['accepted', 'granted'] as const)(
    'knows nothing of a write without a result (backed up %s)',
    async (state) => {
      const { hotel, journal } = await restored(state, (j) => j.write(OP, NONCE));
      await hotel.store.run('markRestored', { now: NOW });
      await hotel.connect(journal, { instance: OTHER_INSTANCE });
      expect(await hotel.operation(OP)).toMatchObject({ state: 'unknown' });
    },
  );

  it.each(['accepted', 'granted'] as const)('writes off what left no trace (backed up %s)', async (state) => {
    const { hotel, journal } = await restored(state, (j) => j);
    await hotel.store.run('markRestored', { now: NOW });
    await hotel.connect(journal, { instance: OTHER_INSTANCE });
    expect(await hotel.operation(OP)).toMatchObject({ state: 'written-off' });
  });

  it('lets nothing happen to a held operation: no expiry, no withdrawal, no grant', async () => {
    const { hotel } = await restored('accepted', (j) => j);
    await hotel.store.run('markRestored', { now: NOW });
    await hotel.store.run('expireDue', {
      now: NOW + 60_000,
      waited: [{ propertyId: P, id: OP, waitedMs: 60_000 }],
    });
    expect(await hotel.store.read('openWaitsPage', { after: null })).toMatchObject({ waits: [] });
    await hotel.store.run('withdrawOperation', {
      propertyId: P,
      operation: OP,
      cause: 'withdrawn',
      actor: 'x',
      now: NOW,
    });
    expect(await hotel.operation(OP)).toMatchObject({ state: 'accepted', held: true });
  });

  it('takes no card for erased that it hasn’t read in this epoch', async () => {
    const { hotel, session, journal } = await granted();
    await report(hotel, session, journal.write(OP, NONCE).result(OP, NONCE, 'succeeded').records);
    await hotel.store.run('markRestored', { now: NOW });
    expect(await hotel.accept(NEXT)).toMatchObject({ state: 'accepted' });
  });

  it('is noticed when an agent knows of an acknowledgement that the database doesn’t', async () => {
    const { hotel, journal } = await restored('accepted', (j) => j.write(OP, NONCE).result(OP, NONCE, 'succeeded'));
    await hotel.connect(journal, told(journal));
    expect(await hotel.store.run('rows', { table: 'facts' })).toContainEqual({ name: 'life', value: '2' });
  });

  it('keeps records of operations that it doesn’t know as evidence, and flags them', async () => {
    const { hotel, journal } = await restored('accepted', (j) => j.write(NEXT, NONCE).result(NEXT, NONCE, 'succeeded'));
    await hotel.connect(journal, told(journal));
    const actions = (await hotel.rows('audit')).map((record) => record.action);
    expect(actions.filter((action) => action === 'agent-records-unexplained')).toHaveLength(2);
    expect(await hotel.rows('agents')).toMatchObject([{ attention: expect.any(String) }]);
  });
});
