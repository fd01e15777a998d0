import { type SignatureAEndpoint, signatureA, signatureB } from '@keyrack/protocol';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { BODY_FORMS } from '@keyrack/server/roomcard/testing/body-forms.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENDPOINTS, endpoint, FIELDS } from './testing/contract.ts';
import {
  type ApiAnswer,
  type ContractProperty,
  JSON_TYPE,
  openContractProperty,
  postBody,
  request,
} from './testing/contract-property.ts';

/**
 * Every field of every endpoint, in every way that it can be sent, over HTTP. Requests are signed over what they send,
 * so that nothing but the field itself is wrong with them.
 */

let world: ContractProperty;

beforeAll(async () => {
  world = await openContractProperty();
  // The room has a record on the day that queryByRoom asks for.
  await world.ask('makeRoomCard');
  await world.ask('readCard');
});
afterAll(() => world.close());
beforeEach(() => world.forgiveFailures());

/** What was refused before anybody was asked: nothing touched a card, and there is no operation. */
async function refused(send: () => Promise<ApiAnswer>, message: string | RegExp): Promise<void> {
  const { connects, writes } = world.desk.use;
  const told = await send();
  expect(told).toMatchObject({ http: 200, status: 400, info: 'Parameter error', data: undefined });
  expect(told.message).toMatch(message instanceof RegExp ? message : new RegExp(`^${literal(message)}$`));
  expect(told.headers.get('x-operation-id')).toBe(null);
  expect(world.desk.use).toEqual({ connects, writes });
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What is said when a field is left out, where that isn't simply that it is missing. */
function saidWithout(name: string, field: string): string {
  if (field === 'creatorAreaCode' || field === 'creatorMobile')
    return `${field} is missing; send creatorAreaCode and creatorMobile together, or neither.`;
  if (name === 'makeRoomCard' && field === 'issueMac')
    return "This room's lock wants issueMac; send the MAC of the encoder to use.";
  return `${field} is missing; send it.`;
}

describe.each(ENDPOINTS)('$name', ({ name, required, optional, good, signature, path }) => {
  const phone = optional.includes('creatorMobile') ? ['creatorAreaCode', 'creatorMobile'] : [];
  const needed = [...required, ...phone];
  const all = [...required, ...optional];

  test('succeeds as a form and as JSON, with its fields in another order, and with unknown ones', async () => {
    const success = { http: 200, status: 200, info: 'success', message: undefined };
    expect(await world.ask(name)).toMatchObject(success);
    expect(await world.ask(name, {}, { as: 'json' })).toMatchObject(success);
    expect(await world.ask(name, { unknown: 'x', Sig: 'y' })).toMatchObject(success);
    const { address, body } = request(name);
    const backwards = new URLSearchParams(Object.entries(body).reverse()).toString();
    expect(await world.post(address, backwards)).toMatchObject(success);
    expect(
      await world.post(address, backwards, `${JSON_TYPE.replace('json', 'x-www-form-urlencoded')}; charset=UTF-8`),
    ).toMatchObject(success);
  });

  test.each(needed)('is refused without %s, and with an empty one', async (field) => {
    await refused(() => world.ask(name, { [field]: undefined }), saidWithout(name, field));
    await refused(() => world.ask(name, { [field]: '' }), saidWithout(name, field));
    await refused(() => world.ask(name, { [field]: '' }, { as: 'json' }), saidWithout(name, field));
    const { address, body } = request(name, { [field]: '' });
    const json = JSON.stringify(body).replace(`"${field}":""`, `"${field}":null`);
    await refused(() => world.post(address, json, JSON_TYPE), saidWithout(name, field));
  });

  test.each(BODY_FORMS)('is served as $name', async ({ spell }) => {
    const { address, body: fields } = request(name);
    const { contentType, body } = spell(fields);
    world.layCard(address);
    expect(await postBody(`${world.property.url}/${address}`, body, contentType)).toMatchObject({
      http: 200,
      status: 200,
    });
  });

  test.each(optional.filter((field) => !phone.includes(field)))('takes an empty %s for none', async (field) => {
    expect((await world.ask(name, { [field]: '' })).status).toBe(200);
  });

  test.each(all.flatMap((field) => (FIELDS[field]?.right ?? []).map((value) => [field, value] as const)))(
    'takes %s = %j',
    async (field, value) => {
      const owner: Record<string, string> = field === 'ownerAreaCode' ? { ownerMobile: '4444' } : {};
      expect((await world.ask(name, { ...owner, [field]: value })).status).toBe(200);
      expect((await world.ask(name, { ...owner, [field]: value }, { as: 'json' })).status).toBe(200);
    },
  );

  test.each(all.flatMap((field) => (FIELDS[field]?.wrong ?? []).map((value) => [field, value] as const)))(
    'refuses %s = %j',
    async (field, value) => {
      const message = `${field} must be ${FIELDS[field]?.expected}; correct it, and sign the value that you send.`;
      await refused(() => world.ask(name, { [field]: value }), message);
      await refused(() => world.ask(name, { [field]: value }, { as: 'json' }), message);
    },
  );

  test.each([...all, 'unknown'])(
    'refuses a %s that is too long, twice there, no string, or has a stray byte',
    async (field) => {
      await refused(
        () => world.ask(name, { [field]: 'a'.repeat(1_025) }),
        `${field} is longer than 1024 characters; shorten it.`,
      );
      for (const stray of ['\0', '\n', '\u007f', '\u0085']) {
        await refused(
          () => world.ask(name, { [field]: `1${stray}1` }),
          `${field} has a control character; take it out.`,
        );
      }
      const value = good[field] ?? '1';
      const { address, body } = request(name, { [field]: value });
      const form = new URLSearchParams(body).toString();
      await refused(
        () => world.post(address, `${form}&${field}=${value}`),
        `${field} is there more than once; send it once.`,
      );
      await refused(() => world.post(address, `${form}&${field}=`), `${field} is there more than once; send it once.`);
      const json = JSON.stringify(body);
      await refused(
        () => world.post(address, json.replace(/}$/, `,${JSON.stringify(field)}:"${value}"}`), JSON_TYPE),
        `${field} is there more than once; send it once.`,
      );
      for (const other of ['1.5', '-1', 'true', '["1"]', '{"a":"1"}']) {
        await refused(
          () => world.post(address, json.replace(`"${field}":"${value}"`, `"${field}":${other}`), JSON_TYPE),
          `${field} is neither a string nor a whole number; put its value in quotes.`,
        );
      }
      await refused(
        () => world.post(address, form.replace(`${field}=${value}`, `${field}=%FF`)),
        `${field} is not valid UTF-8 in valid percent-encoding; encode the body as a form library does.`,
      );
    },
  );

  test('refuses a sig that is missing, twice there or malformed', async () => {
    const digits = signature === 'A' ? 32 : 40;
    const malformed = `sig must be ${digits} hex digits; correct it, and sign the value that you send.`;
    for (const sig of ['0'.repeat(digits - 1), '0'.repeat(digits + 1), 'g'.repeat(digits), '0'.repeat(72 - digits)]) {
      await refused(() => world.ask(name, {}, { sig }), malformed);
    }
    await refused(() => world.ask(name, {}, { sig: '' }), 'sig is missing; send it.');
    const { address, body } = request(name);
    const form = new URLSearchParams(body).toString();
    const twice =
      signature === 'A'
        ? world.post(address, `${form}&sig=${body.sig}`)
        : world.post(`${address}&${address.split('?')[1]}`, form);
    expect((await twice).message).toBe('sig is there more than once; send it once.');
  });

  test('takes a sig in capital letters', async () => {
    const sig =
      signature === 'A'
        ? signatureA(name as SignatureAEndpoint, good, PUBLISHED.authToken)
        : signatureB(good, PUBLISHED.authToken, 'plain');
    expect((await world.ask(name, {}, { sig: sig.toUpperCase() })).status).toBe(200);
  });

  test.each([
    ['a list', '[]'],
    ['no JSON', '{"a":'],
    ['a string', '"a"'],
  ])('refuses %s for a JSON body', (_, text) =>
    refused(
      () => world.post(request(name).address, text, JSON_TYPE),
      'The body is not a JSON object; send one whose values are strings or whole numbers.',
    ),
  );

  test('refuses more than 40 parameters and more than 16 KiB', async () => {
    const { address, body } = request(name);
    const form = new URLSearchParams(body).toString();
    const extra = (count: number) => Array.from({ length: count }, (_, at) => `&x${at}=1`).join('');
    const sent = Object.keys(body).length;
    const fit = signature === 'A' ? 200 : 403;
    expect((await world.post(address, form + extra(40 - sent))).status).toBe(fit);
    await refused(
      () => world.post(address, form + extra(41 - sent)),
      'The request has more than 40 parameters; send only those of the endpoint.',
    );
    expect(await world.post(address, `${form}&x=${'a'.repeat(16 * 1024)}`)).toMatchObject({ http: 413, status: 413 });
  });

  test('answers other media types, methods and paths with an envelope', async () => {
    const { address, body } = request(name);
    const form = new URLSearchParams(body).toString();
    const message = expect.stringMatching(/^Content-Type is "text\/xml; charset=gbk"; send /);
    expect(await world.post(address, form, 'text/xml; charset=gbk')).toMatchObject({ http: 415, status: 415, message });
    const get = await fetch(`${world.property.url}${address}`);
    expect([get.status, get.headers.get('allow'), ((await get.json()) as ApiAnswer).status]).toEqual([
      405,
      'POST',
      405,
    ]);
    expect(await world.post(`${path}/`, form)).toMatchObject({ http: 404, status: 404 });
    expect(await world.post(path.toLowerCase(), form)).toMatchObject({ http: 404, status: 404 });
  });
});

