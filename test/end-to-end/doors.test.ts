import { randomBytes } from 'node:crypto';
import { preparedCard } from '@keyrack/agent';
import {
  type CardContent,
  contentOf,
  deriveCardKey,
  imageOf,
  openLockExport,
  programmerKeyOf,
  type Serial,
} from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SAMPLE_TIME } from '../conformance/testing/contract.ts';
import { type ContractProperty, openContractProperty } from '../conformance/testing/contract-property.ts';
import { ownerOf } from '../world/owner.ts';
import type { Fields } from '../world/room-card-client.ts';
import { cardOfOtherProperty, OTHER_HOUSE_KEY } from '../world/strange-cards.ts';
import { makeTemplate, type Template } from '../world/template.ts';

/**
 * What is told over HTTP is what the doors do: cards that are issued at a simulated encoder are held to the simulated
 * doors of the property, each with the reference lock. The time is that of the samples, and a test can set it.
 */

let template: Template;
let world: ContractProperty;

beforeAll(async () => {
  template = await makeTemplate(SAMPLE_TIME);
});
afterAll(() => template.remove());
beforeEach(async () => {
  world = await openContractProperty({ cardWaitSeconds: 1, answerWaitSeconds: 2 }, template);
});
afterEach(() => world.close());

const MINUTE = 60_000;
const ROOM = '001001R007';
const NEXT_ROOM = '001001R006';
const FIRST = serialOf('8F42E9D3');
const SECOND = serialOf('0418D59198CC87');
const THIRD = PUBLISHED.serial;

/** Puts the card on the encoder. */
const place = (serial: Serial) => void world.desk.cards.place(serial, { encoder: PUBLISHED.encoder });

