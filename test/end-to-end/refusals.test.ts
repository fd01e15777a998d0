import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { AGENT_RETURN } from '@keyrack/server/domain/limits.ts';
import { describe, expect, test } from 'vitest';
import { passingClock } from '../world/passing-clock.ts';
import { MEMBER, propertyForEachTest } from '../world/property-for-each-test.ts';
import { CANCEL, type Fields, postForm, refusal, signed } from '../world/room-card-client.ts';
import { until } from '../world/until.ts';

/**
 * Everything that cancelCard refuses before a card is asked for, and at the last moment, over HTTP against a running
 * server with a front desk, each with its exact body (docs/room-card-api.md). For the rest see cancels-under-way.test.ts.
 */

const world = propertyForEachTest();

const body = async (changes?: Fields) => (await world.property.cancel(changes)).body;
const post = async (form: string) => (await postForm(`${world.property.url}/Home/Qrm/cancelCard`, form)).body;

const cancelled = (message: string) => refusal(6200, 'Cancelled card error', message);
const parameter = (message: string) => refusal(400, 'Parameter error', message);
const SIGNATURE = refusal(
  403,
  'Signature error',
  'Account and signature do not agree; check accountSid and authToken, and sign every value as it is sent.',
);
const PROPERTY = refusal(
  5001,
  'Community data exception',
  'This account may not act for that property; check the property number, or have it allowed under Developers in the console, or with `keyrack accounts allow`.',
);
const CREATOR = refusal(
  4011,
  'Creator or password error',
  'The creator is not known here or the password is wrong; check both and send again.',
);
const PERMISSION = refusal(
  4013,
  'Issuing permission is off',
  'The issuing permission is off; an administrator turns it on under Members in the console, or with `keyrack members permit`.',
);
const SUSPENDED = refusal(
  4007,
  'Application is not certified',
  'This developer account is suspended; the operator of this server enables it under Developers in the console, or with `keyrack accounts resume`.',
);
const NOT_SIGNED_IN = cancelled('This member is not signed in at any front desk; sign in at the agent and send again.');
const TYPE_2: Fields = { operateCardType: '2', serialNum: '04A16E2A915580', issueMac: '' };

describe('a request that is not understood', () => {
  test('has a parameter missing: the answer names it', async () => {
    await world.open();
    for (const name of ['accountSid', 'communityNo', 'serialNum', 'creatorPassword', 'operateCardType', 'issueMac']) {
      expect(await body({ [name]: '' })).toBe(parameter(`${name} is missing; send it.`));
    }
    const unsigned = new URLSearchParams(CANCEL).toString();
    expect(await post(unsigned)).toBe(parameter('sig is missing; send it.'));
    expect(await body({ creatorMobile: '' })).toBe(
      parameter('creatorMobile is missing; send creatorAreaCode and creatorMobile together, or neither.'),
    );
    expect(await body({ creatorMobile: '', creatorAreaCode: '' })).toBe(
      parameter('The creator is missing; send creatorAreaCode and creatorMobile, or creatorEmail.'),
    );
    expect(world.operations()).toEqual([]);
  });

  test('has a parameter twice', async () => {
    await world.open();
    expect(await post(`${signed(CANCEL)}&serialNum=4567`)).toBe(
      parameter('serialNum is there more than once; send it once.'),
    );
  });

  test('has a parameter in another format', async () => {
    await world.open();
    expect(await body({ operateCardType: '5' })).toBe(
      parameter('operateCardType must be 2, 3 or 4; correct it, and sign the value that you send.'),
    );
  });
});

