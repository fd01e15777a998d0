import { preparedCard } from '@keyrack/agent';
import { deriveCardKey } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import type { Rows } from '@keyrack/server/store/row-types.ts';
import { describe, expect, test } from 'vitest';
import { openProcessesProperty } from '../world/processes-property.ts';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { cardInDoubt, type Fields, outcomeOpen, refusal } from '../world/room-card-client.ts';
import { cardOfOtherProperty, OTHER_HOUSE_KEY } from '../world/strange-cards.ts';
import type { FrontDesk, PropertyOptions } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/**
 * What makeRoomCard refuses for the room's or the card's sake, over HTTP against a running server, each with its exact
 * body (docs/room-card-api.md). For the member's, the desk's and the encoder's see encoder-refusals.test.ts.
 */

const world = propertyForEachTest({ cardWaitSeconds: 0.6, answerWaitSeconds: 1.2 });

const body = async (changes?: Fields) => (await world.property.command('makeRoomCard', changes)).body;
const failed = (message: string) => refusal(6202, 'Issue card error', message);
const parameter = (message: string) => refusal(400, 'Parameter error', message);

/** A new card that the server has never heard of. */
const NEW = serialOf('8F42E9D3');

async function openWithCard(serial: typeof NEW, options: PropertyOptions = {}): Promise<FrontDesk> {
  const desk = await world.open(options);
  desk.cards.place(serial, { encoder: PUBLISHED.encoder });
  return desk;
}

describe('a room that cannot be meant', () => {
  test.each<[why: string, changes: Fields, answer: string]>([
    [
      'is not there',
      { roomNo: 'R099' },
      failed('No such room in this property; check building, floor and room number.'),
    ],
    [
      'is on another floor',
      { floorNo: '009' },
      failed('No such room in this property; check building, floor and room number.'),
    ],
    [
      'is past its end',
      { endTime: '2001010000' },
      parameter('endTime has passed; send a later one, in the time zone of the property.'),
    ],
    [
      'has a networked lock, and no holder is named',
      { roomNo: 'R002' },
      parameter('This room wants the name of the holder; send owner.'),
    ],
    [
      'is on a gateway, and no holder is named',
      { roomNo: 'R003' },
      parameter('This room wants the name of the holder; send owner.'),
    ],
    [
      'has a lock that cannot stay open',
      { roomNo: 'R004', opentype: '1' },
      parameter("This room's lock can't stay open; send opentype 0."),
    ],
    [
      'wants an encoder',
      { issueMac: '' },
      parameter("This room's lock wants issueMac; send the MAC of the encoder to use."),
    ],
  ])('%s: nothing is asked of a card', async (_why, changes, answer) => {
    const desk = await world.open();
    expect(await body(changes)).toBe(answer);
    expect(world.operations()).toEqual([]);
    expect(desk.use).toEqual({ connects: 0, writes: 0 });
  });

  test('has got another lock before the card came', async () => {
    const desk = await world.open({ cardWaitSeconds: 5, answerWaitSeconds: 6 });
    desk.cards.remove(PUBLISHED.encoder);
    const asked = body();
    await until('it waits for a card', () => world.operations()[0]?.state === 'accepted');
    const room = world.property.rows('rooms').find(({ joinedNo }) => joinedNo === '001001R007');
    if (room === undefined) throw new Error('the room is missing');
    await world.property.put({ table: 'rooms', row: { ...room, lockType: 'RFLOCK-V9' } });
    desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
    expect(await asked).toBe(
      failed('The room was given a lock of another type meanwhile; send again for the one that it has now.'),
    );
    expect(desk.use.writes).toBe(0);
  });
});

describe('a card that is left as it is', () => {
  /** Sends an issue for the card on the encoder, and answers what was said; nothing was written. */
  async function leftAlone(desk: FrontDesk, serial: typeof NEW): Promise<string> {
    const before = await desk.hands.show(serial);
    const answer = await body();
    expect((await desk.hands.show(serial)).dump).toBe(before.dump);
    expect(desk.use.writes).toBe(0);
    expect(world.operations()).toMatchObject([{ state: 'expired', grant: null }]);
    return answer;
  }

  test('still opens another room', async () => {
    const other = serialOf('42873467');
    const desk = await openWithCard(other);
    expect(await leftAlone(desk, other)).toBe(
      failed('The card on the encoder still opens another room; cancel it first, or use another card.'),
    );
  });

  test.each<[belief: string, record: (record: Rows['cardRecords']) => Rows['cardRecords'] | null]>([
    ['is blank', (record) => ({ ...record, status: 'cancelled' })],
    ['has never been issued', () => null],
  ])('still opens another room, though by the records it %s', async (_belief, change) => {
    const other = serialOf('42873467');
    const desk = await openWithCard(other);
    const [card] = world.property.rows('cards').filter(({ serial }) => serial === other);
    const [record] = world.property.rows('cardRecords').filter(({ serial }) => serial === other);
    if (card === undefined || record === undefined) throw new Error('the card is missing');
    // As after a restore from a backup that is older than the card.
    const restored = change(record);
    await world.property.put(
      { table: 'cards', row: { ...card, recordId: restored?.id ?? null, content: null, plastic: 'unknown' } },
      { table: 'cardRecords', row: restored ?? { ...record, sequence: 1 } },
    );
    expect(await leftAlone(desk, other)).toBe(
      failed('The card on the encoder still opens another room; cancel it first, or use another card.'),
    );
  });

  test("opens with none of the property's keys", async () => {
    const desk = await world.open();
    const content = cardOfOtherProperty(world.property.hotel.otherProperty.id, NEW, 'keyed');
    desk.cards.box.keep(preparedCard(NEW, 'classic-1k', content, deriveCardKey(OTHER_HOUSE_KEY, 1, NEW)));
    desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
    expect(await leftAlone(desk, NEW)).toBe(
      failed('The card on the encoder opens with no key of this property; use another card.'),
    );
  });

  test("holds another property's content, though behind nobody's keys", async () => {
    const desk = await world.open();
    const content = cardOfOtherProperty(world.property.hotel.otherProperty.id, NEW, 'factory');
    desk.cards.box.keep(preparedCard(NEW, 'classic-1k', content));
    desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
    expect(await leftAlone(desk, NEW)).toBe(
      failed('The card on the encoder belongs to another property and was left alone.'),
    );
  });

  test('is a damaged one of this property', async () => {
    const damaged = serialOf('04E5A26E959984');
    const desk = await openWithCard(damaged);
    expect(await leftAlone(desk, damaged)).toBe(
      failed('The card on the encoder is damaged; cancel it, or use another card.'),
    );
  });
});

