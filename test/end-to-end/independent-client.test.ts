import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import createClient from 'openapi-fetch';
import { expect, test } from 'vitest';
import type { paths } from '../../packages/sdk/src/api-types.ts';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { freePort } from '../world/processes.ts';
import { postForm, signedFor } from '../world/room-card-client.ts';
import { until } from '../world/until.ts';

/**
 * An integrator who has the served document and nothing of ours: openapi-fetch with the types that openapi-typescript makes
 * of it, against `keyrack serve` and `keyrack agent` in processes of their own. From an empty folder to a card that is
 * cancelled; the plastic is laid down through the sandbox.
 */

const NUMBER = '2000000001';
const MAC = '5A0000000001';
const MEMBER = { areaCode: '49', mobile: '15100000001', password: 'correct horse battery' } as const;
/** That long the answer may take: this machine may be busy. */
const WAIT = { prefer: 'wait=30' } as const;

async function startServer() {
  const data = keyrackFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { KEYRACK_CARD_WAIT_SECONDS: '60', KEYRACK_ANSWER_WAIT_SECONDS: '70', KEYRACK_LOG_LEVEL: 'silent' };
  await keyrack(['serve'], { PORT: String(port), KEYRACK_DATA: data, ...settings }).says('Keyrack listens on');
  return { url, ownerKey: readFileSync(join(data, 'owner-key'), 'utf8').trim() };
}

const clientOf = (baseUrl: string, token: string) =>
  createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });

/** What came, where it succeeded; fails the test with the problem where it didn't. */
async function done<Data>(answer: Promise<{ data?: Data; error?: unknown; response: Response }>): Promise<Data> {
  const { data, error, response } = await answer;
  expect(error, `${response.status} of ${response.url}`).toBeUndefined();
  return data as Data;
}