describe('somebody who may not ask', () => {
  test('signs wrongly or names an unknown account: both read the same, and nothing is written', async () => {
    const desk = await world.open();
    const before = world.property.rows('audit').length;
    const [first = '', ...rest] = [...(new URLSearchParams(signed(CANCEL)).get('sig') ?? '')];
    const sig = (first === '0' ? '1' : '0') + rest.join('');
    expect(await post(new URLSearchParams({ ...CANCEL, sig }).toString())).toBe(SIGNATURE);
    expect(await body({ accountSid: '0'.repeat(32) })).toBe(SIGNATURE);
    expect(world.property.rows('audit')).toHaveLength(before);
    expect(world.operations()).toEqual([]);
    expect(desk.use).toEqual({ connects: 0, writes: 0 });
  });

  test("names another account's property, or one that nobody has", async () => {
    await world.open();
    expect(await body({ communityNo: world.property.hotel.otherProperty.number })).toBe(PROPERTY);
    expect(await body({ communityNo: '3000000003' })).toBe(PROPERTY);
    const { account, token } = world.property.hotel.otherAccount;
    expect(await post(signed({ ...CANCEL, accountSid: account.sid }, token))).toBe(PROPERTY);
  });

  test('names an unknown creator, or the wrong password', async () => {
    await world.open();
    expect(await body({ creatorMobile: '19999999999' })).toBe(CREATOR);
    expect(await body({ creatorPassword: 'f'.repeat(32) })).toBe(CREATOR);
  });

  test('is a member without issuing permission, who learns nothing of any card', async () => {
    await world.open();
    const porter = { creatorMobile: world.property.hotel.porter.mobile ?? '' };
    for (const serialNum of ['4567', '0000', 'XYZ']) expect(await body({ ...porter, serialNum })).toBe(PERMISSION);
  });

  test('is a member who is not active any more', async () => {
    await world.open();
    const { member } = world.property.hotel;
    await world.property.put({ table: 'members', row: { ...member, active: false, version: member.version + 1 } });
    expect(await body()).toBe(
      refusal(
        4012,
        'Creator is not active',
        'This member is no longer active; an administrator changes that under Members in the console, or with `keyrack members activate`.',
      ),
    );
  });

  test('is a suspended account', async () => {
    await world.open();
    await world.property.put({ table: 'accounts', row: { ...world.property.hotel.account, state: 'suspended' } });
    expect(await body()).toBe(SUSPENDED);
  });
});

describe('a card that cannot be meant', () => {
  test('is unknown to the property', async () => {
    await world.open();
    const unknown = cancelled(
      'No card with this serial belongs to the property; read the card and send the serial it shows.',
    );
    expect(await body({ serialNum: '89ABCDEF' })).toBe(unknown);
    expect(await body({ serialNum: 'NOTHEX' })).toBe(unknown);
  });

  test('was never issued', async () => {
    await world.open();
    const [card] = world.property.rows('cards').filter(({ serial }) => serial === PUBLISHED.serial);
    if (card === undefined) throw new Error('the published card is missing');
    await world.property.put({ table: 'cards', row: { ...card, serial: serialOf('8F42E9D3'), recordId: null } });
    expect(await body({ serialNum: '8F42E9D3' })).toBe(cancelled('This card holds no room to cancel; issue it first.'));
  });

  test('belongs to a room with another lock type', async () => {
    const desk = await world.open();
    await desk.signIn(MEMBER);
    const expected = cancelled("operateCardType doesn't fit the room's lock type; send 4 for QRBLOCK.");
    expect(await body({ operateCardType: '2' })).toBe(expected);
    expect(await body({ operateCardType: '3' })).toBe(expected);
    expect(await body({ serialNum: '04A16E2A915580' })).toBe(
      cancelled("operateCardType doesn't fit the room's lock type; send 2 for RFLOCK-V9."),
    );
  });
});

