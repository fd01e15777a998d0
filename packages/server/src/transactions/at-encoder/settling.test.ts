import { BLANK, contentOf, type Nonce, type OperationId } from '@keyrack/protocol';
import { describe, expect, it } from 'vitest';
import { AGENT, CARD, INSTANCE, ISSUED, KEY, MAC, NOW, openHotel, P, TestJournal, uuid } from '../testing/hotel.ts';

const OP = uuid<OperationId>(10);
const NEXT = uuid<OperationId>(11);
const NONCE = uuid<Nonce>(20);
const HALF_WRITTEN = contentOf('keyed', new Uint8Array(48).fill(9));

/** A cancel whose agent died in the middle of the write. */
async function unknown() {
  const hotel = await openHotel();
  const journal = new TestJournal();
  const first = await hotel.connect(journal);
  await hotel.accept(OP);
  await hotel.present(first, OP, NONCE);
  const session = await hotel.connect(journal.write(OP, NONCE), { instance: uuid<typeof INSTANCE>(4) });
  const ref = { propertyId: P, agentId: AGENT, session };
  const open = async () => {
    const opened = await hotel.store.run('openCard', { ...ref, operation: null, encoder: MAC, serial: CARD, now: NOW });
    if (opened.verdict !== 'opened') throw new Error(opened.verdict);
    return opened.cardVersion;
  };
  return { hotel, ref, open };
}

describe('an unknown operation', () => {
  it.each([
    ['the target', BLANK, 'succeeded', 'erased'],
    ['the content before', ISSUED, 'rejected', 'damaged'],
    ['anything else', HALF_WRITTEN, 'damaged', 'damaged'],
    ['nothing that can be read', 'unreadable', 'damaged', 'damaged'],
  ] as const)('is settled by a reading of %s', async (_, content, state, plastic) => {
    const { hotel, ref, open } = await unknown();
    await hotel.store.run('recordReading', {
      ...ref,
      encoder: MAC,
      serial: CARD,
      content,
      cardVersion: await open(),
      now: NOW,
    });
    expect(await hotel.operation(OP)).toMatchObject({ state });
    expect(await hotel.rows('cards')).toMatchObject([{ plastic }]);
  });

  it('is asked for until it is settled', async () => {
    const { hotel, ref, open } = await unknown();
    expect(await hotel.store.read('settleList', { propertyId: P })).toEqual([CARD]);
    await hotel.store.run('recordReading', {
      ...ref,
      encoder: MAC,
      serial: CARD,
      content: BLANK,
      cardVersion: await open(),
      now: NOW,
    });
    expect(await hotel.store.read('settleList', { propertyId: P })).toEqual([]);
  });

  it('is settled by the next operation on its card, which is then judged itself', async () => {
    const { hotel, ref } = await unknown();
    await hotel.accept(NEXT);
    expect(await hotel.present(ref.session, NEXT, uuid(21), HALF_WRITTEN)).toMatchObject({ verdict: 'granted' });
    expect(await hotel.operation(OP)).toMatchObject({ state: 'damaged' });
    expect(await hotel.operation(NEXT)).toMatchObject({ state: 'granted', grant: { before: HALF_WRITTEN } });
  });

  it('is written off by a reading in a later epoch of the database', async () => {
    const { hotel, ref, open } = await unknown();
    await hotel.store.run('markRestored', { now: NOW });
    await hotel.store.run('recordReading', {
      ...ref,
      encoder: MAC,
      serial: CARD,
      content: BLANK,
      cardVersion: await open(),
      now: NOW,
    });
    expect(await hotel.operation(OP)).toMatchObject({ state: 'written-off' });
  });
});

describe('a reading of a card that was opened before a grant on it', () => {
  it('tells nothing of the card, also when the operation had been granted before and wasn’t written', async () => {
    const hotel = await openHotel();
    const journal = new TestJournal();
    const session = await hotel.connect(journal);
    const ref = { propertyId: P, agentId: AGENT, session };
    await hotel.accept(OP);
    await hotel.present(session, OP, NONCE);
    await hotel.store.run('recordNotWritten', { ...ref, operation: OP, nonce: NONCE, now: NOW });
    const opened = await hotel.store.run('openCard', { ...ref, operation: OP, encoder: MAC, serial: CARD, now: NOW });
    if (opened.verdict !== 'opened') throw new Error(opened.verdict);
    await hotel.present(session, OP, uuid(21));
    const { records } = journal.write(OP, uuid(21)).result(OP, uuid(21), 'succeeded');
    await hotel.store.run('report', { ...ref, records, now: NOW });
    await hotel.store.run('recordReading', {
      ...ref,
      encoder: MAC,
      serial: CARD,
      content: ISSUED,
      cardVersion: opened.cardVersion,
      now: NOW,
    });
    expect(await hotel.rows('cards')).toMatchObject([{ plastic: 'erased', content: BLANK }]);
  });

  it('settles nothing, and asks for a new opening', async () => {
    const hotel = await openHotel();
    const session = await hotel.connect();
    const ref = { propertyId: P, agentId: AGENT, session };
    await hotel.accept(OP);
    const opened = await hotel.store.run('openCard', { ...ref, operation: OP, encoder: MAC, serial: CARD, now: NOW });
    if (opened.verdict !== 'opened') throw new Error(opened.verdict);
    await hotel.present(session, OP, NONCE);
    const late = await hotel.store.run('grantWrite', {
      ...ref,
      instance: INSTANCE,
      nonce: uuid(22),
      operation: OP,
      encoder: MAC,
      serial: CARD,
      content: BLANK,
      cardVersion: opened.cardVersion,
      cardKeys: [KEY],
      idleMs: 60_000,
      tellsLifting: true,
      now: NOW,
    });
    expect(late).toMatchObject({ verdict: 'refused', refusal: { cause: 'opened-too-early' } });
    expect(await hotel.operation(OP)).toMatchObject({ state: 'granted' });
  });
});
