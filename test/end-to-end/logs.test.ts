import { imageOf } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CANCEL, postForm, SUCCESS, signed } from '../world/room-card-client.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/** What is told of a request beside its body: the headers, and the log of server and agent. */

let template: Template;
let property: TestProperty;

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());
afterEach(() => property.close());

const UUIDV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('every answer names its request, and its operation where there is one; the log is tied by both', async () => {
  property = await openProperty(template);
  await property.openDesk();
  const done = await property.cancel();
  expect(done.requestId).toMatch(UUIDV7);
  expect(done.operationId).toMatch(UUIDV7);
  const refused = await property.cancel({ serialNum: '0000' });
  expect(refused.requestId).toMatch(UUIDV7);
  expect(refused.operationId).toBeNull();
  const unsigned = await postForm(`${property.url}/Home/Qrm/cancelCard`, 'sig=0');
  expect(unsigned.requestId).toMatch(UUIDV7);

  const requests = property.lines.filter(({ request }) => request !== undefined);
  expect(requests).toHaveLength(3);
  expect(requests[0]).toMatchObject({
    msg: 'request',
    request: done.requestId,
    operation: done.operationId,
    endpoint: 'cancelCard',
    account: PUBLISHED.accountSid,
    status: 200,
  });
  expect(requests[1]).toMatchObject({ request: refused.requestId, status: 6200, cause: 'card-unknown' });
  const steps = property.lines.filter(({ operation }) => operation === done.operationId).map(({ msg }) => msg);
  const way = ['prompted', 'prompt', 'card-opened', 'card presented', 'granted', 'write journaled'];
  expect(steps.filter((step) => way.includes(String(step)))).toEqual(way);
  for (const step of ['card written and read back', 'outcome', 'request']) expect(steps).toContain(step);
});

test('no secret, no password, no key and no name of a guest ever gets into a log', async () => {
  property = await openProperty(template, { cardWaitSeconds: 0.4 });
  const desk = await property.openDesk();
  const { hotel } = property;
  const creator = { areaCode: PUBLISHED.areaCode, mobile: PUBLISHED.mobile, email: '' };
  await desk.signIn({ ...creator, passwordMd5: PUBLISHED.passwordMd5 });
  await desk.agent.desk.signIn({ ...creator, passwordMd5: 'f'.repeat(32) });
  const url = `${property.url}/Home/Qrm/cancelCard`;
  const request = signed(CANCEL);
  // What goes well, what is refused at every station, and what nobody understands.
  expect((await postForm(url, request)).body).toBe(SUCCESS);
  await postForm(`${url}?${request}`, request);
  await postForm(`${property.url}/?${request}`, request);
  await postForm(url, `${request}&authToken=${PUBLISHED.authToken}&creatorPassword=${PUBLISHED.passwordMd5}`);
  await postForm(url, signed({ ...CANCEL, [PUBLISHED.authToken]: PUBLISHED.passwordMd5 }));
  await property.cancel({ creatorPassword: 'f'.repeat(32) });
  await property.cancel({ serialNum: '42873467' });
  await property.cancel({ operateCardType: '2', serialNum: '04A16E2A915580' });
  await postForm(url, new URLSearchParams({ ...CANCEL, sig: '0'.repeat(32) }).toString());
  await until('the wrong card was refused', () => property.lines.some(({ cause }) => cause === 'other-card'));

  const log = JSON.stringify(property.lines);
  const keyOf = (serial: string) => hotel.keyOf(serialOf(serial));
  const secrets = {
    'the authToken': PUBLISHED.authToken,
    'the password': PUBLISHED.passwordMd5,
    'a wrong password': 'f'.repeat(32),
    'a signature, which can be replayed': new URLSearchParams(request).get('sig') ?? '',
    "the agent's token": hotel.desk.token,
    'the master key': template.masterKey,
    'a key of a card': keyOf(PUBLISHED.serial),
    'a key of another card': keyOf('04A16E2A915580'),
    'the sealed card key': hotel.property.cardKeys[0]?.sealed ?? '',
    'a hash of a password': hotel.member.passwordHash,
    'a name of a guest': 'Ada Example',
    'the image of a card': Buffer.from(
      imageOf(hotel.desk.plastics.find(({ lyingOn }) => lyingOn)?.content ?? ('' as never)),
    ).toString('hex'),
  };
  for (const [what, secret] of Object.entries(secrets)) {
    expect(secret, what).not.toBe('');
    expect(log.toLowerCase().includes(secret.toLowerCase()), what).toBe(false);
  }
  expect(property.lines.length, 'there was a log to look at').toBeGreaterThan(30);
});
