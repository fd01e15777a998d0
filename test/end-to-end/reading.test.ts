import { preparedCard } from '@keyrack/agent';
import { type CardContent, contentOf, deriveCardKey, imageOf, type Serial } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Fields, refusal } from '../world/room-card-client.ts';
import { cardOfOtherProperty, OTHER_HOUSE_KEY } from '../world/strange-cards.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { type FrontDesk, openProperty, type TestProperty } from '../world/test-property.ts';

/** What readCard tells of a card, and of which it tells nothing, over HTTP against a running server. */

let template: Template;
let property: TestProperty;
let desk: FrontDesk;

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());
afterEach(() => property.close());

async function openWith(serial: Serial): Promise<void> {
  property = await openProperty(template, { cardWaitSeconds: 0.6, answerWaitSeconds: 1.2 });
  desk = await property.openDesk();
  desk.cards.place(serial, { encoder: PUBLISHED.encoder });
}

/** The same with a card that holds this, behind a key of its own. */
async function openWithMade(
  content: (hotel: TestProperty['hotel']) => CardContent,
  cardKey?: Uint8Array,
): Promise<void> {
  property = await openProperty(template, { cardWaitSeconds: 0.6, answerWaitSeconds: 1.2 });
  desk = await property.openDesk();
  const key = cardKey === undefined ? property.hotel.keyOf(NEW) : deriveCardKey(cardKey, 1, NEW);
  desk.cards.box.keep(preparedCard(NEW, 'classic-1k', content(property.hotel), key));
  desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
}

const read = async (changes?: Fields) => (await property.command('readCard', changes)).body;
const failed = (message: string) => refusal(6201, 'Read card error', message);
const state = async () => JSON.parse(await read()).data.state;

/** A new card that the server has never heard of. */
const NEW = serialOf('8F42E9D3');

describe('a card of the property', () => {
  test('tells whose room it is, from when and until when, and that it would still open it', async () => {
    await openWith(PUBLISHED.serial);
    const answer = JSON.parse(await read());
    expect(answer).toMatchObject({ status: 200, info: 'success' });
    expect(Object.keys(answer.data)).toEqual([
      'serialNum',
      'cardtype',
      'batchno',
      'buildername',
      'floorname',
      'roomname',
      'lockno',
      'starttime',
      'endtime',
      'opentype',
      'state',
    ]);
    expect(answer.data).toMatchObject({
      serialNum: '4567',
      cardtype: '1',
      buildername: 'Garden Wing',
      floorname: 'Floor 1',
      roomname: 'Garden Wing 107',
      lockno: '7',
      opentype: '0',
      state: 'active',
    });
    expect(answer.data.endtime).toMatch(/^[0-9]{10}$/);
  });

  test('gives back what was written', async () => {
    await openWith(NEW);
    const made = JSON.parse((await property.command('makeRoomCard', { endTime: '9001020304', opentype: '1' })).body);
    const { data } = JSON.parse(await read());
    expect(data).toMatchObject({
      serialNum: made.data.serialNum,
      roomname: 'Garden Wing 107',
      endtime: '9001020304',
      opentype: '1',
      state: 'active',
    });
  });

  test.each([
    ['has expired', '6E31D8C2', 'expired'],
    ['was superseded by a later guest', '04F6B37F96AA85', 'superseded'],
  ])('that %s says so', async (_what, serial, expected) => {
    await openWith(serialOf(serial));
    expect(await state()).toBe(expected);
  });

  test('that is blank has its serial and nothing else', async () => {
    await openWith(NEW);
    expect(await read()).toBe(
      '{"status":200,"info":"success","data":{"serialNum":"8F42E9D3","cardtype":"","batchno":"","buildername":"","floorname":"","roomname":"","lockno":"","starttime":"","endtime":"","opentype":"","state":""}}',
    );
  });

  test('that the records have lost is told by what it holds', async () => {
    await openWith(PUBLISHED.serial);
    const [record] = property.rows('cardRecords').filter(({ serial }) => serial === PUBLISHED.serial);
    if (record === undefined) throw new Error('the record is missing');
    await property.put({ table: 'cardRecords', row: { ...record, sequence: 1 } });
    expect(JSON.parse(await read()).data).toMatchObject({ roomname: 'Garden Wing 107', state: 'unknown' });
  });
});

test('a genuine card whose room is not known here is no blank one', async () => {
  await openWith(PUBLISHED.serial);
  const room = property.rows('rooms').find(({ joinedNo }) => joinedNo === '001001R007');
  if (room === undefined) throw new Error('the room is missing');
  // As in a database that was restored from a time before the room was there.
  await property.put({ table: 'rooms', row: { ...room, lockNumber: 900 } });
  expect(JSON.parse(await read()).data).toMatchObject({ cardtype: '1', roomname: '', lockno: '7', state: 'unknown' });
});

describe('a card that gives nothing of its content away', () => {
  test("is another property's, behind that one's keys", async () => {
    await openWithMade(({ otherProperty }) => cardOfOtherProperty(otherProperty.id, NEW, 'keyed'), OTHER_HOUSE_KEY);
    expect(await read()).toBe(failed('The card on the encoder opens with no key of this property; use another card.'));
  });

  test("is another property's, behind nobody's keys", async () => {
    await openWithMade(({ otherProperty }) => cardOfOtherProperty(otherProperty.id, NEW, 'factory'));
    expect(await read()).toBe(failed('The card on the encoder belongs to another property and was left alone.'));
  });

  test('is damaged', async () => {
    await openWith(serialOf('04E5A26E959984'));
    expect(await read()).toBe(failed('The card on the encoder is damaged; cancel it, or use another card.'));
  });

  test('has a wrong checksum', async () => {
    await openWith(PUBLISHED.serial);
    const image = imageOf(desk.contentOf(PUBLISHED.serial) as CardContent);
    image[23] = (image[23] ?? 0) ^ 1;
    const key = property.hotel.keyOf(PUBLISHED.serial);
    desk.cards.remove(PUBLISHED.encoder);
    desk.cards.box.keep(preparedCard(PUBLISHED.serial, 'classic-1k', contentOf('keyed', image), key));
    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect(await read()).toBe(failed('The content of the card is not genuine; keep the card and ask who brought it.'));
    expect(await desk.hands.knock('001001R007', PUBLISHED.serial)).toMatchObject({ reason: 'wrong-checksum' });
  });

  test('was copied onto another chip', async () => {
    await openWith(PUBLISHED.serial);
    const copy = serialOf('11223344');
    await desk.hands.copy(PUBLISHED.serial, copy);
    desk.cards.place(copy, { encoder: PUBLISHED.encoder });
    expect(await read()).toBe(failed('The card is a copy of another one; keep it and ask who brought it.'));
    expect(await desk.hands.knock('001001R007', copy)).toMatchObject({ reason: 'copied' });
  });
});

test('a found card tells a member of another property nothing', async () => {
  await openWith(PUBLISHED.serial);
  const { otherProperty, member } = property.hotel;
  await property.put({
    table: 'accountProperties',
    row: { propertyId: otherProperty.id, accountSid: PUBLISHED.accountSid },
  });
  await property.put({ table: 'members', row: { ...member, propertyId: otherProperty.id, id: 'member-of-the-other' } });
  // The encoder is not theirs, nor is the card.
  expect(await read({ communityNo: otherProperty.number })).toBe(
    failed('No encoder with this MAC belongs to the property; ask for the list of encoders.'),
  );
  expect(desk.use.connects).toBe(0);
});
