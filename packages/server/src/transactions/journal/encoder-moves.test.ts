import type { JournalId, Nonce, OperationId } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import {
  AGENT,
  CARD,
  type Hotel,
  INSTANCE,
  ISSUED,
  KEY,
  MAC,
  NO_PROOF,
  NOW,
  OTHER_AGENT,
  openHotel,
  P,
  TestJournal,
  uuid,
  VISIT,
} from '../testing/hotel.ts';

/** An encoder that is unplugged at one front desk and plugged in at another. */

const OP = uuid<OperationId>(10);
const NONCE = uuid<Nonce>(20);

async function openWithTwoDesks() {
  const hotel = await openHotel();
  await hotel.enrol([OTHER_AGENT]);
  const session = await hotel.connect();
  await hotel.accept(OP);
  return { hotel, session };
}

/** The other front desk connects, and the encoder is there. */
async function turnUpAtTheOther({ store }: Hotel): Promise<void> {
  const journal = new TestJournal(uuid<JournalId>(51));
  const { id, head } = journal;
  const started = await store.run('startSession', {
    visit: VISIT,
    propertyId: P,
    agentId: OTHER_AGENT,
    provedBy: NO_PROOF,
    journal: { id, head },
  });
  if (started.verdict !== 'started') throw new Error(started.cause);
  const encoders = [{ mac: MAC, name: 'Encoder', forSignedIn: true }];
  await store.run('catchUp', {
    propertyId: P,
    agentId: OTHER_AGENT,
    session: started.session,
    greeting: { instance: uuid<typeof INSTANCE>(52), encoders, journal: { id, head, acknowledged: null } },
    records: [],
    inProgress: [],
    lifted: [],
    now: NOW,
  });
}

const whereIs = async (hotel: Hotel) => (await hotel.rows('encoders')).find(({ mac }) => mac === MAC)?.agentId;

test('whoever opened a card there before it moved isn’t granted anything any more', async () => {
  const { hotel, session } = await openWithTwoDesks();
  const agent = { propertyId: P, agentId: AGENT, session };
  const ref = { ...agent, operation: OP, encoder: MAC, serial: CARD, now: NOW };
  const opened = await hotel.store.run('openCard', ref);
  if (opened.verdict !== 'opened') throw new Error(opened.verdict);
  await hotel.store.run('changeEncoders', { ...agent, encoders: [], now: NOW });
  await turnUpAtTheOther(hotel);
  expect(await whereIs(hotel)).toBe(OTHER_AGENT);
  const { cardVersion } = opened;
  const asked = {
    ...ref,
    instance: INSTANCE,
    nonce: NONCE,
    content: ISSUED,
    cardVersion,
    cardKeys: [KEY],
    checkOutTime: '12:00',
    idleMs: 60_000,
    tellsLifting: true,
  };
  expect(await hotel.store.run('grantWrite', asked)).toMatchObject({
    verdict: 'refused',
    until: 'next-prompt',
    refusal: { cause: 'encoder-unknown' },
  });
  expect(await hotel.operation(OP)).toMatchObject({ state: 'accepted' });
});

test('with an open grant it stays where that was given, and moves when the grant has ended', async () => {
  const { hotel, session } = await openWithTwoDesks();
  const agent = { propertyId: P, agentId: AGENT, session };
  expect(await hotel.present(session, OP, NONCE)).toMatchObject({ verdict: 'granted' });
  await hotel.store.run('changeEncoders', { ...agent, encoders: [], now: NOW });
  await turnUpAtTheOther(hotel);
  expect(await whereIs(hotel)).toBe(AGENT);
  await hotel.store.run('recordNotWritten', { ...agent, operation: OP, nonce: NONCE, now: NOW });
  expect(await whereIs(hotel)).toBe(OTHER_AGENT);
});
