import { afterEach, describe, expect, test } from 'vitest';
import { MISSPELT_TYPE } from '../roomcard/testing/body-forms.ts';
import { httpWorld } from './testing/http-world.ts';

/** What the published platform has and Keyrack hasn't: public clients show nothing of an answer with HTTP status 404. */

const worlds: ReturnType<typeof httpWorld>[] = [];
function world() {
  const made = httpWorld();
  worlds.push(made);
  return made;
}
afterEach(async () => {
  for (const { app } of worlds.splice(0)) await app.close();
});

const NOT_SERVED = JSON.stringify({
  status: 501,
  info: 'Not served',
  message: 'This address is not served here; docs/room-card-api.md, "Moving from another provider", lists what is.',
});

const ELSEWHERE = [
  '/?c=Qrcode&a=getLink&sig=031A94222BB0AF73AA0DCDEB92D54609',
  '/?c=Qrcode&a=cancelCard',
  '/?a=x&c=Anything',
  '/?c=',
  '//?c=Qrcode&a=getCard',
  '/index.php?c=Qrcode&a=getLink',
  '/Home/Records/getBoxInfo?sig=5238550acac60d806e2b051feb19ac3c6657d425',
  '//Home/Records/getBoxInfo',
  '/Home/Records/lockBoxRoom',
  '/apiLogin/?data=x',
];

describe.each(ELSEWHERE)('%s', (url) => {
  test.each(['POST', 'GET', 'PUT'] as const)(
    'is answered by %s with an envelope under HTTP status 200',
    async (method) => {
      const made = world();
      const answer = await made.app.inject({
        method,
        url,
        ...(method !== 'GET' && {
          headers: { 'content-type': MISSPELT_TYPE },
          payload: '{"cardNo":"2EwNXzAmR9Voq67x"}',
        }),
      });
      expect([answer.statusCode, answer.body]).toEqual([200, NOT_SERVED]);
      expect(answer.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'x-request-id': '01890a5d-ac96-774b-bcce-000000000001',
      });
      expect(made.asked.calls).toEqual([]);
      expect(made.lines).toMatchObject([{ endpoint: 'not-served', status: 501 }]);
      expect(await made.metrics.text()).toContain('keyrack_requests_total{endpoint="not-served",status="501"} 1');
    },
  );
});

test.each([
  '/',
  '/?',
  '/?a=getLink',
  '/index.php',
  '/index.html?c=Qrcode',
  '/Home',
  '/Home/Records/getboxinfo',
  '/Home/x/y',
])('%s was never published, and is answered 404', async (url) => {
  for (const method of ['POST', 'GET'] as const) {
    const answer = await world().app.inject({ method, url });
    expect([answer.statusCode, answer.json().status]).toEqual([404, 404]);
  }
});

test.each(['/nowhere', '/desk/%zz', '/v1/%zz', '/%c0%ae'])('nothing keeps the answer to %s for others', async (url) => {
  const answer = await world().app.inject({ method: 'GET', url });
  expect(answer.statusCode).toBe(404);
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
});
