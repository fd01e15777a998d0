import { factoryCard } from '@keyrack/agent';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type FrontDesk, type House, type HouseOptions, openHouse } from '../world/house.ts';
import { openProcessesHouse } from '../world/processes-house.ts';
import { CANCEL, type Fields, postForm, refusal, SUCCESS, signed } from '../world/room-card-client.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { until } from '../world/until.ts';

/**
 * Everything that cancelCard refuses, over HTTP against a running server with a front desk, each with its exact body
 * (docs/room-card-api.md).
 */

let template: Template;
let house: House;

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());
afterEach(() => house.close());

/** A house whose published card lies on its encoder, as in the demonstration. */
async function open(options: HouseOptions = {}): Promise<FrontDesk> {
  house = await openHouse(template, options);
  return house.openDesk();
}

async function openWithoutCard(options: HouseOptions = {}): Promise<FrontDesk> {
  const desk = await open(options);
  desk.cards.remove(PUBLISHED.encoder);
  return desk;
}

const operations = () => house.rows('operations');
const waiting = (count: number) =>
  until(`${count} operations wait`, () => operations().filter(({ state }) => state === 'accepted').length === count);
const body = async (changes?: Fields) => (await house.cancel(changes)).body;
const post = async (form: string) => (await postForm(`${house.url}/Home/Qrm/cancelCard`, form)).body;

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
  'This account may not act for that property; check the property number and the account.',
);
const CREATOR = refusal(
  4011,
  'Creator or password error',
  'The creator is not known here or the password is wrong; check both and send again.',
);
const PERMISSION = refusal(
  4013,
  'Issuing permission is off',
  'The issuing permission is off; an administrator can turn it on in member management.',
);
const SUSPENDED = refusal(
  4007,
  'Application is not certified',
  'This developer account is suspended; ask the operator of this server to enable it.',
);
const NOT_SIGNED_IN = cancelled('This member is not signed in at any front desk; sign in at the agent and send again.');
const TYPE_2: Fields = { operateCardType: '2', serialNum: '04A16E2A915580', issueMac: '' };

describe('a request that is not understood', () => {
  test('has a parameter missing: the answer names it', async () => {
    await open();
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
    expect(operations()).toEqual([]);
  });

  test('has a parameter twice', async () => {
    await open();
    expect(await post(`${signed(CANCEL)}&serialNum=4567`)).toBe(
      parameter('serialNum is there more than once; send it once.'),
    );
  });

  test('has a parameter in another format', async () => {
    await open();
    expect(await body({ operateCardType: '5' })).toBe(
      parameter('operateCardType must be 2, 3 or 4; correct it, and sign the value that you send.'),
    );
  });
});

describe('somebody who may not ask', () => {
  test('signs wrongly or names an unknown account: both read the same, and nothing is written', async () => {
    const desk = await open();
    const before = house.rows('audit').length;
    const [first = '', ...rest] = [...(new URLSearchParams(signed(CANCEL)).get('sig') ?? '')];
    const sig = (first === '0' ? '1' : '0') + rest.join('');
    expect(await post(new URLSearchParams({ ...CANCEL, sig }).toString())).toBe(SIGNATURE);
    expect(await body({ accountSid: '0'.repeat(32) })).toBe(SIGNATURE);
    expect(house.rows('audit')).toHaveLength(before);
    expect(operations()).toEqual([]);
    expect(desk.use).toEqual({ connects: 0, writes: 0 });
  });

  test("names another account's property, or one that nobody has", async () => {
    await open();
    expect(await body({ communityNo: house.hotel.otherProperty.number })).toBe(PROPERTY);
    expect(await body({ communityNo: '3000000003' })).toBe(PROPERTY);
    const { account, token } = house.hotel.otherAccount;
    expect(await post(signed({ ...CANCEL, accountSid: account.sid }, token))).toBe(PROPERTY);
  });

  test('names an unknown creator, or the wrong password', async () => {
    await open();
    expect(await body({ creatorMobile: '19999999999' })).toBe(CREATOR);
    expect(await body({ creatorPassword: 'f'.repeat(32) })).toBe(CREATOR);
  });

  test('is a member without issuing permission, who learns nothing of any card', async () => {
    await open();
    const porter = { creatorMobile: house.hotel.porter.mobile ?? '' };
    for (const serialNum of ['4567', '0000', 'XYZ']) expect(await body({ ...porter, serialNum })).toBe(PERMISSION);
  });

  test('is a member who is not active any more', async () => {
    await open();
    const { member } = house.hotel;
    await house.put({ table: 'members', row: { ...member, active: false, version: member.version + 1 } });
    expect(await body()).toBe(
      refusal(4012, 'Creator is not active', 'This member is no longer active; ask an administrator of the property.'),
    );
  });

  test('is a suspended account', async () => {
    await open();
    await house.put({ table: 'accounts', row: { ...house.hotel.account, state: 'suspended' } });
    expect(await body()).toBe(SUSPENDED);
  });
});

