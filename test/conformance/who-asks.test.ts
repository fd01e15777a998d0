import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENDPOINTS, type EndpointName, endpoint } from './testing/contract.ts';
import { type ContractProperty, openContractProperty, request, type Sending } from './testing/contract-property.ts';

/** Who may ask, for each endpoint: in the order of the checks, and what each refusal reads like. */

let world: ContractProperty;
beforeAll(async () => {
  world = await openContractProperty();
  await world.ask('makeRoomCard');
});
afterAll(() => world.close());
// Failures of the test before are forgotten.
beforeEach(() => world.forgiveFailures());

type Changes = Readonly<Record<string, string | undefined>>;

/** The answer, which came without anything having been asked of a card. */
async function refusedWith(name: EndpointName, changes: Changes, sending: Sending = {}): Promise<string> {
  const { connects } = world.desk.use;
  const told = await world.ask(name, changes, sending);
  expect(world.desk.use.connects).toBe(connects);
  expect(told.headers.get('x-operation-id')).toBe(null);
  expect(told.http).toBe(200);
  return `${told.status} ${told.info}: ${told.message}`;
}

const SIGNATURE =
  '403 Signature error: Account and signature do not agree; check accountSid and authToken, and sign every value as it is sent.';
const PROPERTY =
  '5001 Community data exception: This account may not act for that property; check the property number, or have it allowed under Developers in the console, or with `keyrack accounts allow`.';
const CREATOR =
  '4011 Creator or password error: The creator is not known here or the password is wrong; check both and send again.';