describe('an encoder that cannot do it', () => {
  test('is unknown to the property', async () => {
    await world.open();
    expect(await body({ issueMac: '000000000000' })).toBe(
      cancelled('No encoder with this MAC belongs to the property; ask for the list of encoders.'),
    );
  });

  test('is offline: the operation is rejected at once', async () => {
    const clock = passingClock();
    await world.openProperty({ parts: { clock } });
    clock.pass(AGENT_RETURN.sinceStartMs);
    const answer = await world.property.cancel();
    expect(answer.body).toBe(
      cancelled('The encoder is not connected; plug it in, see that the agent runs on its computer, and send again.'),
    );
    expect(world.operations()).toMatchObject([{ id: answer.operationId, state: 'rejected', cause: 'encoder-offline' }]);
  });

  test('belongs to a suspended agent', async () => {
    const desk = await world.open();
    const agent = world.property.rows('agents').find(({ id }) => id === world.property.hotel.desk.agent);
    if (agent === undefined) throw new Error('the agent is missing');
    await world.property.put({ table: 'agents', row: { ...agent, state: 'suspended' } });
    expect(await body()).toBe(
      cancelled(
        'The agent of this encoder is suspended; an administrator pairs it anew under Front desks in the console, or with `keyrack agents pair --replaces ID`.',
      ),
    );
    expect(desk.use.connects).toBe(0);
  });

  test('has one operation under way and four waiting: the sixth is refused at once', async () => {
    const desk = await world.openWithoutCard();
    const serials = ['4567', '42873467', '9A3C51E0', '04C3804C937782', '04D4915D948883'];
    const hangUp = new AbortController();
    const asked = serials.map((serialNum) => world.property.cancel({ serialNum }, hangUp.signal).catch(() => null));
    await world.waiting(5);
    const answer = await world.property.cancel({ serialNum: '6E31D8C2' });
    expect(answer).toMatchObject({
      body: cancelled('The encoder has too many requests waiting; send again when they are done.'),
      operationId: null,
    });
    hangUp.abort();
    await Promise.all(asked);
    expect(desk.use.connects).toBe(0);
  });

  test('is one where nobody, or not this member, is signed in, for card types 2 and 3', async () => {
    const desk = await world.open();
    expect(await body(TYPE_2)).toBe(NOT_SIGNED_IN);
    expect(await body({ ...TYPE_2, operateCardType: '3', serialNum: '04B27F3B926681' })).toBe(NOT_SIGNED_IN);
    await desk.signIn({ ...MEMBER, mobile: world.property.hotel.porter.mobile ?? '' });
    expect(await body(TYPE_2)).toBe(NOT_SIGNED_IN);
  });

  test('is not marked for card types 2 and 3', async () => {
    await world.openProperty();
    const desk = await world.property.openDesk({
      encoders: world.property.hotel.desk.encoders.map((each) => ({ ...each, forSignedIn: false })),
    });
    await desk.signIn(MEMBER);
    expect(await body(TYPE_2)).toBe(
      cancelled(
        'The agent where this member is signed in has no encoder marked for this card type; mark one under Front desks in the console, or with `keyrack encoders change --for-signed-in yes`.',
      ),
    );
  });
});

describe('between acceptance and grant', () => {
  const withdrawn: readonly (readonly [what: string, change: () => Promise<void>, answer: string])[] = [
    [
      'the permission is withdrawn',
      async () => {
        const { member } = world.property.hotel;
        await world.property.put({
          table: 'members',
          row: { ...member, issuingPermission: false, version: member.version + 1 },
        });
      },
      PERMISSION,
    ],
    [
      'the account is suspended',
      () => world.property.put({ table: 'accounts', row: { ...world.property.hotel.account, state: 'suspended' } }),
      SUSPENDED,
    ],
  ];

  test.each(withdrawn)('%s: nothing is written', async (_what, change, answer) => {
    const desk = await world.openWithoutCard();
    const asked = world.property.cancel();
    await world.waiting(1);
    await change();
    const before = desk.contentOf(PUBLISHED.serial);
    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect((await asked).body).toBe(answer);
    expect(desk.contentOf(PUBLISHED.serial)).toBe(before);
    expect(desk.use.writes).toBe(0);
    expect(world.operations()).toMatchObject([{ state: 'rejected', grant: null }]);
  });

  test('the member signs out: nothing is written', async () => {
    const desk = await world.open();
    desk.cards.remove(PUBLISHED.secondEncoder);
    await desk.signIn(MEMBER);
    const asked = world.property.cancel(TYPE_2);
    await world.waiting(1);
    await desk.agent.desk.signOut();
    desk.cards.place(serialOf('04A16E2A915580'), { encoder: PUBLISHED.secondEncoder });
    expect((await asked).body).toBe(NOT_SIGNED_IN);
    expect(desk.use.writes).toBe(0);
  });

  test('the person at the desk declines', async () => {
    const desk = await world.openWithoutCard();
    const asked = world.property.cancel();
    await until('the desk shows the prompt', () => desk.agent.desk.state().encoders.some(({ prompt }) => prompt));
    const [operation] = world.operations();
    expect(operation && desk.agent.desk.decline(operation.id)).toBe(true);
    expect((await asked).body).toBe(cancelled('It was declined at the front desk; send again if it is still wanted.'));
  });
});