describe('a card that cannot be meant', () => {
  test('is unknown to the property', async () => {
    await open();
    const unknown = cancelled(
      'No card with this serial belongs to the property; read the card and send the serial it shows.',
    );
    expect(await body({ serialNum: '89ABCDEF' })).toBe(unknown);
    expect(await body({ serialNum: 'NOTHEX' })).toBe(unknown);
  });

  test('was never issued', async () => {
    await open();
    const [card] = house.rows('cards').filter(({ serial }) => serial === PUBLISHED.serial);
    if (card === undefined) throw new Error('the published card is missing');
    await house.put({ table: 'cards', row: { ...card, serial: serialOf('8F42E9D3'), recordId: null } });
    expect(await body({ serialNum: '8F42E9D3' })).toBe(cancelled('This card holds no room to cancel; issue it first.'));
  });

  test('belongs to a room with another lock type', async () => {
    const desk = await open();
    await desk.signIn(frontDesk());
    const expected = cancelled("operateCardType doesn't fit the room's lock type; send 4 for QRBLOCK.");
    expect(await body({ operateCardType: '2' })).toBe(expected);
    expect(await body({ operateCardType: '3' })).toBe(expected);
    expect(await body({ serialNum: '04A16E2A915580' })).toBe(
      cancelled("operateCardType doesn't fit the room's lock type; send 2 for RFLOCK-V9."),
    );
  });
});

function frontDesk() {
  return { areaCode: PUBLISHED.areaCode, mobile: PUBLISHED.mobile, email: '', passwordMd5: PUBLISHED.passwordMd5 };
}

describe('an encoder that cannot do it', () => {
  test('is unknown to the property', async () => {
    await open();
    expect(await body({ issueMac: '000000000000' })).toBe(
      cancelled('No encoder with this MAC belongs to the property; ask for the list of encoders.'),
    );
  });

  test('is offline: the operation is rejected at once', async () => {
    house = await openHouse(template);
    const answer = await house.cancel();
    expect(answer.body).toBe(
      cancelled('The encoder is not connected; start the agent on its computer and send again.'),
    );
    expect(operations()).toMatchObject([{ id: answer.operationId, state: 'rejected', cause: 'encoder-offline' }]);
  });

  test('belongs to a suspended agent', async () => {
    const desk = await open();
    const agent = house.rows('agents').find(({ id }) => id === house.hotel.desk.agent);
    if (agent === undefined) throw new Error('the agent is missing');
    await house.put({ table: 'agents', row: { ...agent, state: 'suspended' } });
    expect(await body()).toBe(cancelled('The agent of this encoder is suspended; an administrator must pair it anew.'));
    expect(desk.use.connects).toBe(0);
  });

  test('has one operation under way and four waiting: the sixth is refused at once', async () => {
    const desk = await openWithoutCard();
    const serials = ['4567', '42873467', '9A3C51E0', '04C3804C937782', '04D4915D948883'];
    const hangUp = new AbortController();
    const asked = serials.map((serialNum) => house.cancel({ serialNum }, hangUp.signal).catch(() => null));
    await waiting(5);
    const answer = await house.cancel({ serialNum: '6E31D8C2' });
    expect(answer).toMatchObject({
      body: cancelled('The encoder has too many requests waiting; send again when they are done.'),
      operationId: null,
    });
    hangUp.abort();
    await Promise.all(asked);
    expect(desk.use.connects).toBe(0);
  });

  test('is one where nobody, or not this member, is signed in, for card types 2 and 3', async () => {
    const desk = await open();
    expect(await body(TYPE_2)).toBe(NOT_SIGNED_IN);
    expect(await body({ ...TYPE_2, operateCardType: '3', serialNum: '04B27F3B926681' })).toBe(NOT_SIGNED_IN);
    await desk.signIn({ ...frontDesk(), mobile: house.hotel.porter.mobile ?? '' });
    expect(await body(TYPE_2)).toBe(NOT_SIGNED_IN);
  });

  test('is not marked for card types 2 and 3', async () => {
    house = await openHouse(template);
    const desk = await house.openDesk({
      encoders: house.hotel.desk.encoders.map((each) => ({ ...each, forSignedIn: false })),
    });
    await desk.signIn(frontDesk());
    expect(await body(TYPE_2)).toBe(
      cancelled('The agent where this member is signed in has no encoder marked for this card type; mark one.'),
    );
  });
});

