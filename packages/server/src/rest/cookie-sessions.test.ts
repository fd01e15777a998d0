import { beforeAll, describe, expect, it } from 'vitest';
import { MEMBER_ROLES, newMember } from '../domain/people.ts';
import { drawToken } from '../runtime/draw-token.ts';
import { openEventStream } from '../testing/event-stream.ts';
import { putEncoder, putOperation } from '../testing/rest-operations.ts';
import { apiKeyRow, INN, OTHER, restWorldForFile, type Sent, sessionRow } from '../testing/rest-world.ts';
import type { Endpoint } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { problemBody } from './problems.ts';

/** Every endpoint by the cookie of a page, from this server and from elsewhere. A new endpoint is in. */

let onRead: (name: string) => void = () => {};
const world = restWorldForFile({
  wrapStore: (store) => ({
    ...store,
    read: async (name, input) => {
      const result = await store.read(name, input);
      onRead(name);
      return result;
    },
  }),
});

const PAGE = { 'keyrack-session': 'cookie' };
const cookieOf = (token: string) => ({ cookie: `other=1; keyrack=${token}; theme=dark` });
const NOBODY = '019ac000-0000-7000-8000-00000000dead';
const addressOf = ({ path }: Endpoint, property: string = INN.id) =>
  path.replace('{property}', property).replace(/\{\w+\}/g, NOBODY);

const ID_OF = { administrator: 'a1', receptionist: 'b2', auditor: 'c3', there: 'd4', leaving: 'e5' };
const idOf = (name: keyof typeof ID_OF) => `019ac000-0000-7000-8000-0000000000${ID_OF[name]}`;
async function signedIn(
  name: keyof typeof ID_OF,
  propertyId: string,
  role: (typeof MEMBER_ROLES)[number] = 'administrator',
) {
  const token = drawToken('session');
  const id = idOf(name);
  const issuingPermission = role !== 'auditor';
  await world().put(
    {
      table: 'members',
      row: newMember({
        propertyId,
        id,
        name,
        role,
        email: `${id}@example.com`,
        passwordHash: '',
        issuingPermission,
      }),
    },
    sessionRow(token, { kind: 'member', propertyId, memberId: id }),
  );
  return token;
}

const inn: Record<string, string> = {};
let other: string;
beforeAll(async () => {
  for (const role of MEMBER_ROLES) inn[role] = await signedIn(role, INN.id, role);
  other = await signedIn('there', OTHER.id);
});
const again = (role: (typeof MEMBER_ROLES)[number]) =>
  world().put(sessionRow(inn[role] as string, { kind: 'member', propertyId: INN.id, memberId: idOf(role) }));
const ask = (endpoint: Endpoint, headers: Sent['headers'] = {}, property?: string) =>
  world().send(addressOf(endpoint, property), { method: endpoint.method, key: null, headers });

const UNAUTHORIZED = { status: 401, body: problemBody('unauthorized') };
const FOREIGN = { status: 403, body: { type: '/v1/problems/foreign-page' } };

const CLOSED = ENDPOINTS.filter(({ open }) => open === undefined);
describe.each(CLOSED.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_id, endpoint) => {
  it('takes a cookie from no page but its own', async () => {
    const cookie = cookieOf(inn.administrator as string);
    expect(await ask(endpoint, cookie)).toMatchObject(UNAUTHORIZED);
    expect(await ask(endpoint, { ...cookie, 'keyrack-session': 'bearer' })).toMatchObject(UNAUTHORIZED);
    expect(await ask(endpoint, PAGE)).toMatchObject(UNAUTHORIZED);
  });

  it.each(MEMBER_ROLES)('lets a %s do by cookie what they may by token', async (role) => {
    const byCookie = await ask(endpoint, { ...PAGE, ...cookieOf(inn[role] as string) });
    // The session may be the one that it ends.
    await again(role);
    const byToken = await ask(endpoint, { authorization: `Bearer ${inn[role]}` });
    await again(role);
    expect([byCookie.status, byCookie.body.type]).toEqual([byToken.status, byToken.body.type]);
    expect(byCookie.status).not.toBe(401);
  });
});

describe.each(ENDPOINTS.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_id, endpoint) => {
  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'none' }],
  ])('refuses a page whose browser says %o, also beside a right token', async (said) => {
    const headers = { ...PAGE, ...said };
    expect(await ask(endpoint, { ...headers, ...cookieOf(inn.administrator as string) })).toMatchObject(FOREIGN);
    expect(await ask(endpoint, { ...headers, authorization: `Bearer ${inn.administrator}` })).toMatchObject(FOREIGN);
  });
});

const OF_PROPERTIES = ENDPOINTS.filter(({ path }) => path.includes('{property}'));
describe.each(OF_PROPERTIES.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_id, endpoint) => {
  it('is opened by no cookie of another property', async () => {
    const headers = { ...PAGE, ...cookieOf(other) };
    const foreign = await ask(endpoint, headers);
    expect(foreign).toMatchObject({ status: 404, body: problemBody('not-found') });
    expect((await ask(endpoint, headers, NOBODY)).body).toEqual(foreign.body);
  });
});

