import { DEMO_ADMINISTRATOR } from '@keyrack/server/demo/people.ts';
import { expect, test } from 'vitest';
import { storedRows } from '../world/database.ts';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';

/** The link that the demonstration prints: whoever opens it is its administrator. */

async function start(data: string) {
  const demo = keyrack(['demo'], { PORT: '0', PAGE_PORT: 'off', KEYRACK_METRICS: 'none', KEYRACK_DATA: data });
  const text = await demo.says('Ctrl-C stops it.');
  const [, url = '', link = ''] = /(http:\/\/localhost:\d+)\/sign-in#link=(\S+)/.exec(text) ?? [];
  return {
    async stop() {
      demo.child.kill('SIGINT');
      expect(await demo.ended).toMatchObject({ code: 0, err: '' });
    },
    link,
    async post(path: string, json: object, key?: string) {
      const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(json) });
      return { status: answer.status, body: (await answer.json()) as { token: string } };
    },
    async get(path: string, key: string) {
      return (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}` } })).json();
    },
  };
}

test('the demonstration signs a newcomer in as its administrator, once; each start makes a new link', async () => {
  const data = keyrackFolder();
  const first = await start(data);
  const { status, body } = await first.post('/v1/sessions/link', { link: first.link });
  expect(status).toBe(201);
  expect(await first.get('/v1/me', body.token)).toMatchObject({
    person: { email: DEMO_ADMINISTRATOR.email, owner: true },
    memberships: [{ role: 'administrator', issuingPermission: true }],
  });
  expect((await first.post('/v1/sessions/link', { link: first.link })).status).toBe(409);
  // Passkeys are for localhost: a browser would make none for an address.
  const currentPassword = DEMO_ADMINISTRATOR.password;
  const options = await first.post('/v1/me/passkeys/options', { currentPassword }, body.token);
  expect(options.body).toMatchObject({ rp: { id: 'localhost' } });
  await first.stop();

  const second = await start(data);
  expect(second.link).not.toBe(first.link);
  await second.stop();
  const third = await start(data);
  expect((await third.post('/v1/sessions/link', { link: second.link })).status).toBe(409);
  expect((await third.post('/v1/sessions/link', { link: third.link })).status).toBe(201);
  await third.stop();
  expect(storedRows(data, 'persons')).toHaveLength(1);
  expect(storedRows(data, 'members')).toHaveLength(4);
});