describe('a write', () => {
  const DAMAGED = failed('Writing was interrupted and the card is damaged; put it on the encoder and send again.');

  /** A property with a new card on its encoder, which fails the block write of that number. */
  async function openFailing(block: number): Promise<FrontDesk> {
    const desk = await world.openFailing(block);
    desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
    return desk;
  }

  test('that the card refuses leaves it as it is', async () => {
    const desk = await openFailing(1);
    expect(await body()).toBe(
      failed('The card was not written and is as it was; leave it there and send again, or use another card.'),
    );
    expect(desk.contentOf(NEW)).toMatch(/^factory:0+$/);
    expect(world.property.rows('cardRecords').at(-1)).toMatchObject({ status: 'void' });
  });

  test('that fails half way damages the card, which can be issued all the same', async () => {
    const desk = await openFailing(3);
    expect(await body()).toBe(DAMAGED);
    expect((await desk.hands.knock('001001R007', NEW)).opens).toBe(false);
    expect(JSON.parse(await body())).toMatchObject({ status: 200, data: { serialNum: NEW } });
  });

  test('that is torn leaves the outcome open until the card is put down again', async () => {
    const desk = await world.open({ cardWaitSeconds: 1, answerWaitSeconds: 1.5 });
    desk.cards.remove(PUBLISHED.encoder);
    desk.cards.tear(NEW, 2, 'first-half');
    desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
    const answer = await world.property.command('makeRoomCard');
    expect(answer.body).toBe(cardInDoubt(NEW));
    expect(world.operations()).toMatchObject([{ id: answer.operationId, state: 'unknown', cause: 'outcome-unknown' }]);

    desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
    await until('it is settled', () => world.operations()[0]?.state === 'damaged');
    expect(await world.property.command('makeRoomCard')).toMatchObject({
      body: DAMAGED,
      operationId: answer.operationId,
    });
    const anew = await world.property.command('makeRoomCard');
    expect(JSON.parse(anew.body), 'the caller has heard it: the same request is one more card').toMatchObject({
      status: 200,
      data: { serialNum: NEW },
    });
    expect(anew.operationId).not.toBe(answer.operationId);
  });

  test("that takes longer than the caller waits is told as open, and then as the agent's journal tells it", async () => {
    await world.openProperty({ cardWaitSeconds: 0.5, answerWaitSeconds: 0.8 });
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
    const desk = await world.property.openDesk({ onWrite: (moment) => (moment === 'before' ? mayGoOn : undefined) });
    desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
    const answer = await world.property.command('makeRoomCard');
    expect(answer.body).toBe(outcomeOpen(0.8));
    goOn();
    await until('it is recorded', () => world.operations()[0]?.state === 'succeeded');
    const { ...use } = desk.use;
    const told = await world.property.command('makeRoomCard');
    expect(told.operationId).toBe(answer.operationId);
    expect(JSON.parse(told.body)).toMatchObject({ status: 200, data: { serialNum: NEW } });
    expect(desk.use, 'no hardware was touched again').toEqual(use);
    expect((await world.property.command('makeRoomCard')).operationId, 'the next one is one more card').not.toBe(
      answer.operationId,
    );
  });

  test('whose agent is killed is told as open, and then as the card shows it', async () => {
    await world.openProperty();
    const processes = await openProcessesProperty(world.template, { cardWaitSeconds: 0.5, answerWaitSeconds: 1.5 });
    try {
      await processes.startServer();
      const agent = await processes.startAgent('block after 2');
      await processes.online();
      await processes.hands.place(NEW, { encoder: PUBLISHED.encoder });
      const answer = await processes.command('makeRoomCard');
      expect(await agent.ended).toBe('SIGKILL');
      expect(answer.body).toBe(outcomeOpen(1.5));
      await processes.startAgent();
      await until('it is settled', () => processes.operation()?.state === 'damaged');
      expect(await processes.command('makeRoomCard')).toMatchObject({
        body: DAMAGED,
        operationId: answer.operationId,
      });
      expect(processes.rows('cardRecords').at(-1)).toMatchObject({ status: 'void' });
    } finally {
      await processes.close();
    }
  });
});
