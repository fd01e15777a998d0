import { BLANK, type Serial } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { StoreError } from '../store/store.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { AGENT, MAC, NOW, openHotel, P, TestJournal, uuid } from '../transactions/testing/hotel.ts';
import { createBegins } from './begins.ts';
import { createOutcomes } from './outcomes.ts';
import { createRunner, type Run } from './runner.ts';

const HOUR_MS = 3_600_000;
const BEGINS = Math.ceil((NOW + HOUR_MS) / 60_000) * 60_000;

/** A hotel with a card that begins in an hour, beside that of the guest who is in. */
async function sold() {
  const hotel = await openHotel();
  const journal = new TestJournal();
  const session = await hotel.connect(journal);
  await hotel.acceptIssue(uuid(50), uuid(51), { owner: 'Ben', beginsAt: BEGINS, encoder: MAC });
  const serial = '04FFFF' as Serial;
  const granted = await hotel.present(session, uuid(50), uuid(52), BLANK, { serial });
  if (granted.verdict !== 'granted') throw new Error(JSON.stringify(granted));
  journal.write(uuid(50), uuid(52), BLANK, granted.grant.target, serial).result(uuid(50), uuid(52), 'succeeded');
  await hotel.store.run('report', { propertyId: P, agentId: AGENT, session, records: journal.records, now: NOW });

  const clock = createVirtualClock(NOW);
  const errors: unknown[] = [];
  let failing = false;
  const runner = createRunner(
    hotel.store,
    createOutcomes((error) => void errors.push(error)),
  );
  const run: Run = (name, input) =>
    failing ? Promise.reject(new StoreError('aborted', 'the disk is full')) : runner(name, input);
  const parts = { run, read: hotel.store.read, clock, onError: (error: unknown) => void errors.push(error) };
  return {
    clock,
    errors,
    start: () => createBegins(parts),
    fail: (fails: boolean) => {
      failing = fails;
    },
    /** Whether the guest who was in is still, and whether the next one is. */
    async active() {
      const rows = await hotel.rows('cardRecords');
      return rows.filter(({ status, begun }) => status === 'active' && begun).map(({ id }) => id);
    },
  };
}

const [BEFORE, NEXT] = [['record'], [uuid<string>(51)]];

describe('cards that were issued for later', () => {
  test('begin at their time, and not before', async () => {
    const { clock, start, active, errors } = await sold();
    const begins = start();
    await clock.advance(BEGINS - NOW - 1);
    expect(await active()).toEqual(BEFORE);
    await clock.advance(1);
    expect(await active()).toEqual(NEXT);
    begins.stop();
    expect([clock.pending(), errors]).toEqual([0, []]);
  });

  test('begin as soon as a server runs again', async () => {
    const { clock, start, active } = await sold();
    start().stop();
    await clock.advance(2 * HOUR_MS);
    expect(await active()).toEqual(BEFORE);
    const begins = start();
    await clock.advance(0);
    expect(await active()).toEqual(NEXT);
    begins.stop();
  });

  test.each([
    ['set back', -HOUR_MS, 2 * HOUR_MS],
    ['set on', HOUR_MS / 2, HOUR_MS / 2],
  ])('begin by the clock, also where it was %s', async (_, jump, waited) => {
    const { clock, start, active } = await sold();
    const begins = start();
    await clock.advance(1_000);
    clock.jump(jump);
    await clock.advance(waited - 60_000);
    expect(await active()).toEqual(BEFORE);
    await clock.advance(2 * 60_000);
    expect(await active()).toEqual(NEXT);
    begins.stop();
  });

  test('begin once the disk takes it again', async () => {
    const { clock, start, active, errors, fail } = await sold();
    const begins = start();
    fail(true);
    await clock.advance(HOUR_MS + 60_000);
    expect(await active()).toEqual(BEFORE);
    expect(errors.length).toBeGreaterThan(0);
    fail(false);
    await clock.advance(5_000);
    expect(await active()).toEqual(NEXT);
    begins.stop();
  });
});
