import {
  accessOf,
  BLANK,
  type CardContent,
  contentOf,
  imageOf,
  type Nonce,
  type OperationId,
  type Serial,
} from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { AGENT, type Hotel, MAC, NOW, openHotel, P, TestJournal, uuid } from '../testing/hotel.ts';

/**
 * Plastic that a write of this property left half written, and plastic as it comes from its maker: what a read tells of each,
 * and what a cancel and an issue may do with it. A wrong word here sends a guest's card to the police, or a good one
 * into the bin.
 */

const NEW = '04A1B2C3D4E580' as Serial;
const REF = { propertyId: P, agentId: AGENT };
const PAGE_BYTES = 4;
const PAGES = 12;

/** What a chip's maker leaves where Keyrack's content goes. */
const FACTORY = {
  'NTAG 213': contentOf('factory', padded('0103a00c340300fe')),
  'NTAG 215': contentOf('factory', padded('0300fe00')),
  'MIFARE Classic or Ultralight EV1': BLANK,
} as const;

function padded(hex: string): Uint8Array {
  const image = new Uint8Array(48);
  image.set(Buffer.from(hex, 'hex'));
  return image;
}

/** As the plastic is when so many bytes of the new content have come. */
function torn(before: CardContent, target: CardContent, bytes: number): CardContent {
  const image = imageOf(before);
  image.set(imageOf(target).subarray(0, bytes));
  return contentOf(accessOf(before), image);
}

/** A desk that works with one card, and counts its operations, nonces and records. */
async function openDesk() {
  const hotel = await openHotel();
  const journal = new TestJournal();
  const session = await hotel.connect(journal);
  let next = 100;
  const id = <T>() => {
    next += 1;
    return uuid<T>(next);
  };

  async function report(): Promise<void> {
    const records = journal.records.slice(-2);
    await hotel.store.run('report', { ...REF, session, records, now: NOW });
  }

  return {
    hotel,
    journal,
    session,
    /** Issues a card on that content; what is granted ends as told, or isn't reported. */
    async issue(content: CardContent, outcome: 'succeeded' | 'damaged' | 'rejected' | 'unknown') {
      const { id: operation } = await hotel.acceptIssue(id<OperationId>(), id<string>(), { owner: `Guest ${next}` });
      const nonce = id<Nonce>();
      const answer = await hotel.present(session, operation, nonce, content, { serial: NEW });
      if (answer.verdict !== 'granted') return { operation, answer, target: null };
      journal.write(operation, nonce, content, answer.grant.target, NEW).result(operation, nonce, outcome);
      await report();
      return { operation, answer, target: answer.grant.target, row: await hotel.operation(operation) };
    },
    /** What a read of the card tells: that it is whole or blank, or why it is neither. */
    async read(content: CardContent): Promise<string> {
      const operation = id<OperationId>();
      const accepted = await hotel.store.run('acceptRead', { ...asked(operation), cardType: 4 });
      expect(accepted.verdict).toBe('accepted');
      await hotel.present(session, operation, id<Nonce>(), content, { serial: NEW });
      const { state, cause, reading } = await hotel.operation(operation);
      if (state !== 'succeeded') return cause ?? state;
      if (reading === null) throw new Error('a read succeeded without a reading');
      const described = await hotel.store.read('describeCard', { propertyId: P, serial: NEW, reading, now: NOW });
      return described === null ? 'blank' : described.state;
    },
    async acceptCancel() {
      const operation = id<OperationId>();
      const accepted = await hotel.store.run('acceptCancel', { ...asked(operation), serial: NEW, cardType: 4 });
      expect(accepted.verdict).toBe('accepted');
      return hotel.operation(operation);
    },
    async cancel(content: CardContent) {
      const operation = id<OperationId>();
      const accepted = await hotel.store.run('acceptCancel', { ...asked(operation), serial: NEW, cardType: 4 });
      if (accepted.verdict !== 'accepted') return 'refusal' in accepted ? accepted.refusal.cause : accepted.verdict;
      const nonce = id<Nonce>();
      const answer = await hotel.present(session, operation, nonce, content, { serial: NEW });
      if (answer.verdict !== 'granted') return answer.verdict;
      expect(answer.grant.target).toBe(BLANK);
      journal.write(operation, nonce, content, BLANK, NEW).result(operation, nonce, 'succeeded');
      await report();
      return (await hotel.operation(operation)).state;
    },
  };

  function asked(operation: OperationId) {
    return {
      id: operation,
      now: NOW,
      deadline: NOW + 20_000,
      idleMs: 60_000,
      propertyId: P,
      accountSid: 'a',
      memberId: 'member',
      memberVersion: 1,
      encoder: MAC,
      request: operation,
    };
  }
}

