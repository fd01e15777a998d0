import { preparedCard } from '@keyrack/agent';
import { BLANK } from '@keyrack/protocol';
import { createKeyrack, isOperationFailed, isOperationOpen } from '@keyrack/sdk';
import { createRoomCards, isRoomCardFailure, ROOM_CARD_STATUS } from '@keyrack/sdk/room-card';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { STATUS_CODES } from '@keyrack/server/roomcard/status-codes.ts';
import { drawToken } from '@keyrack/server/runtime/draw-token.ts';
import { apiKeyRow } from '@keyrack/server/testing/rest-world.ts';
import { describe, expect, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';

/** Cards through both clients of the SDK, at a front desk with simulated encoders. */

const world = propertyForEachTest({ cardWaitSeconds: 2, answerWaitSeconds: 4 });
const property = PUBLISHED.propertyNumber;
const NEW = serialOf('8F42E9D3');

async function client() {
  const key = drawToken();
  await world.property.put(apiKeyRow(key, { scopes: ['cards'], properties: [world.template.hotel.property.id] }));
  return createKeyrack({ url: world.property.url, key });
}
const encoder = () => world.property.rows('encoders').find(({ mac }) => mac === PUBLISHED.encoder)?.id as number;
const room = () => world.property.rows('rooms').find(({ lockType }) => lockType === 'QRMLOCK')?.id as string;
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

describe('over /v1', () => {
  test('a card is issued, read and cancelled, each waited for', async () => {
    const desk = await world.openWithoutCard();
    const keyrack = await client();
    desk.cards.box.keep(preparedCard(NEW, 'classic-1k', BLANK));
    desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    const issued = await keyrack.carryOut({
      ...{ property, encoder: encoder(), kind: 'issue', mode: 'new', room: room(), validUntil },
      holder: { name: 'Ada' },
    });
    expect(issued.serial).toBe(NEW);
    const read = await keyrack.carryOut({ property, encoder: encoder(), kind: 'read' });
    expect(read.reading).toMatchObject({ state: 'active', differences: [] });
    await keyrack.carryOut({ property, encoder: encoder(), kind: 'cancel', serial: NEW });
    expect(desk.contentOf(NEW)).toBe(BLANK);
  });

  test('a card that never comes is a failure with its cause; one that is not waited for long enough is open', async () => {
    await world.openWithoutCard();
    const keyrack = await client();
    const open = await failure(keyrack.carryOut({ property, encoder: encoder(), kind: 'read' }, { limitMs: 1 }));
    if (!isOperationOpen(open)) throw open;
    const late = await failure(keyrack.waitForOperation({ property, operation: open.operation.id }));
    expect(isOperationFailed(late, 'no-card')).toBe(true);
    expect((late as Error).message).toMatch(/put/);
  });
});

describe('over the room-card API', () => {
  const roomCards = () =>
    createRoomCards({
      url: world.property.url,
      accountSid: PUBLISHED.accountSid,
      authToken: PUBLISHED.authToken,
    });
  const asked = {
    communityNo: property,
    issueMac: PUBLISHED.encoder,
    creatorAreaCode: PUBLISHED.areaCode,
    creatorMobile: PUBLISHED.mobile,
    creatorPassword: PUBLISHED.passwordMd5,
  } as const;
  const where = { buildNo: '001', floorNo: '001', roomNo: 'R007' } as const;

  test('each of its endpoints takes what the client signs, and answers as the types say', async () => {
    const desk = await world.openWithoutCard();
    const client = roomCards();
    expect(await client.getMacList({ communityNo: property })).toContainEqual({
      id: expect.any(String),
      mac: PUBLISHED.encoder,
    });
    const { builders } = await client.fetchRoomInfo({ communityNo: property });
    expect(builders[0]?.floors[0]?.rooms[0]).toMatchObject({ num: 'R001', locktype: 'QRMLOCK' });

    desk.cards.box.keep(preparedCard(NEW, 'classic-1k', BLANK));
    desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
    const issued = await client.makeRoomCard({ ...asked, ...where, endTime: '9912312359', owner: '艾达 & Co' });
    expect(issued).toMatchObject({ serialNum: NEW, id: expect.any(String) });
    const read = await client.readCard({ ...asked, operateCardType: '4' });
    expect(read).toMatchObject({ serialNum: NEW, state: 'active' });
    const day = new Date(Date.now());
    const dates = [-1, 1].map((days) => new Date(day.getTime() + days * 86_400_000).toISOString().slice(0, 10));
    const [startDate = '', endDate = ''] = dates;
    const ofRoom = { communityNo: property, ...where, startDate, endDate };
    const records = await client.queryByRoom({ ...ofRoom, recordType: '1' });
    expect(records).toContainEqual(expect.objectContaining({ serialNum: NEW, owner: '艾达 & Co' }));
    expect(await client.cancelCard({ ...asked, operateCardType: '4', serialNum: NEW })).toBeUndefined();
    expect(desk.contentOf(NEW)).toBe(BLANK);
    expect(await client.queryByRoom({ ...ofRoom, roomNo: 'NONE', recordType: '1' })).toEqual([]);
  });

  test('what it refuses is a failure with its reason', async () => {
    await world.openWithoutCard();
    const { url } = world.property;
    const { accountSid } = PUBLISHED;
    const wrong = createRoomCards({ url, accountSid, authToken: 'wrong' });
    const signature = await failure(wrong.getMacList({ communityNo: property }));
    expect(isRoomCardFailure(signature, 'signature')).toBe(true);
    const noCard = await failure(roomCards().cancelCard({ ...asked, operateCardType: '4', serialNum: 'CAFE' }));
    expect(isRoomCardFailure(noCard, 'cancel-failed')).toBe(true);
  });

  test('the reasons are those of the server, and no other', () => {
    const { success: _, ...failures } = STATUS_CODES;
    const codes = Object.fromEntries(Object.entries(failures).map(([name, { status }]) => [name, status]));
    expect(ROOM_CARD_STATUS).toEqual(codes);
  });
});
