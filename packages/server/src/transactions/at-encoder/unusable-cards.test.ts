import { isOfTheEncoder, type OperationId, type UnusableReason, unusableReason } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import {
  AGENT,
  type Hotel,
  MAC,
  NO_PROOF,
  NOW,
  OTHER_AGENT,
  OTHER_MAC,
  openHotel,
  P,
  uuid,
  VISIT,
} from '../testing/hotel.ts';

/** Why what lies on an encoder can't be used is the cause that the caller hears, should the time run out. */

const OP = uuid<OperationId>(10);
const WAITING = uuid<OperationId>(11);
const LATER = NOW + 60_000;

async function asked(): Promise<{ hotel: Hotel; session: number; tell: ReturnType<typeof teller> }> {
  const hotel = await openHotel();
  const session = await hotel.connect();
  await hotel.accept(OP);
  return { hotel, session, tell: teller(hotel, session) };
}

const teller =
  (hotel: Hotel, session: number) =>
  (
    reason: UnusableReason | null,
    changes: { operation?: OperationId; encoder?: typeof MAC; agentId?: typeof AGENT } = {},
  ) =>
    hotel.store.run('noteUnusable', {
      propertyId: P,
      agentId: AGENT,
      session,
      encoder: MAC,
      operation: OP,
      reason,
      now: NOW,
      ...changes,
    });

async function causeInTheEnd(hotel: Hotel, id = OP): Promise<string | null> {
  await hotel.store.run('expireDue', { now: LATER, waited: [] });
  const { state, cause } = await hotel.operation(id);
  expect(state).toBe('expired');
  return cause;
}

describe.each(unusableReason.options)('%s', (reason) => {
  test('is what the caller hears', async () => {
    const { hotel, tell } = await asked();
    await tell(reason);
    expect(await causeInTheEnd(hotel)).toBe(reason);
  });

  test('is what those hear who waited behind', async () => {
    const { hotel, tell } = await asked();
    await hotel.accept(WAITING);
    await tell(reason);
    expect(await causeInTheEnd(hotel, WAITING)).toBe(reason);
  });

  test('is what those hear who waited behind, also where they were accepted in the same millisecond by a lower id', async () => {
    const { hotel, tell } = await asked();
    const behind = uuid<OperationId>(9);
    await hotel.accept(behind);
    await tell(reason);
    expect(await causeInTheEnd(hotel, behind)).toBe(reason);
  });

  test(`is ${isOfTheEncoder(reason) ? 'forgotten' : 'remembered'} once it is over`, async () => {
    const { hotel, tell } = await asked();
    await tell(reason);
    await tell(null);
    expect(await causeInTheEnd(hotel)).toBe(isOfTheEncoder(reason) ? 'no-card' : reason);
  });

  test('is forgotten when the right card came', async () => {
    const { hotel, session, tell } = await asked();
    await tell(reason);
    await hotel.present(session, OP, uuid(20));
    expect(await hotel.operation(OP)).toMatchObject({ state: 'granted', cause: null });
  });

  test('does not take the place of what was wrong with a card, when that is over', async () => {
    const { hotel, session, tell } = await asked();
    const ref = { propertyId: P, agentId: AGENT, session };
    await hotel.store.run('openCard', { ...ref, operation: OP, encoder: MAC, serial: '04AABB' as never, now: NOW });
    await tell(null);
    expect(await causeInTheEnd(hotel)).toBe('other-card');
  });
});

describe('an encoder that was unplugged while a request waited there', () => {
  const unplug = async (hotel: Hotel, session: number) => {
    const told = { propertyId: P, agentId: AGENT, session, encoders: [], now: NOW };
    expect(await hotel.store.run('changeEncoders', told)).toMatchObject({ verdict: 'changed' });
  };

  test('is what the caller hears', async () => {
    const { hotel, session } = await asked();
    await unplug(hotel, session);
    expect(await causeInTheEnd(hotel)).toBe('encoder-offline');
  });

  test('does not take the place of what was wrong with a card', async () => {
    const { hotel, session, tell } = await asked();
    await tell('not-a-room-card');
    await unplug(hotel, session);
    expect(await causeInTheEnd(hotel)).toBe('not-a-room-card');
  });
});

describe('nothing is changed', () => {
  test('by an older connection', async () => {
    const { hotel, tell } = await asked();
    await hotel.connect();
    expect(await tell('not-a-room-card')).toEqual({ verdict: 'fenced' });
    expect(await causeInTheEnd(hotel)).toBe('no-card');
  });

  test('by the agent of another desk', async () => {
    const { hotel } = await asked();
    await hotel.enrol([OTHER_AGENT]);
    const started = await hotel.store.run('startSession', {
      propertyId: P,
      agentId: OTHER_AGENT,
      provedBy: NO_PROOF,
      visit: VISIT,
      journal: { id: uuid(60), head: { number: 0, hash: '0'.repeat(64) as never } },
    });
    if (started.verdict !== 'started') throw new Error(started.cause);
    await teller(hotel, started.session)('not-a-room-card', { agentId: OTHER_AGENT });
    expect(await causeInTheEnd(hotel)).toBe('no-card');
  });

  test.each([
    ['for another encoder of the desk', { encoder: OTHER_MAC }],
    ['for an operation that is not there', { operation: uuid<OperationId>(99) }],
  ])('%s', async (_what, changes) => {
    const { hotel, tell } = await asked();
    await tell('not-a-room-card', changes);
    expect(await causeInTheEnd(hotel)).toBe('no-card');
  });

  test('of an operation that waits its turn', async () => {
    const { hotel, tell } = await asked();
    await hotel.accept(WAITING);
    await tell('not-a-room-card', { operation: WAITING });
    expect(await hotel.operation(WAITING)).toMatchObject({ cause: null });
  });
});