/** Every place at which a write can stop: after each page, and in the middle of each. */
const STOPS = Array.from({ length: PAGES * 2 - 1 }, (_, i) => ((i + 1) * PAGE_BYTES) / 2);

test.each([
  ['', 60_000],
  [', and the clock was set back by a day', -86_400_000],
])('a card that was issued anew while its cancel waited is left to its new guest%s', async (_, later) => {
  const desk = await openDesk();
  const first = await desk.issue(BLANK, 'succeeded');
  if (first.target === null) throw new Error('not granted');
  const cancel = await desk.acceptCancel();
  // At another encoder.
  const second = { ...first.row, id: uuid<OperationId>(70), place: cancel.place + 1, recordId: 'anew' };
  const [card] = (await desk.hotel.rows('cards')).filter(({ serial }) => serial === NEW);
  const [record] = (await desk.hotel.rows('cardRecords')).filter(({ serial }) => serial === NEW);
  if (card === undefined || record === undefined) throw new Error('it was not issued');
  await desk.hotel.store.run('putRows', {
    rows: [
      { table: 'operations', row: second },
      { table: 'cards', row: { ...card, lastGranted: second.id, recordId: 'anew' } },
      { table: 'cardRecords', row: { ...record, status: 'superseded' } },
      { table: 'cardRecords', row: { ...record, id: 'anew', issuedAt: NOW + later } },
    ],
    onlyIfEmpty: false,
  });
  await desk.hotel.present(desk.session, cancel.id, uuid<Nonce>(71), first.target, { serial: NEW });
  expect(await desk.hotel.operation(cancel.id)).toMatchObject({ state: 'rejected', cause: 'card-issued-anew' });
});

describe.each(Object.entries(FACTORY))('a %s that was torn in its first issue', (_chip, factory) => {
  test('reads as damaged wherever the write stopped, and never as a forgery, another property’s or a whole card', async () => {
    for (const bytes of [...STOPS, 48]) {
      const desk = await openDesk();
      const { target } = await desk.issue(factory, 'damaged');
      if (target === null) throw new Error('not granted');
      const plastic = torn(factory, target, bytes);
      expect(await desk.read(plastic), `${bytes} bytes`).toBe(plastic === BLANK ? 'blank' : 'card-garbled');
    }
  });

  test('can be cancelled to blank, as the word of it says, and is then as any blank card', async () => {
    for (const bytes of STOPS) {
      const desk = await openDesk();
      const { target } = await desk.issue(factory, 'damaged');
      if (target === null) throw new Error('not granted');
      expect(await desk.cancel(torn(factory, target, bytes)), `${bytes} bytes`).toBe('succeeded');
      expect(await desk.read(BLANK)).toBe('blank');
      expect(await desk.cancel(BLANK), 'a repeat finds it done').toBe('already-done');
    }
  });

  test('can be issued again at once', async () => {
    for (const bytes of STOPS) {
      const desk = await openDesk();
      const { target } = await desk.issue(factory, 'damaged');
      if (target === null) throw new Error('not granted');
      const again = await desk.issue(torn(factory, target, bytes), 'succeeded');
      expect(again.answer.verdict, `${bytes} bytes`).toBe('granted');
      if (again.target === null) throw new Error('not granted');
      expect(await desk.read(again.target)).toBe('active');
    }
  });

  test('stays damaged through an issue that changed nothing, and through one that nobody could tell of', async () => {
    const desk = await openDesk();
    const { target } = await desk.issue(factory, 'damaged');
    if (target === null) throw new Error('not granted');
    const plastic = torn(factory, target, 30);
    await desk.issue(plastic, 'rejected');
    expect(await desk.read(plastic)).toBe('card-garbled');
    await desk.issue(plastic, 'unknown');
    expect(await desk.read(plastic)).toBe('card-garbled');
    expect(await desk.cancel(plastic)).toBe('succeeded');
  });
});