describe.each(ENDPOINTS)('$name', ({ name, signature, good }) => {
  test('tells an unknown account and a wrong signature the same', async () => {
    expect(await refusedWith(name, {}, { token: `${PUBLISHED.authToken}x` })).toBe(SIGNATURE);
    expect(await refusedWith(name, { accountSid: '0'.repeat(32) })).toBe(SIGNATURE);
    expect(await refusedWith(name, { accountSid: '0'.repeat(32) }, { token: '0'.repeat(30) })).toBe(SIGNATURE);
  });

  test('is signed over every value as it is sent', async () => {
    const { address, body } = request(name);
    for (const field of Object.keys(good)) {
      if (field === 'operateCardType' || (name === 'makeRoomCard' && field.startsWith('creator'))) continue;
      const digit = /[0-9](?=[^0-9]*$)/.exec(body[field] ?? '')?.[0] ?? '0';
      const changed = { ...body, [field]: (body[field] ?? '').replace(/[0-9](?=[^0-9]*$)/, digit === '1' ? '2' : '1') };
      expect(`${field} ${(await world.post(address, new URLSearchParams(changed).toString())).status}`).toMatch(
        // Some changed values aren't well-formed any more: a month 20, say.
        / (?:403|400)$/,
      );
    }
  });

  test('tells an unknown property and one of another account the same', async () => {
    expect(await refusedWith(name, { communityNo: '1316879947' })).toBe(PROPERTY);
    expect(await refusedWith(name, { communityNo: world.property.hotel.otherProperty.number })).toBe(PROPERTY);
    const { account, token } = world.property.hotel.otherAccount;
    expect(await refusedWith(name, { accountSid: account.sid }, { token })).toBe(PROPERTY);
  });

  test('tells a suspended account so, whatever it asks for', async () => {
    const { account } = world.property.hotel;
    await world.property.put({ table: 'accounts', row: { ...account, state: 'suspended' } });
    try {
      expect(await refusedWith(name, { communityNo: '1' })).toBe(
        '4007 Application is not certified: This developer account is suspended; the operator of this server enables it under Developers in the console, or with `keyrack accounts resume`.',
      );
      expect(await refusedWith(name, {}, { sig: '0'.repeat(signature === 'A' ? 32 : 40) })).toBe(SIGNATURE);
    } finally {
      await world.property.put({ table: 'accounts', row: account });
    }
  });

  test('tells wrong signatures so beyond a hundred, for a quarter of an hour, and serves right ones', async () => {
    const sig = '0'.repeat(signature === 'A' ? 32 : 40);
    for (const accountSid of [PUBLISHED.accountSid, '0'.repeat(32)]) {
      for (let n = 0; n < 100; n += 1) await world.ask(name, { accountSid }, { sig });
      expect(await refusedWith(name, { accountSid }, { sig })).toBe(
        '429 Too many failures: Too many wrong signatures of this account came from your address; correct accountSid and authToken, then send again.',
      );
    }
    expect((await world.ask(name)).status).toBe(200);
    world.forgiveFailures();
    expect(await refusedWith(name, {}, { sig })).toBe(SIGNATURE);
  });

  test('warns of an authToken in the body, takes it for nothing, and shows and logs it nowhere', async () => {
    const logged = world.property.lines.length;
    for (const authToken of [PUBLISHED.authToken, 'wrong-token-of-nobody']) {
      const told = await world.ask(name, { authToken });
      expect([told.status, told.headers.get('x-keyrack-warning')]).toEqual([200, 'authToken-in-body']);
      expect(told.body).not.toContain(authToken);
      const refused = await world.ask(name, { authToken, communityNo: '1' });
      expect([refused.status, refused.headers.get('x-keyrack-warning')]).toEqual([5001, 'authToken-in-body']);
      expect(JSON.stringify(world.property.lines.slice(logged))).not.toContain(authToken);
    }
    for (const none of [undefined, '']) {
      expect((await world.ask(name, { authToken: none })).headers.get('x-keyrack-warning')).toBe(null);
    }
  });

  test('names every request, and an operation only where there is one', async () => {
    const told = await world.ask(name);
    expect(told.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(told.headers.get('x-operation-id') !== null).toBe(name.endsWith('Card'));
    expect(Object.keys(JSON.parse(told.body))).toEqual(
      name === 'cancelCard' ? ['status', 'info'] : ['status', 'info', 'data'],
    );
  });
});

describe.each(ENDPOINTS.filter(({ name }) => name.endsWith('Card')))('the creator of $name', ({ name }) => {
  test('is told the same when unknown and when the password is wrong', async () => {
    expect(await refusedWith(name, { creatorMobile: '10000000009' })).toBe(CREATOR);
    expect(await refusedWith(name, { creatorPassword: '0'.repeat(32) })).toBe(CREATOR);
    const email = { creatorAreaCode: '', creatorMobile: '', creatorEmail: 'nobody@keyrack.example' };
    expect(await refusedWith(name, email)).toBe(CREATOR);
  });

  test('is kept out for a quarter of an hour after ten wrong passwords, the right one too', async () => {
    for (let n = 0; n < 10; n += 1) await world.ask(name, { creatorPassword: '0'.repeat(32) });
    expect(await refusedWith(name, {})).toMatch(/^429 /);
    world.forgiveFailures();
    expect((await world.ask(name)).status).toBe(200);
  });

  test('needs the issuing permission, and to be active', async () => {
    expect(await refusedWith(name, { creatorMobile: '10000000001' })).toMatch(/^4013 Issuing permission is off: /);
    const { member } = world.property.hotel;
    await world.property.put({ table: 'members', row: { ...member, active: false } });
    try {
      expect(await refusedWith(name, {})).toMatch(/^4012 Creator is not active: /);
    } finally {
      await world.property.put({ table: 'members', row: member });
    }
  });
});

describe('signature B', () => {
  test.each(ENDPOINTS.filter(({ signature }) => signature === 'B'))(
    'of $name is taken over plain and over form-encoded values, and over the body without its empty fields',
    async ({ name, good }) => {
      for (const variant of ['plain', 'form-encoded'] as const) {
        expect((await world.ask(name, { note: 'a b&c=\u00e9' }, { variant })).status).toBe(200);
        expect((await world.ask(name, { note: '' }, { variant })).status).toBe(200);
      }
      const { address } = request(name);
      expect((await world.post(address, new URLSearchParams({ ...good, note: '' }).toString())).status).toBe(200);
    },
  );

  test.each(ENDPOINTS.filter(({ signature }) => signature === 'B'))(
    'of $name wants a fresh time stamp',
    async ({ name }) => {
      const stamp = (offset: number) => ({ timestamp: String(Math.floor(world.clock.now() / 1000) + offset) });
      for (const offset of [-305, 305, -86_400]) {
        expect(await refusedWith(name, stamp(offset))).toBe(
          '4014 Timestamp error: Set the clock of the computer that signs, and send the current Unix seconds as timestamp.',
        );
      }
      for (const offset of [-295, 0, 295]) expect((await world.ask(name, stamp(offset))).status).toBe(200);
    },
  );

  test('is no use for another endpoint than the fields it covers', async () => {
    const { body } = request('queryByRoom');
    const { address } = request('fetchRoomInfo');
    const sig = address.split('?')[1];
    const told = await world.post(`${endpoint('queryByRoom').path}?${sig}`, new URLSearchParams(body).toString());
    expect(told.status).toBe(403);
  });
});
