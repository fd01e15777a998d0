import type { AgentId, OperationId } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { firstBrokenLink } from '../domain/audit.ts';
import { PAIRING, REPEAT_WINDOW_MS } from '../domain/limits.ts';
import { AGENT, NOW, openHotel, P, uuid } from './testing/hotel.ts';

/** What is stored with a time, and looked at after the server's clock was set back or on. */

const OP = uuid<OperationId>(10);
const NEXT = uuid<OperationId>(11);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const IDLE_MS = 12 * HOUR;

describe('a pairing code', () => {
  const CODE = 'ABCDEFGH';
  const offered = async () => {
    const hotel = await openHotel();
    await hotel.store.run('offerPairingCode', { propertyId: P, codes: [CODE], replaces: null, actor: 'x', now: NOW });
    return (now: number) =>
      hotel.store.run('pairAgent', {
        known: null,
        code: CODE,
        publicKey: 'k',
        name: 'Desk',
        newId: uuid<AgentId>(60),
        now,
      });
  };

  test.each([
    ['corrected by a minute, back', -MINUTE, 'paired'],
    ['corrected by a minute, on', MINUTE, 'paired'],
    ['set back by an hour', -HOUR, 'wrong-code'],
    ['set back by a day', -DAY, 'wrong-code'],
    ['set on by an hour', HOUR, 'wrong-code'],
    ['set on by a day', DAY, 'wrong-code'],
  ] as const)('after the clock was %s is as good as it may be, and never longer', async (_how, step, verdict) => {
    const pair = await offered();
    expect(await pair(NOW + step)).toMatchObject({ verdict });
  });

  test.each([-MINUTE, -HOUR, -DAY])(
    'is no longer good than its ten minutes and the tolerance, the clock being set by %d',
    async (step) => {
      const pair = await offered();
      expect(await pair(NOW + step + PAIRING.validMs + 6 * MINUTE)).toMatchObject({ verdict: 'wrong-code' });
    },
  );

  test('of before a step leaves its place to a new one', async () => {
    const hotel = await openHotel();
    const offer = (now: number) =>
      hotel.store.run('offerPairingCode', { propertyId: P, codes: [CODE], replaces: null, actor: 'x', now });
    expect(await offer(NOW)).toMatchObject({ verdict: 'offered' });
    expect(await offer(NOW - DAY)).toMatchObject({ verdict: 'offered' });
  });
});

describe('a repeat of a request whose caller was never told', () => {
  test.each([
    ['goes right', MINUTE, 'joined'],
    ['was corrected by a minute, back', -MINUTE, 'joined'],
    ['was set back by an hour', -HOUR, 'accepted'],
    ['was set back by a day', -DAY, 'accepted'],
    ['was set on by an hour', HOUR, 'accepted'],
    ['was set on by a day', DAY, 'accepted'],
  ] as const)('while the clock %s is never told an outcome of unknown age', async (_how, step, verdict) => {
    const hotel = await openHotel();
    await hotel.connect();
    await hotel.accept(OP);
    await hotel.store.run('expireDue', { now: NOW + 20_000, waited: [] });
    await hotel.store.run('noteCaller', { propertyId: P, operation: OP, caller: 'left', now: NOW });
    expect(await hotel.askToCancel(NEXT, OP, NOW + step)).toMatchObject({ verdict });
  });

  test('joins a write whose end nobody knows, though the clock was set back since: no second one comes on top', async () => {
    const hotel = await openHotel();
    const session = await hotel.connect();
    await hotel.accept(OP);
    await hotel.present(session, OP, uuid(20));
    await hotel.store.run('noteCaller', { propertyId: P, operation: OP, caller: 'told-open', now: NOW });
    // Another process of the agent connects, and its journal tells nothing of the grant.
    await hotel.connect(undefined, { instance: uuid(4) });
    expect(await hotel.operation(OP)).toMatchObject({ state: 'unknown' });
    expect(await hotel.askToCancel(NEXT, OP, NOW - DAY)).toMatchObject({ verdict: 'joined', operation: { id: OP } });
  });

  test('joins what still waits, however the clock was set', async () => {
    const hotel = await openHotel();
    await hotel.connect();
    await hotel.accept(OP);
    await hotel.store.run('noteCaller', { propertyId: P, operation: OP, caller: 'left', now: NOW });
    for (const step of [-DAY, DAY + REPEAT_WINDOW_MS])
      expect(await hotel.askToCancel(NEXT, OP, NOW + step)).toMatchObject({ verdict: 'joined' });
  });
});

describe('a sign-in', () => {
  async function signedIn() {
    const hotel = await openHotel();
    const session = await hotel.connect();
    const ref = { propertyId: P, agentId: AGENT, session };
    await hotel.store.run('signIn', { ...ref, memberId: 'member', memberVersion: 1, now: NOW });
    const look = (now: number) => hotel.store.run('endIdleSignIn', { ...ref, now, idleMs: IDLE_MS });
    return { hotel, ref, look };
  }

  test.each([-MINUTE, -HOUR, -DAY, -30 * DAY])(
    'lasts its idle limit once more after a step by %d, and no longer',
    async (step) => {
      const { look } = await signedIn();
      const first = await look(NOW + step);
      expect(first).toMatchObject({ verdict: 'signed-in' });
      const { remainingMs = Number.NaN } = first as { remainingMs?: number };
      expect(remainingMs).toBeLessThanOrEqual(IDLE_MS);
      expect(await look(NOW + step + IDLE_MS + 6 * MINUTE)).toMatchObject({ verdict: 'nobody' });
    },
  );

  test.each([HOUR, 11 * HOUR])('outlives a step on by %d, which is less than its limit', async (step) => {
    const { look } = await signedIn();
    expect(await look(NOW + step)).toMatchObject({ verdict: 'signed-in', remainingMs: IDLE_MS - step });
  });

  test('ends where the clock was set on by more than its limit', async () => {
    const { look } = await signedIn();
    expect(await look(NOW + DAY)).toMatchObject({ verdict: 'nobody' });
  });

  test('is renewed by activity after a step', async () => {
    const { hotel, ref, look } = await signedIn();
    const at = NOW - DAY;
    await hotel.store.run('renewSignIn', { ...ref, now: at, idleMs: IDLE_MS });
    expect(await look(at + HOUR)).toMatchObject({ verdict: 'signed-in', remainingMs: IDLE_MS - HOUR });
  });
});

test('the audit log holds its order by its numbers, whatever the clock says', async () => {
  const hotel = await openHotel();
  await hotel.connect();
  await hotel.accept(OP, NOW);
  await hotel.store.run('expireDue', { now: NOW - DAY, waited: [{ propertyId: P, id: OP, waitedMs: 20_000 }] });
  await hotel.accept(NEXT, NOW + DAY);
  expect(firstBrokenLink(await hotel.rows('audit'))).toBeNull();
  expect((await hotel.rows('audit')).map(({ number }) => number)).toEqual([1, 2, 3]);
});