describe('a card that was torn in a later issue', () => {
  test('reads as damaged wherever the write stopped, can be cancelled, and issued again', async () => {
    for (const bytes of STOPS) {
      const desk = await openDesk();
      const first = await desk.issue(BLANK, 'succeeded');
      if (first.target === null) throw new Error('not granted');
      await lift(desk.hotel, desk.session);
      const second = await desk.issue(first.target, 'damaged');
      if (second.target === null) throw new Error('not granted');
      const plastic = torn(first.target, second.target, bytes);
      // Until then both contents are the same.
      if (plastic === first.target || plastic === second.target) continue;
      expect(await desk.read(plastic), `${bytes} bytes`).toBe('card-garbled');
      const again = await desk.issue(plastic, 'damaged');
      expect(again.answer.verdict).toBe('granted');
      expect(await desk.cancel(plastic)).toBe('succeeded');
    }
  });

  test('reads as what it is where the reading went wrong that called it damaged', async () => {
    const desk = await openDesk();
    const first = await desk.issue(BLANK, 'succeeded');
    if (first.target === null) throw new Error('not granted');
    await lift(desk.hotel, desk.session);
    await desk.issue(first.target, 'damaged');
    expect(await desk.read(first.target)).toBe('active');
  });
});

test('a card of which nobody could tell whether it was issued anew is cancelled as what the reading shows', async () => {
  for (const isNew of [true, false]) {
    const desk = await openDesk();
    const first = await desk.issue(BLANK, 'succeeded');
    if (first.target === null) throw new Error('not granted');
    await lift(desk.hotel, desk.session);
    const second = await desk.issue(first.target, 'unknown');
    if (second.target === null) throw new Error('not granted');
    expect(await desk.cancel(isNew ? second.target : first.target)).toBe('succeeded');
    const records = (await desk.hotel.rows('cardRecords')).filter(({ serial }) => serial === NEW);
    expect(records.map(({ status }) => status).sort()).toEqual(
      isNew ? ['cancelled', 'superseded'] : ['cancelled', 'void'],
    );
  }
});