describe('between acceptance and grant', () => {
  const withdrawn: readonly (readonly [what: string, change: () => Promise<void>, answer: string])[] = [
    [
      'the permission is withdrawn',
      async () => {
        const { member } = house.hotel;
        await house.put({
          table: 'members',
          row: { ...member, issuingPermission: false, version: member.version + 1 },
        });
      },
      PERMISSION,
    ],
    [
      'the account is suspended',
      () => house.put({ table: 'accounts', row: { ...house.hotel.account, state: 'suspended' } }),
      SUSPENDED,
    ],
  ];

  test.each(withdrawn)('%s: nothing is written', async (_what, change, answer) => {
    const desk = await openWithoutCard();
    const asked = house.cancel();
    await waiting(1);
    await change();
    const before = desk.contentOf(PUBLISHED.serial);
    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect((await asked).body).toBe(answer);
    expect(desk.contentOf(PUBLISHED.serial)).toBe(before);
    expect(desk.use.writes).toBe(0);
    expect(operations()).toMatchObject([{ state: 'rejected', grant: null }]);
  });

  test('the member signs out: nothing is written', async () => {
    const desk = await open();
    desk.cards.remove(PUBLISHED.secondEncoder);
    await desk.signIn(frontDesk());
    const asked = house.cancel(TYPE_2);
    await waiting(1);
    await desk.agent.desk.signOut();
    desk.cards.place(serialOf('04A16E2A915580'), { encoder: PUBLISHED.secondEncoder });
    expect((await asked).body).toBe(NOT_SIGNED_IN);
    expect(desk.use.writes).toBe(0);
  });

  test('the person at the desk declines', async () => {
    const desk = await openWithoutCard();
    const asked = house.cancel();
    await until('the desk shows the prompt', () => desk.agent.desk.state().encoders.some(({ prompt }) => prompt));
    const [operation] = operations();
    expect(operation && desk.agent.desk.decline(operation.id)).toBe(true);
    expect((await asked).body).toBe(cancelled('It was declined at the front desk; send again if it is still wanted.'));
  });
});

describe('the wait for the card', () => {
  test('ends without any card: the answer tells how long it was', async () => {
    await openWithoutCard({ cardWaitSeconds: 0.4 });
    const answer = await house.cancel();
    expect(answer.body).toBe(
      cancelled('No card was put on the encoder within 0.4 seconds; send again with the card on it.'),
    );
    expect(operations()).toMatchObject([{ id: answer.operationId, state: 'expired', cause: 'no-card' }]);
  });

  test('ends with another card on the encoder, which is left as it is', async () => {
    const desk = await openWithoutCard({ cardWaitSeconds: 0.6 });
    const other = serialOf('42873467');
    const before = desk.contentOf(other);
    desk.cards.place(other, { encoder: PUBLISHED.encoder });
    expect(await body()).toBe(cancelled('Another card lies on the encoder; put card 4567 there and send again.'));
    expect(desk.contentOf(other)).toBe(before);
    expect(desk.use.writes).toBe(0);
  });

  test('goes on when another card is replaced by the right one', async () => {
    const desk = await openWithoutCard();
    desk.cards.place(serialOf('42873467'), { encoder: PUBLISHED.encoder });
    const asked = house.cancel();
    await until('the wrong card was seen', () => operations()[0]?.cause === 'other-card');
    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect((await asked).body).toBe(SUCCESS);
  });

  test("ends with a card that none of the property's keys opens", async () => {
    const desk = await openWithoutCard({ cardWaitSeconds: 0.6 });
    const stranger = factoryCard(PUBLISHED.serial, 'classic-1k');
    stranger.memory.fill(0x5a, 7 * 16, 7 * 16 + 6);
    desk.cards.box.keep(stranger);
    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect(await body()).toBe(
      cancelled('The card on the encoder opens with no key of this property; use another card.'),
    );
    expect(desk.use.writes).toBe(0);
  });
});

