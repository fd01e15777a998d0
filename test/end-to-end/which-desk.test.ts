import { join } from 'node:path';
import { diskCardBox, preparedCard } from '@keyrack/agent';
import { BLANK } from '@keyrack/protocol';
import { DEMO_EMAIL } from '@keyrack/server/demo/people.ts';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { INSTALLATION } from '@keyrack/server/domain/audit.ts';
import { describe, expect, test } from 'vitest';
import { MEMBER, propertyForEachTest } from '../world/property-for-each-test.ts';
import { CANCEL, postForm, SUCCESS } from '../world/room-card-client.ts';
import { LOBBY_ENCODER } from '../world/template.ts';
import { until } from '../world/until.ts';

/** Who a request is for, and which desk carries it out. */

const world = propertyForEachTest();

/** The card of a room with lock type RFLOCK-V9, which lies on the second encoder. */
const RFLOCK = serialOf('04A16E2A915580');
const QRLOCK = serialOf('04B27F3B926681');

describe('the creator', () => {
  test('may be named by e-mail, in any case, with the signature that is published for it', async () => {
    await world.open();
    const { creatorAreaCode: _area, creatorMobile: _mobile, ...fields } = CANCEL;
    const sig = '6a9c77bc3252025bfc02c67f49b833ad';
    const form = new URLSearchParams({ ...fields, creatorEmail: DEMO_EMAIL.toUpperCase(), sig }).toString();
    expect((await postForm(`${world.property.url}/Home/Qrm/cancelCard`, form)).body).toBe(SUCCESS);
    expect(world.property.rows('operations')).toMatchObject([{ memberId: world.property.hotel.member.id }]);
  });

  test('is the one of the mobile where an e-mail is sent as well', async () => {
    await world.open();
    expect((await world.property.cancel({ creatorEmail: world.property.hotel.porter.email ?? '' })).body).toBe(SUCCESS);
    expect(world.property.rows('operations')).toMatchObject([{ memberId: world.property.hotel.member.id }]);
  });
});

test('a sign-in that was idle for too long ends, the desk hears of it, and the audit log tells', async () => {
  await world.openProperty({ signInIdleMs: 1_000 });
  const { agent, signIn } = await world.property.openDesk();
  await signIn(MEMBER);
  await until('the desk hears of it', () => agent.desk.state().signedIn === null);
  expect(agent.desk.state().signInEnded).toMatchObject({ cause: 'sign-in-idle' });
  expect(world.property.rows('signIns')).toEqual([]);
  const log = world.property.rows('audit').filter(({ propertyId }) => propertyId !== INSTALLATION);
  expect(log.at(-1)).toMatchObject({
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
      const desk = await world.open();
      await desk.signIn(MEMBER);
      desk.cards.place(serial, { encoder: PUBLISHED.secondEncoder });
      const answer = await world.property.cancel({ operateCardType, serialNum: serial, issueMac: PUBLISHED.encoder });
      expect(answer.body).toBe(SUCCESS);
      expect(desk.contentOf(serial)).toBe(BLANK);
      expect(world.property.rows('operations')).toMatchObject([
        { encoder: PUBLISHED.secondEncoder, state: 'succeeded' },
      ]);
    },
  );

  test('go to the newest sign-in of the member, and the one before ends', async () => {
    const desk = await world.open();
    const folder = join(world.property.folders.agent, 'lobby');
    const plastic = world.property.hotel.desk.plastics.find(({ serial }) => serial === RFLOCK);
    if (plastic === undefined) throw new Error('the card is missing');
    desk.cards.remove(PUBLISHED.secondEncoder);
    diskCardBox(join(folder, 'cards')).keep({
      ...preparedCard(RFLOCK, plastic.chip, plastic.content, plastic.key),
      lyingOn: LOBBY_ENCODER,
    });
    const lobby = await world.property.openDesk({
      identity: world.property.hotel.lobby,
      encoders: [{ mac: LOBBY_ENCODER, name: 'Lobby', forSignedIn: true }],
      folder,
    });
    await desk.signIn(MEMBER);
    await lobby.signIn(MEMBER);
    await until('the first desk hears of it', () => desk.agent.desk.state().signedIn === null);

    expect((await world.property.cancel({ operateCardType: '2', serialNum: RFLOCK, issueMac: '' })).body).toBe(SUCCESS);
    expect(world.property.rows('operations')).toMatchObject([
      { encoder: LOBBY_ENCODER, agentId: world.property.hotel.lobby.agent },
    ]);
    expect(lobby.contentOf(RFLOCK)).toBe(BLANK);
    expect(desk.use).toEqual({ connects: 0, writes: 0 });
  });
});
