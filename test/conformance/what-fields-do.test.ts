import { type CardContent, decodeCardImage, imageOf } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeTemplate, type Template } from '../world/template.ts';
import { type Fields, SAMPLE_TIME } from './testing/contract.ts';
import { type ContractProperty, openContractProperty } from './testing/contract-property.ts';

/** What becomes of makeRoomCard's fields: on the card, in its record, and in what is told of it. */

let template: Template;
let world: ContractProperty;

beforeAll(async () => {
  template = await makeTemplate(SAMPLE_TIME);
});
afterAll(() => template.remove());
beforeEach(async () => {
  world = await openContractProperty({}, template);
  world.desk.cards.place(CARD, { encoder: PUBLISHED.encoder });
});
afterEach(() => world.close());

const CARD = serialOf('8F42E9D3');

/** Issues a card, and answers what it holds and what its record says. */
async function issued(changes: Fields) {
  const told = await world.ask('makeRoomCard', changes);
  expect(told.body).toMatch(/^\{"status":200,/);
  const decoded = decodeCardImage(imageOf(world.desk.contentOf(CARD) as CardContent));
  if (decoded.kind !== 'image') throw new Error('the card holds no image');
  const record = world.property.rows('cardRecords').find(({ id }) => id === told.data.id);
  return { image: decoded.image, record };
}

describe('an optional field of makeRoomCard', () => {
  const none = { normallyOpen: false, networked: false, lossReport: false, sharedDoors: true };

  test('that is not sent says nothing of the card', async () => {
    const { image, record } = await issued({});
    expect(image).toMatchObject(none);
    expect(record).toMatchObject({ owner: null, ownerGender: null, ownerAreaCode: null, ownerMobile: null });
  });

  test.each<[field: string, changes: Fields, flags: object]>([
    ['opentype', { opentype: '1' }, { normallyOpen: true }],
    ['netWork', { netWork: '1' }, { networked: true }],
    ['isLost', { isLost: '1' }, { lossReport: true }],
    ['opentype, netWork and isLost as 0', { opentype: '0', netWork: '0', isLost: '0' }, {}],
  ])('%s is written to the card', async (_field, changes, flags) => {
    expect((await issued(changes)).image).toMatchObject({ ...none, ...flags });
  });

  test.each(['R006', 'R007', 'R001'])('opentype may be 1 for room %s, whose lock can stay open', async (roomNo) => {
    expect((await issued({ roomNo, opentype: '1' })).image.normallyOpen).toBe(true);
  });

  test.each([
    ['0', 'female'],
    ['1', 'male'],
  ])('ownerGender %s is recorded beside the holder, as %s', async (ownerGender, expected) => {
    const holder = { owner: '\u738b\u5c0f\u660e', ownerAreaCode: '86', ownerMobile: '13800000000' };
    const { record } = await issued({ ...holder, ownerGender });
    expect(record).toMatchObject({ ...holder, ownerGender: expected });
    expect((await world.ask('queryByRoom', { recordType: '1' })).data).toMatchObject([{ owner: holder.owner }]);
    expect(JSON.stringify(world.property.rows('audit')), 'the audit chain names no guest').not.toContain('13800000000');
  });
});

describe('endTime', () => {
  /** The property moves to another zone, and gets a card until then; answers the end in UTC and what is told of it. */
  async function endIn(timeZone: string, endTime: string) {
    const { property } = world.property.hotel;
    await world.property.put({ table: 'properties', row: { ...property, timeZone } });
    const { record } = await issued({ endTime });
    const told = (await world.ask('readCard')).data.endtime;
    return [new Date(record?.validUntil ?? 0).toISOString().slice(0, 16), told];
  }

  test.each([
    ['Asia/Shanghai', '2006011200', '2020-06-01T04:00', '2006011200'],
    ['America/New_York', '2006011200', '2020-06-01T16:00', '2006011200'],
    // Clocks go from 02:00 to 03:00 that night.
    ['Europe/Berlin', '2103280230', '2021-03-28T01:00', '2103280300'],
    // And from 03:00 back to 02:00 that one.
    ['Europe/Berlin', '2010250230', '2020-10-25T01:30', '2010250230'],
    // By half an hour, from 02:00 to 02:30.
    ['Australia/Lord_Howe', '2010040210', '2020-10-03T15:30', '2010040230'],
  ])('is on the clocks of %s: %s is %s UTC, and told as %s', async (zone, endTime, utc, told) => {
    expect(await endIn(zone, endTime)).toEqual([utc, told]);
  });

  test('is refused for the minute that runs, and taken for one that comes', async () => {
    const clocks = (minutes: number) =>
      new Date(SAMPLE_TIME + 8 * 3_600_000 + minutes * 60_000)
        .toISOString()
        .replace(/^..(..)-(..)-(..)T(..):(..).*$/, '$1$2$3$4$5');
    world.clock.set(SAMPLE_TIME);
    expect(await world.ask('makeRoomCard', { endTime: clocks(0) })).toMatchObject({
      status: 400,
      message: 'endTime has passed; send a later one, in the time zone of the property.',
    });
    expect((await world.ask('makeRoomCard', { endTime: clocks(2) })).status).toBe(200);
  });
});