describe('a write', () => {
  const DAMAGED = cancelled('Writing was interrupted and the card is damaged; put it on the encoder and send again.');
  const OPEN = (seconds: number) =>
    refusal(
      6209,
      'Operation outcome open',
      `The outcome is not known after ${seconds} seconds; send the same request again to learn it.`,
    );

  /** A house whose encoder fails the block write of that number. */
  async function openWithFault(failing: number): Promise<FrontDesk> {
    house = await openHouse(template);
    let blocks = 0;
    const desk: FrontDesk = await house.openDesk({
      onWrite: (moment) => {
        if (moment === 'before') blocks += 1;
        if (moment === 'before' && blocks === failing) desk.cards.encoders[0]?.fail('write-failed');
      },
    });
    return desk;
  }

  test('that the card refuses leaves it as it is', async () => {
    const desk = await openWithFault(1);
    const before = desk.contentOf(PUBLISHED.serial);
    expect(await body()).toBe(
      cancelled('The card refused the write and is as it was; send again, or use another card.'),
    );
    expect(desk.contentOf(PUBLISHED.serial)).toBe(before);
    expect(operations()).toMatchObject([{ state: 'rejected' }]);
    expect(await body()).toBe(SUCCESS);
  });

  test('that fails half way damages the card, which can be cancelled again', async () => {
    const desk = await openWithFault(3);
    expect(await body()).toBe(DAMAGED);
    expect(house.rows('cards').find(({ serial }) => serial === PUBLISHED.serial)?.plastic).toBe('damaged');
    expect(await body()).toBe(SUCCESS);
    expect(desk.contentOf(PUBLISHED.serial)).toMatch(/^factory:0+$/);
  });

  test('that is torn leaves the outcome open until the card is put down again', async () => {
    const desk = await openWithoutCard({ cardWaitSeconds: 1, answerWaitSeconds: 1.5 });
    desk.cards.tear(PUBLISHED.serial, 2, 'first-half');
    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    const answer = await house.cancel();
    expect(answer.body).toBe(OPEN(1.5));
    expect(operations()).toMatchObject([{ id: answer.operationId, state: 'unknown', cause: 'outcome-unknown' }]);

    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    await until('it is settled', () => operations()[0]?.state === 'damaged');
    expect(await house.cancel()).toMatchObject({ body: DAMAGED, operationId: answer.operationId });
    expect(await body(), 'the caller has heard it: the same request is a new one').toBe(SUCCESS);
  });

  test("that takes longer than the caller waits is told as open, and then as the agent's journal tells it", async () => {
    house = await openHouse(template, { cardWaitSeconds: 0.5, answerWaitSeconds: 0.8 });
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
    const desk = await house.openDesk({ onWrite: (moment) => (moment === 'before' ? mayGoOn : undefined) });
    const answer = await house.cancel();
    expect(answer.body).toBe(OPEN(0.8));
    expect(operations()).toMatchObject([{ id: answer.operationId, state: 'granted' }]);

    goOn();
    await until('it is recorded', () => operations()[0]?.state === 'succeeded');
    const { ...use } = desk.use;
    expect(await house.cancel()).toMatchObject({ body: SUCCESS, operationId: answer.operationId });
    expect(await house.cancel()).toMatchObject({ body: SUCCESS, operationId: answer.operationId });
    expect(desk.use, 'no hardware was touched again').toEqual(use);
    expect(operations()).toHaveLength(1);
  });

  test('whose agent is killed and stays away is told as open', async () => {
    house = await openHouse(template);
    const processes = await openProcessesHouse(template, { cardWaitSeconds: 0.5, answerWaitSeconds: 1.5 });
    try {
      await processes.startServer();
      const agent = await processes.startAgent('block after 2');
      await processes.online();
      const answer = await processes.cancel();
      expect(await agent.ended).toBe('SIGKILL');
      expect(answer.body).toBe(OPEN(1.5));
      expect(await processes.cancel()).toMatchObject({ body: OPEN(1.5), operationId: answer.operationId });
      await processes.startAgent();
      await until('it is settled', () => processes.operation()?.state === 'damaged');
      expect(await processes.cancel()).toMatchObject({ body: DAMAGED, operationId: answer.operationId });
    } finally {
      await processes.close();
    }
  }, 60_000);
});