describe('a cookie', () => {
  const me = (headers: Sent['headers']) => world().send('/v1/me', { key: null, headers: { ...PAGE, ...headers } });
  const token = () => inn.receptionist as string;

  it('counts where the page is of this server, as its browser says', async () => {
    const { url } = world().server;
    for (const said of [{}, { origin: url }, { 'sec-fetch-site': 'same-origin' }])
      expect((await me({ ...cookieOf(token()), ...said })).status).toBe(200);
  });

  it.each<[string, () => Record<string, string>]>([
    ['twice', () => ({ cookie: `keyrack=${token()}; keyrack=${token()}` })],
    ['twice, with another first', () => ({ cookie: `keyrack=${other}; keyrack=${token()}` })],
    ['by the name that only TLS brings', () => ({ cookie: `__Host-keyrack=${token()}` })],
    ['by another name', () => ({ cookie: `xkeyrack=${token()}; keyrackx=${token()}; Keyrack=${token()}` })],
    ['empty', () => ({ cookie: 'keyrack=' })],
    ['without a value', () => ({ cookie: 'keyrack' })],
    ['cut short', () => ({ cookie: `keyrack=${token().slice(0, -1)}` })],
    ['beside a credential that is wrong', () => ({ ...cookieOf(token()), authorization: 'Bearer kr_nonsense' })],
    ['beside another kind of credential', () => ({ ...cookieOf(token()), authorization: 'Basic YTpi' })],
  ])('opens nothing %s', async (_what, headers) => {
    expect(await me(headers())).toMatchObject(UNAUTHORIZED);
  });

  it('that opens nothing is removed wherever it came from, and the session stays where this server put it', async () => {
    const cookie = `keyrack=${other}; keyrack=${token()}`;
    const cleared = async (headers: Sent['headers']) => (await me(headers)).headers.getSetCookie();
    expect(await cleared(cookieOf(token()))).toEqual([]);
    expect((await world().send('/v1/me', { key: null, headers: { cookie } })).headers.getSetCookie()).toEqual([]);
    const all = ['/v1', '/v1/', '/v1/me'].map((path) => `keyrack=; Max-Age=0; Path=${path}`);
    expect(await cleared({ cookie })).toEqual(all);
    // One alone would stand beside the session that is opened next.
    expect(await cleared({ cookie: 'keyrack=ks_nonsense' })).toEqual(all);
    expect((await me(cookieOf(token()))).status).toBe(200);
    const inPassing = await world().send('/v1/sessions', {
      method: 'POST',
      key: null,
      json: { property: INN.number, email: `${idOf('receptionist')}@example.com`, password: 'not this one' },
      headers: { ...PAGE, cookie },
    });
    expect(inPassing.headers.getSetCookie()).toContain('keyrack=; Max-Age=0; Path=/v1/sessions');
  });

  it('is found among as many others as a request may have, and more are refused for it all', async () => {
    const many = Array.from({ length: 1_500 }, (_, at) => `c${at}=x`).join('; ');
    expect((await me({ cookie: `${many.slice(0, 6_000)}; keyrack=${token()}` })).status).toBe(200);
    const huge = await fetch(`${world().server.url}/v1/me`, {
      headers: { ...PAGE, cookie: `a=${'x'.repeat(20_000)}` },
    });
    expect(huge.status).toBe(431);
  });

  it('holds no API key: a page is somebody', async () => {
    const key = drawToken();
    await world().put(apiKeyRow(key));
    expect((await world().send('/v1/properties', { key })).status).toBe(200);
    const headers = { ...PAGE, ...cookieOf(key) };
    expect(await world().send('/v1/properties', { key: null, headers })).toMatchObject(UNAUTHORIZED);
  });

  it('does a request once, and knows its repeat also by the token', async () => {
    const headers = { ...PAGE, ...cookieOf(inn.administrator as string), 'idempotency-key': 'floor' };
    const path = `/v1/properties/${INN.id}/buildings`;
    const sent = { method: 'POST', json: { number: '7', name: 'House' } };
    const first = await world().send(path, { ...sent, key: null, headers });
    expect(first.status).toBe(201);
    expect((await world().send(path, { ...sent, key: null, headers })).body).toEqual(first.body);
    const byToken = { ...sent, key: inn.administrator as string, headers: { 'idempotency-key': 'floor' } };
    expect((await world().send(path, byToken)).body).toEqual(first.body);
  });

  it('is asked for again at the end of a wait, and its stream ends with its session', async () => {
    await putEncoder(world());
    const leaving = await signedIn('leaving', INN.id);
    const headers = { ...PAGE, ...cookieOf(leaving) };
    const { id } = await putOperation(world(), 'accepted');
    const path = `/v1/properties/1001/operations/${id}`;
    const stream = await openEventStream(world(), '/v1/properties/1001/events?cursor=latest', { key: null, headers });
    const asked = Promise.withResolvers<void>();
    onRead = (name) => name === 'operationDetail' && asked.resolve();
    const waiting = world().send(path, { key: null, headers: { ...headers, prefer: 'wait=60' } });
    await asked.promise;
    const ended = await world().send('/v1/sessions/current', { method: 'DELETE', key: null, headers });
    expect([ended.status, ended.headers.get('set-cookie')]).toEqual([
      204,
      'keyrack=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict',
    ]);
    await world().send(`${path}/withdraw`, { method: 'POST' });
    expect(await waiting).toMatchObject(UNAUTHORIZED);
    await world().send('/v1/properties/1001', { method: 'PATCH', json: { name: 'Told to nobody' } });
    await stream.ended;
    expect(stream.text()).not.toContain(id);
    expect(stream.events.filter(({ event }) => event === 'property.changed')).toEqual([]);
  });
});

it('a browser that asks whether another page may send the header is told nothing', async () => {
  const asked = await fetch(`${world().server.url}/v1/me`, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://evil.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'keyrack-session',
    },
  });
  expect(asked.ok).toBe(false);
  expect([...asked.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});