/** Puts the card on the encoder and has it issued for the room; answers what was told of it. */
async function issue(serial: Serial, changes: Fields = {}) {
  place(serial);
  const told = await world.ask('makeRoomCard', changes);
  expect(told.body).toMatch(/^\{"status":200,/);
  return told.data;
}

async function knock(serial: Serial, door = ROOM): Promise<string> {
  const { opens, reason, text } = await world.desk.hands.knock(door, serial);
  return opens ? text : String(reason);
}

/** Puts another content on a card of the property. */
function rewrite(serial: Serial, content: CardContent, key = world.property.hotel.keyOf(serial)): void {
  const card = world.desk.cards.box.card(serial);
  if (card === undefined) throw new Error(`there is no card ${serial}`);
  if (card.lyingOn !== null) world.desk.cards.remove(card.lyingOn);
  world.desk.cards.box.keep(preparedCard(serial, card.chip, content, key));
}

describe('a card that was issued', () => {
  test('opens its room and the lobby, and tells at every other door why not', async () => {
    await issue(FIRST);
    expect([await knock(FIRST), await knock(FIRST, 'lobby')]).toEqual(['opens', 'opens']);
    const doors = (await world.desk.hands.doors()).filter(({ door, kind }) => kind === 'room' && door !== ROOM);
    expect(doors).toHaveLength(39);
    for (const { door } of doors) expect(`${door} ${await knock(FIRST, door)}`).toBe(`${door} other-room`);
  });

  test.each(['classic-1k', 'ultralight-ev1', 'ntag-213', 'ntag-215', 'ntag-216'] as const)(
    'may be a %s',
    async (chip) => {
      const serial = serialOf('0455667788AA90');
      await world.desk.hands.add(serial, chip);
      const { serialNum } = await issue(serial);
      expect([serialNum, await knock(serial)]).toEqual([serial, 'opens']);
      const read = await world.ask('readCard');
      expect(read.data).toMatchObject({ serialNum: serial, roomname: 'Garden Wing 107', state: 'active' });
    },
  );

  test('opens from ten minutes before its issue until its end, and not in the minute of it', async () => {
    await issue(FIRST, { endTime: '2005261200' });
    world.clock.set(SAMPLE_TIME - 11 * MINUTE);
    expect([await knock(FIRST), await knock(FIRST, 'lobby')]).toEqual(['not-yet-valid', 'not-yet-valid']);
    world.clock.set(SAMPLE_TIME - 9 * MINUTE);
    expect(await knock(FIRST)).toBe('opens');
    // The hotel's clocks are eight hours ahead.
    const end = Date.UTC(2020, 4, 26, 4);
    world.clock.set(end - 1_000);
    expect(await knock(FIRST)).toBe('opens');
    world.clock.set(end);
    expect([await knock(FIRST), await knock(FIRST, 'lobby')]).toEqual(['expired', 'expired']);
  });

  test('opens nothing when it is of another property, is changed, or lies on another chip', async () => {
    await issue(FIRST);
    const content = world.desk.contentOf(FIRST) as CardContent;
    const copy = serialOf('11223344');
    await world.desk.hands.copy(FIRST, copy);
    expect([await knock(copy), await knock(copy, 'lobby')]).toEqual(['copied', 'wrong-checksum']);

    const changed = imageOf(content);
    changed[20] = (changed[20] ?? 0) ^ 0x40;
    rewrite(FIRST, contentOf('keyed', changed));
    expect([await knock(FIRST), await knock(FIRST, 'lobby')]).toEqual(['wrong-checksum', 'wrong-checksum']);

    const key = deriveCardKey(OTHER_HOUSE_KEY, 1, FIRST);
    rewrite(FIRST, cardOfOtherProperty(world.property.hotel.otherProperty.id, FIRST, 'keyed'), key);
    expect([await knock(FIRST), await knock(FIRST, 'lobby')]).toEqual(['other-property', 'other-property']);
  });

  test('lets a door stay open with opentype 1, until it is used there again', async () => {
    await issue(FIRST, { opentype: '1' });
    expect([await knock(FIRST), await knock(FIRST)]).toEqual(['opens and stays open', 'opens']);
    expect(await knock(FIRST, 'lobby')).toBe('opens');
  });
});

describe('a card that was cancelled', () => {
  test('opens no door, and can be issued again, for another room too', async () => {
    await issue(FIRST);
    expect((await world.ask('cancelCard', { serialNum: FIRST })).body).toBe('{"status":200,"info":"success"}');
    expect([await knock(FIRST), await knock(FIRST, 'lobby')]).toEqual(['blank', 'blank']);
    expect((await world.ask('readCard')).data).toMatchObject({ serialNum: FIRST, roomname: '', state: '' });
    expect((await world.ask('queryByRoom', { recordType: '2' })).status, 'a blank card is no room’s').toBe(5118);

    await issue(FIRST, { roomNo: 'R006' });
    expect([await knock(FIRST, NEXT_ROOM), await knock(FIRST)]).toEqual(['opens', 'other-room']);
    expect((await world.ask('cancelCard', { serialNum: FIRST })).status).toBe(200);
    expect(await knock(FIRST, NEXT_ROOM)).toBe('blank');
  });
});

describe('a later guest', () => {
  test('ends the earlier one at the first use of the new card, and answer and records tell until when', async () => {
    await issue(FIRST, { owner: 'Ada', endTime: '2005301200' });
    expect(await knock(FIRST)).toBe('opens');
    const told = await issue(SECOND, { owner: 'Ben', endTime: '2006011200' });
    expect(told.superseded).toContainEqual({ serialNum: FIRST, mayOpenUntil: '2005301200' });
    expect(await knock(FIRST), 'the lock has not heard of it').toBe('opens');
    expect(await knock(SECOND)).toBe('opens');
    expect([await knock(FIRST), await knock(SECOND)]).toEqual(['superseded', 'opens']);

    place(FIRST);
    expect((await world.ask('readCard')).data).toMatchObject({ serialNum: FIRST, state: 'superseded' });
    const records = (await world.ask('queryByRoom', { recordType: '4' })).data;
    expect(records).toContainEqual(expect.objectContaining({ serialNum: FIRST, owner: 'Ada', endtime: '2005301200' }));
  });

  test('who gets the very card of the earlier one leaves nothing that opens until its end', async () => {
    await issue(FIRST, { owner: 'Ada', endTime: '2005301200' });
    const told = await issue(FIRST, { owner: 'Ben', endTime: '2006011200' });
    expect(told.superseded.map(({ serialNum }: { serialNum: string }) => serialNum)).not.toContain(FIRST);
    const records = (await world.ask('queryByRoom', { recordType: '4' })).data;
    const now = '2005251202';
    expect(records).toContainEqual(expect.objectContaining({ serialNum: FIRST, owner: 'Ada', endtime: now }));
  });

  test('with isLost ends every earlier card of the room at its first use, the same guest’s too', async () => {
    await issue(FIRST, { owner: 'Ada' });
    await issue(SECOND, { owner: 'Ada' });
    expect([await knock(FIRST), await knock(SECOND)]).toEqual(['opens', 'opens']);
    await issue(THIRD, { owner: 'Ada', isLost: '1' });
    expect([await knock(FIRST), await knock(SECOND)]).toEqual(['opens', 'opens']);
    expect(await knock(THIRD)).toBe('opens');
    expect([await knock(FIRST), await knock(SECOND)]).toEqual(['loss-reported', 'loss-reported']);
    place(FIRST);
    expect((await world.ask('readCard')).data.state).toBe('lost');
  });
});

/**
 * Whose card a new one is (docs/room-card-api.md, "Issue a card"): a second card is given out and used; does the first one
 * still open?
 */
describe('whose card it is', () => {
  const ADAS_PHONE = { ownerAreaCode: '86', ownerMobile: '13800000001' };
  const BENS_PHONE = { ownerAreaCode: '86', ownerMobile: '13800000002' };
  const LATER = { endTime: '2006051200' };

  test.each<[what: string, first: Fields, second: Fields, sameGuest: boolean]>([
    ['phones are equal, whatever the names', { ...ADAS_PHONE, owner: 'Ada' }, { ...ADAS_PHONE, owner: 'A.' }, true],
    ['phones are equal, for an extension', ADAS_PHONE, { ...ADAS_PHONE, ...LATER }, true],
    ['names are equal, for an extension', { owner: 'Ada' }, { owner: 'Ada', ...LATER }, true],
    ['names are equal, and a phone is new', { owner: 'Ada' }, { ...ADAS_PHONE, owner: 'Ada' }, true],
    ['names are another', { owner: 'Ada' }, { owner: 'Ben' }, false],
    ['phones and names are another', { ...ADAS_PHONE, owner: 'Ada' }, { ...BENS_PHONE, owner: 'Ben' }, false],
    ['a name is sent for a card that has none', {}, { owner: 'Ada' }, false],
    ['no name is sent for a card that has one', { owner: 'Ada' }, {}, false],
    ['nobody is named, and the ends are equal: the second key of a couple', {}, {}, true],
    ['nobody is named, and the ends are another', {}, LATER, false],
    ['the same guest, but with isLost', { owner: 'Ada' }, { owner: 'Ada', isLost: '1' }, false],
  ])('%s', async (_what, first, second, sameGuest) => {
    await issue(FIRST, first);
    const told = await issue(SECOND, second);
    const superseded = told.superseded.map(({ serialNum }: { serialNum: string }) => serialNum);
    expect(superseded.includes(FIRST)).toBe(!sameGuest);
    expect(await knock(SECOND)).toBe('opens');
    expect(await knock(FIRST)).toBe(sameGuest ? 'opens' : second.isLost === '1' ? 'loss-reported' : 'superseded');
  });
});

const owner = () => ownerOf(world.property.folders.server);

describe('a card that the guest kept', () => {
  const retire = (serial: Serial) => owner().cards.retire({ property: PUBLISHED.propertyNumber, card: serial });

  test('is retired without hardware, and it is told until when it may still open', async () => {
    await issue(FIRST, { endTime: '2005301200' });
    world.desk.cards.remove(PUBLISHED.encoder);
    const { ...use } = world.desk.use;
    const mayOpenUntil = new Date(Date.UTC(2020, 4, 30, 4)).toISOString();
    expect(await retire(FIRST)).toEqual({ serial: FIRST, mayOpenUntil });
    expect(world.desk.use).toEqual(use);
    expect(await knock(FIRST)).toBe('opens');
    const records = (await world.ask('queryByRoom', { recordType: '4' })).data;
    expect(records).toContainEqual(expect.objectContaining({ serialNum: FIRST, endtime: '2005301200' }));
    // Should it turn up again, it is known for what it is.
    place(FIRST);
    expect((await world.ask('readCard')).data).toMatchObject({ roomname: 'Garden Wing 107', state: 'lost' });
    expect((await world.ask('cancelCard', { serialNum: FIRST })).status).toBe(200);
    expect(await knock(FIRST)).toBe('blank');
  });

  test('in the middle of a write may open until the end of either, and the write is written off', async () => {
    await issue(FIRST, { owner: 'Ada', endTime: '2005301200' });
    world.desk.cards.remove(PUBLISHED.encoder);
    world.desk.cards.tear(FIRST, 2, 'new');
    place(FIRST);
    expect((await world.ask('makeRoomCard', { owner: 'Ada', endTime: '2006301200' })).status).toBe(6209);
    const mayOpenUntil = new Date(Date.UTC(2020, 5, 30, 4)).toISOString();
    expect(await retire(FIRST)).toEqual({ serial: FIRST, mayOpenUntil });
    expect(world.property.rows('operations').at(-1)).toMatchObject({ kind: 'issue', state: 'written-off' });
    const states = world.property.rows('cardRecords').filter(({ serial }) => serial === FIRST);
    expect(states.map(({ status }) => status)).toEqual(['lost', 'lost']);
    expect(await retire(FIRST), 'again').toEqual({ serial: FIRST, mayOpenUntil });
  });

  test('is not retired once it is back and erased', async () => {
    await issue(FIRST);
    await world.ask('cancelCard', { serialNum: FIRST });
    await expect(retire(FIRST)).rejects.toThrow('This card is blank, or was never issued; there is nothing to retire.');
    expect(world.property.rows('cardRecords').find(({ serial }) => serial === FIRST)?.status).toBe('cancelled');
  });
});

describe('a new key of the property', () => {
  const secret = randomBytes(32);
  const property = PUBLISHED.propertyNumber;
  const rotate = () => owner().call('rotateCardKey', { property, force: true });

  /** Programs a door with what the server exports for it; null for the shared doors. */
  async function program(door: string, roomNo: string | null): Promise<readonly number[]> {
    const room = world.property.rows('rooms').find(({ joinedNo }) => joinedNo === `001001${roomNo}`)?.id ?? null;
    const recipient = programmerKeyOf(secret);
    const { sealed } = await owner().call('exportLock', { property, room, recipient });
    const lock = openLockExport(sealed ?? '', secret);
    if (lock === null) throw new Error("the export can't be opened");
    return (await world.desk.hands.program(door, lock)).versions;
  }

  test('is for the cards from now on; doors take the current and the previous one once they are programmed', async () => {
    await issue(FIRST);
    await rotate();
    await issue(SECOND);
    expect([await knock(FIRST), await knock(SECOND)]).toEqual(['opens', 'unknown-key-version']);

    expect([await program(ROOM, 'R007'), await program('lobby', null)]).toEqual([
      [2, 1],
      [2, 1],
    ]);
    expect([await knock(FIRST), await knock(SECOND)]).toEqual(['opens', 'opens']);
    expect([await knock(FIRST, 'lobby'), await knock(SECOND, 'lobby')]).toEqual(['opens', 'opens']);
    for (const serial of [FIRST, SECOND]) {
      place(serial);
      expect((await world.ask('readCard')).data).toMatchObject({ serialNum: serial, state: 'active' });
    }

    await rotate();
    await program(ROOM, 'R007');
    await program('lobby', null);
    expect([await knock(FIRST), await knock(SECOND)]).toEqual(['unknown-key-version', 'opens']);
    expect(await knock(FIRST, 'lobby')).toBe('unknown-key-version');
    place(FIRST);
    expect((await world.ask('cancelCard', { serialNum: FIRST })).status, 'it can still be erased').toBe(200);
  });

  test('is given out to one person, and the audit log says to whom', async () => {
    await issue(FIRST);
    await program(ROOM, 'R007');
    await program('lobby', null);
    const exports = world.property.rows('audit').filter(({ action }) => action === 'lock-exported');
    expect(exports.map(({ details }) => JSON.parse(details))).toEqual([
      expect.objectContaining({ lockNumber: 7, versions: [1], recipient: programmerKeyOf(secret) }),
      expect.objectContaining({ shared: true, versions: [1], recipient: programmerKeyOf(secret) }),
    ]);
    expect(JSON.stringify(exports)).not.toMatch(/"key"/);
  });

  test('comes with the sequence of the last card, so that a lock that lost its memory keeps earlier guests out', async () => {
    await issue(FIRST, { owner: 'Ada' });
    await issue(SECOND, { owner: 'Ben' });
    expect(await knock(FIRST)).toBe('opens');
    await program(ROOM, 'R007');
    expect([await knock(FIRST), await knock(SECOND)]).toEqual(['superseded', 'opens']);
  });

  test('keeps the guest in the room whose next guest was never given a card', async () => {
    await issue(FIRST, { owner: 'Ada' });
    world.desk.cards.remove(PUBLISHED.encoder);
    world.desk.cards.tear(SECOND, 2, 'old');
    place(SECOND);
    expect((await world.ask('makeRoomCard', { owner: 'Ben' })).status).toBe(6209);
    await program(ROOM, 'R007');
    expect(await knock(FIRST)).toBe('opens');
  });
});