describe.each(Object.entries(FACTORY))('a new %s', (_chip, factory) => {
  test('is blank to a read, and may be issued', async () => {
    const desk = await openDesk();
    expect(await desk.read(factory)).toBe('blank');
    expect((await desk.issue(factory, 'succeeded')).answer.verdict).toBe('granted');
  });

  test('is still blank after an issue that changed nothing', async () => {
    const desk = await openDesk();
    await desk.issue(factory, 'rejected');
    expect(await desk.read(factory)).toBe('blank');
    expect(await desk.cancel(factory)).toBe('card-never-issued');
  });

  test('is settled by its bytes: what is no zeros was not erased', async () => {
    if (factory === BLANK) return;
    const desk = await openDesk();
    const first = await desk.issue(BLANK, 'succeeded');
    if (first.target === null) throw new Error('not granted');
    const cancel = uuid<OperationId>(50);
    await desk.hotel.store.run('acceptCancel', {
      id: cancel,
      now: NOW,
      deadline: NOW + 20_000,
      idleMs: 60_000,
      propertyId: P,
      accountSid: 'a',
      memberId: 'member',
      memberVersion: 1,
      encoder: MAC,
      request: cancel,
      serial: NEW,
      cardType: 4,
    });
    const nonce = uuid<Nonce>(51);
    await desk.hotel.present(desk.session, cancel, nonce, first.target, { serial: NEW });
    desk.journal.write(cancel, nonce, first.target, BLANK, NEW).result(cancel, nonce, 'unknown');
    const records = desk.journal.records.slice(-2);
    await desk.hotel.store.run('report', { ...REF, session: desk.session, records, now: NOW });
    expect(await desk.read(factory)).toBe('card-garbled');
    expect(await desk.hotel.operation(cancel)).toMatchObject({ state: 'damaged' });
  });

  test('is not taken for blank while nobody can tell what a write left on it', async () => {
    if (factory === BLANK) return;
    const desk = await openDesk();
    const { operation } = await desk.issue(BLANK, 'unknown');
    await desk.hotel.store.run('markRestored', { now: NOW });
    const session = await desk.hotel.connect(desk.journal);
    expect(session).toBeGreaterThan(desk.session);
    const opened = await desk.hotel.store.run('openCard', {
      ...REF,
      session,
      operation: null,
      encoder: MAC,
      serial: NEW,
      now: NOW,
    });
    if (opened.verdict !== 'opened') throw new Error(opened.verdict);
    const { cardVersion } = opened;
    await desk.hotel.store.run('recordReading', {
      ...REF,
      session,
      encoder: MAC,
      serial: NEW,
      content: factory,
      cardVersion,
      now: NOW,
    });
    expect(await desk.hotel.operation(operation)).toMatchObject({ state: 'written-off' });
    const known = await desk.hotel.rows('cards');
    expect(known.find(({ serial }) => serial === NEW)).toMatchObject({ damagedBy: null });
    const again = await reopen(desk, session);
    expect(await again.read(factory)).toBe('card-garbled');
    expect(await again.cancel(factory), 'and can be cancelled, as the word of it says').toBe('succeeded');
    expect(await again.repeatCancel(), 'a repeat finds it done').toBe('already-done');
    const records = await desk.hotel.rows('cardRecords');
    expect(records.find(({ serial }) => serial === NEW)).toMatchObject({ status: 'cancelled' });
  });
});

async function reopen(desk: Awaited<ReturnType<typeof openDesk>>, session: number) {
  const base = { now: NOW, deadline: NOW + 20_000, idleMs: 60_000, propertyId: P, accountSid: 'a' } as const;
  const asked = (id: OperationId) =>
    ({ ...base, id, memberId: 'member', memberVersion: 1, encoder: MAC, request: id }) as const;
  return {
    async read(content: CardContent) {
      const id = uuid<OperationId>(60);
      await desk.hotel.store.run('acceptRead', { ...asked(id), cardType: 4 });
      await desk.hotel.present(session, id, uuid(61), content, { serial: NEW });
      return (await desk.hotel.operation(id)).cause;
    },
    async cancel(content: CardContent) {
      const id = uuid<OperationId>(62);
      const nonce = uuid<Nonce>(63);
      await desk.hotel.store.run('acceptCancel', { ...asked(id), serial: NEW, cardType: 4 });
      await desk.hotel.present(session, id, nonce, content, { serial: NEW });
      desk.journal.write(id, nonce, content, BLANK, NEW).result(id, nonce, 'succeeded');
      const records = desk.journal.records.slice(-2);
      await desk.hotel.store.run('report', { ...REF, session, records, now: NOW });
      return (await desk.hotel.operation(id)).state;
    },
    async repeatCancel() {
      return (await desk.hotel.store.run('acceptCancel', { ...asked(uuid(64)), serial: NEW, cardType: 4 })).verdict;
    },
  };
}

async function lift(hotel: Hotel, session: number): Promise<void> {
  await hotel.store.run('cardLifted', { ...REF, session, encoder: MAC });
}