describe('signature B', () => {
  const { good } = endpoint('queryByRoom');

  test.each(['sig=%', 'a=%FF', 'a=1&a=2', `a=${'b'.repeat(1_025)}`, 'a=%00'])('refuses the query string %j', (query) =>
    refused(
      () => world.post(`/Home/Records/queryByRoom?${query}`, new URLSearchParams(good).toString()),
      /^(?:sig|a|A parameter) (?:is|has) /,
    ),
  );

  test('counts in the query string alone', () =>
    refused(() => {
      const sig = signatureB(good, PUBLISHED.authToken, 'plain');
      return world.post('/Home/Records/queryByRoom', new URLSearchParams({ ...good, sig }).toString());
    }, 'sig is missing; send it.'));
});

describe('days of queryByRoom', () => {
  const message = 'endDate must be startDate or at most 31 days later; correct it, and sign the value that you send.';
  test.each([
    ['2020-05-25', '2020-05-24'],
    ['2020-05-01', '2020-06-02'],
    ['2019-05-25', '2020-05-25'],
  ])('%s to %s are refused', (startDate, endDate) =>
    refused(() => world.ask('queryByRoom', { startDate, endDate }), message),
  );

  test('may be 31 apart', async () => {
    expect((await world.ask('queryByRoom', { startDate: '2020-05-01', endDate: '2020-06-01' })).status).toBe(200);
  });
});

describe('the creator', () => {
  const cards = ENDPOINTS.filter(({ optional }) => optional.includes('creatorEmail'));

  test.each(cards)('of $name may be named by e-mail, which a mobile wins over', async ({ name }) => {
    const byEmail = { creatorAreaCode: undefined, creatorMobile: '', creatorEmail: 'FrontDesk@Keyrack.example' };
    expect((await world.ask(name, byEmail)).status).toBe(200);
    expect((await world.ask(name, { creatorEmail: 'porter@keyrack.example' })).status).toBe(200);
    await refused(
      () => world.ask(name, { ...byEmail, creatorEmail: '' }),
      'The creator is missing; send creatorAreaCode and creatorMobile, or creatorEmail.',
    );
  });
});
