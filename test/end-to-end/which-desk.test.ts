import { join } from 'node:path';
import { diskCardBox, preparedCard } from '@keyrack/agent';
import type { Credentials } from '@keyrack/agent/desk/sign-in.ts';
import { BLANK } from '@keyrack/protocol';
import { DEMO_EMAIL } from '@keyrack/server/demo/people.ts';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type FrontDesk, type House, openHouse } from '../world/house.ts';
import { CANCEL, postForm, SUCCESS } from '../world/room-card-client.ts';
import { LOBBY_ENCODER, makeTemplate, type Template } from '../world/template.ts';
import { until } from '../world/until.ts';

/** Who a request is for, and which desk carries it out. */

let template: Template;
let house: House;

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());
afterEach(() => house.close());

async function open(): Promise<FrontDesk> {
  house = await openHouse(template);
  return house.openDesk();
}

const MEMBER: Credentials = {
  areaCode: PUBLISHED.areaCode,
  mobile: PUBLISHED.mobile,
  email: '',
  passwordMd5: PUBLISHED.passwordMd5,
};
/** The card of a room with lock type RFLOCK-V9, which lies on the second encoder. */
const RFLOCK = serialOf('04A16E2A915580');
const QRLOCK = serialOf('04B27F3B926681');

describe('the creator', () => {
  test('may be named by e-mail, in any case, with the signature that is published for it', async () => {
    await open();
    const { creatorAreaCode: _area, creatorMobile: _mobile, ...fields } = CANCEL;
    const sig = '6a9c77bc3252025bfc02c67f49b833ad';
    const form = new URLSearchParams({ ...fields, creatorEmail: DEMO_EMAIL.toUpperCase(), sig }).toString();
    expect((await postForm(`${house.url}/Home/Qrm/cancelCard`, form)).body).toBe(SUCCESS);
    expect(house.rows('operations')).toMatchObject([{ memberId: house.hotel.member.id }]);
  });

  test('is the one of the mobile where an e-mail is sent as well', async () => {
    await open();
    expect((await house.cancel({ creatorEmail: house.hotel.porter.email ?? '' })).body).toBe(SUCCESS);
    expect(house.rows('operations')).toMatchObject([{ memberId: house.hotel.member.id }]);
  });
});

test('a sign-in that was idle for too long ends, the desk hears of it, and the audit log tells', async () => {
  house = await openHouse(template, { signInIdleMs: 1_000 });
  const { agent, signIn } = await house.openDesk();
  await signIn(MEMBER);
  await until('the desk hears of it', () => agent.desk.state().signedIn === null);
  expect(agent.desk.state().signInEnded).toMatchObject({ cause: 'sign-in-idle' });
  expect(house.rows('signIns')).toEqual([]);
  expect(house.rows('audit').at(-1)).toMatchObject({
    action: 'member-signed-out',
    details: expect.stringContaining('"idle":true'),
  });
});

describe('card types 2 and 3', () => {
  test.each([
    ['2', RFLOCK],
    ['3', QRLOCK],
  ] as const)(
    '%s goes to the marked encoder where the member is signed in, whatever issueMac says',
    async (operateCardType, serial) => {
      const desk = await open();
      await desk.signIn(MEMBER);
      desk.cards.place(serial, { encoder: PUBLISHED.secondEncoder });
      const answer = await house.cancel({ operateCardType, serialNum: serial, issueMac: PUBLISHED.encoder });
      expect(answer.body).toBe(SUCCESS);
      expect(desk.contentOf(serial)).toBe(BLANK);
      expect(house.rows('operations')).toMatchObject([{ encoder: PUBLISHED.secondEncoder, state: 'succeeded' }]);
    },
  );

  test('go to the newest sign-in of the member, and the one before ends', async () => {
    const desk = await open();
    const folder = join(house.folders.agent, 'lobby');
    const plastic = house.hotel.desk.plastics.find(({ serial }) => serial === RFLOCK);
    if (plastic === undefined) throw new Error('the card is missing');
    desk.cards.remove(PUBLISHED.secondEncoder);
    diskCardBox(join(folder, 'cards')).keep({
      ...preparedCard(RFLOCK, plastic.chip, plastic.content, plastic.key),
      lyingOn: LOBBY_ENCODER,
    });
    const lobby = await house.openDesk({
      identity: house.hotel.lobby,
      encoders: [{ mac: LOBBY_ENCODER, name: 'Lobby', forSignedIn: true }],
      folder,
    });
    await desk.signIn(MEMBER);
    await lobby.signIn(MEMBER);
    await until('the first desk hears of it', () => desk.agent.desk.state().signedIn === null);

    expect((await house.cancel({ operateCardType: '2', serialNum: RFLOCK, issueMac: '' })).body).toBe(SUCCESS);
    expect(house.rows('operations')).toMatchObject([{ encoder: LOBBY_ENCODER, agentId: house.hotel.lobby.agent }]);
    expect(lobby.contentOf(RFLOCK)).toBe(BLANK);
    expect(desk.use).toEqual({ connects: 0, writes: 0 });
  });
});