test('property, rooms, member, permission, front desk, two copies, read; permission off and on; cancel', async () => {
  const { url, ownerKey } = await startServer();
  const owner = clientOf(url, ownerKey);

  // The property, its rooms, and a member who may issue.
  const hotel = await done(
    owner.POST('/v1/properties', {
      body: { number: NUMBER, name: 'Harbour Hotel', timeZone: 'Europe/Berlin', checkOutTime: '11:00' },
    }),
  );
  const property = { property: NUMBER };
  const at = { params: { path: property } };
  const building = await done(
    owner.POST('/v1/properties/{property}/buildings', { ...at, body: { number: 'A', name: 'Main' } }),
  );
  const floor = await done(
    owner.POST('/v1/properties/{property}/floors', { ...at, body: { building: building.id, number: '1', name: '1' } }),
  );
  const rooms = [];
  for (const number of ['101', '102']) {
    const body = { floor: floor.id, number, name: number, lock: { type: 'QRBLOCK' as const } };
    rooms.push(await done(owner.POST('/v1/properties/{property}/rooms', { ...at, body })));
  }
  const member = await done(
    owner.POST('/v1/properties/{property}/members', { ...at, body: { name: 'Ada', role: 'receptionist', ...MEMBER } }),
  );
  const permit = (issuingPermission: boolean) =>
    done(
      owner.PATCH('/v1/properties/{property}/members/{member}', {
        params: { path: { ...property, member: member.id } },
        body: { issuingPermission },
      }),
    );
  await permit(true);

  // A front desk, paired by a code, with a simulated encoder.
  const { code } = await done(owner.POST('/v1/properties/{property}/agents/pairing-codes', { ...at, body: {} }));
  keyrack(
    [
      ...['agent', '--server', `${url.replace('http', 'ws')}/agent`, '--pair', String(code)],
      ...['--data', keyrackFolder(), '--sim-encoder', MAC, '--page-port', 'off'],
    ],
    {},
  );
  const encoder = await until('the front desk is connected', async () => {
    const { data } = await done(owner.GET('/v1/properties/{property}/encoders', at));
    return data.find(({ mac, presence }) => mac === MAC && presence === 'connected');
  });
  expect(encoder.simulated).toBe(true);

  // The member signs in; a key moves the hands at the simulated encoder; an account is for the room-card API.
  const session = await done(owner.POST('/v1/sessions', { body: { property: NUMBER, ...MEMBER } }));
  const ada = clientOf(url, String(session.token));
  const key = await done(
    owner.POST('/v1/api-keys', { body: { name: 'Hands', scopes: ['sandbox'], properties: 'all' } }),
  );
  const hands = clientOf(url, String(key.token));
  const account = await done(owner.POST('/v1/accounts', { body: { name: 'Hotel software', properties: [hotel.id] } }));
  const sandbox = { params: { path: { ...property, encoder: String(encoder.id) } } };
  const newCard = async () => {
    const body = { chip: 'ntag-215' as const };
    const { serial } = await done(
      hands.POST('/v1/properties/{property}/encoders/{encoder}/sandbox/cards', { ...sandbox, body }),
    );
    return serial;
  };
  const lay = (serial: string) =>
    done(hands.PUT('/v1/properties/{property}/encoders/{encoder}/sandbox/card', { ...sandbox, body: { serial } }));
  const operations = { params: { path: property, header: { Prefer: WAIT.prefer } } };

  // Two cards of one guest: the second is laid down while the second operation waits for it.
  const [first, second] = [await newCard(), await newCard()];
  await lay(first);
  const one = await done(
    ada.POST('/v1/properties/{property}/operations', {
      ...operations,
      body: {
        kind: 'issue',
        mode: 'new',
        copies: 2,
        encoder: encoder.id,
        room: String(rooms[0]?.id),
        validUntil: new Date(Date.now() + 2 * 86_400_000).toISOString(),
      },
    }),
  );
  expect(one).toMatchObject({ state: 'succeeded', serial: first, copy: { number: 1, of: 2 } });
  const copies = { params: { path: { ...property, set: String(one.copy?.set) } } };
  const copySet = () => done(ada.GET('/v1/properties/{property}/copy-sets/{set}', copies));
  await until('the second one waits', async () => (await copySet()).operations.length === 2);
  await lay(second);
  const bothMade = await until('both are made', async () => {
    const set = await copySet();
    return set.state === 'done' && set;
  });
  expect(bothMade.operations).toMatchObject([
    { state: 'succeeded', serial: first },
    { state: 'succeeded', serial: second },
  ]);

  const read = await done(
    ada.POST('/v1/properties/{property}/operations', { ...operations, body: { kind: 'read', encoder: encoder.id } }),
  );
  expect(read).toMatchObject({ state: 'succeeded', serial: second, reading: { state: 'active', differences: [] } });

  // Whoever may not issue may not cancel either, in both APIs.
  const cancel = () =>
    ada.POST('/v1/properties/{property}/operations', {
      ...operations,
      body: { kind: 'cancel', encoder: encoder.id, serial: second },
    });
  const cancelCard = async (serial: string) => {
    const md5 = createHash('md5').update(MEMBER.password).digest('hex');
    const fields = {
      issueMac: MAC,
      accountSid: account.sid,
      communityNo: NUMBER,
      serialNum: serial,
      creatorAreaCode: MEMBER.areaCode,
      creatorMobile: MEMBER.mobile,
      creatorPassword: md5,
      operateCardType: '4',
    };
    const form = signedFor('cancelCard', fields, String(account.token));
    return JSON.parse((await postForm(`${url}/Home/Qrm/cancelCard`, form)).body);
  };
  await permit(false);
  const refused = await cancel();
  expect(refused.response.status).toBe(409);
  expect(refused.error).toMatchObject({ type: '/v1/problems/refused', cause: 'permission-off' });
  expect(await cancelCard(second)).toMatchObject({ status: 4013 });

  // And once they may again, the one that lies there is cancelled in one API, and the other one in the other.
  await permit(true);
  expect(await done(cancel())).toMatchObject({ state: 'succeeded', serial: second });
  await lay(first);
  expect(await cancelCard(first)).toMatchObject({ status: 200 });
  const { data } = await done(
    ada.GET('/v1/properties/{property}/operations', { params: { path: property, query: { kind: 'cancel' } } }),
  );
  expect(data.map(({ state, serial }) => [state, serial])).toEqual([
    ['succeeded', first],
    ['succeeded', second],
  ]);
});
