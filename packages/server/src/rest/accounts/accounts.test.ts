import { describe, expect, it } from 'vitest';
import { drawToken } from '../../runtime/draw-token.ts';
import { PURPOSE } from '../../runtime/sealed-secret.ts';
import { apiKeyRow, INN, OTHER, restWorldForFile, type Sent } from '../../testing/rest-world.ts';

const world = restWorldForFile();
const send = (path: string, method: string, json?: unknown, sent: Sent = {}) =>
  world().send(`/v1/accounts${path}`, { method, ...(json !== undefined && { json }), ...sent });
const OF_INN = { name: 'PMS', properties: [INN.id] };
const newAccount = async (facts: object = {}) => (await send('', 'POST', { ...OF_INN, ...facts })).body;
const opened = (sealed: string | null | undefined) =>
  Buffer.from(world().server.sealer.open(sealed ?? '', PURPOSE.accountToken)).toString();
const rowOf = (sid: string) =>
  world()
    .rows('accounts')
    .find((account) => account.sid === sid);

describe('a developer account', () => {
  it('shows its token once, which is kept sealed', async () => {
    const made = await send('', 'POST', OF_INN);
    expect(made.status).toBe(201);
    const { sid, token, ...shown } = made.body;
    expect(sid).toMatch(/^[0-9a-f]{32}$/);
    expect(token).toMatch(/^[0-9a-z]{30}$/);
    expect(shown).toEqual({
      name: 'PMS',
      state: 'active',
      properties: [INN.id],
      addressRanges: [],
      roomCardApi: true,
      signatureA: true,
      previousTokenUntil: null,
    });
    expect((await send(`/${sid}`, 'GET')).body).toEqual({ sid, ...shown });
    expect(opened(rowOf(sid)?.sealedToken)).toBe(token);
    expect(JSON.stringify([world().lines, world().rows('accounts'), world().rows('audit')])).not.toContain(token);
  });

  it('gets another token, and the one before signs too for a while', async () => {
    const { sid, token } = await newAccount();
    const before = Date.now();
    const rotated = await send(`/${sid}/tokens`, 'POST', {});
    expect(rotated.status).toBe(201);
    expect(rotated.body.token).not.toBe(token);
    expect(Date.parse(rotated.body.previousTokenUntil) - before).toBeGreaterThanOrEqual(24 * 3_600_000);
    expect((await send(`/${sid}`, 'GET')).body.previousTokenUntil).toBe(rotated.body.previousTokenUntil);
    expect(opened(rowOf(sid)?.previousToken)).toBe(token);
    expect((await send(`/${sid}/tokens`, 'POST', { previousTokenUntil: null })).body.previousTokenUntil).toBeNull();
    expect(rowOf(sid)).toMatchObject({ previousToken: null, previousUntil: null });
    for (const previousTokenUntil of ['2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z'])
      expect((await send(`/${sid}/tokens`, 'POST', { previousTokenUntil })).status).toBe(400);
  });

  it('is changed only as the caller knows it, and each change is recorded', async () => {
    const { sid } = await newAccount();
    const etag = (await send(`/${sid}`, 'GET')).headers.get('etag') ?? '';
    const headers = { 'if-match': etag };
    const changed = await send(
      `/${sid}`,
      'PATCH',
      { state: 'suspended', addressRanges: ['203.0.113.0/24'] },
      { headers },
    );
    expect(changed).toMatchObject({ status: 200, body: { state: 'suspended', addressRanges: ['203.0.113.0/24'] } });
    expect((await send(`/${sid}`, 'PATCH', { state: 'active' }, { headers })).status).toBe(412);
    const actions = world()
      .rows('audit')
      .filter(({ details }) => details.includes(sid))
      .map(({ propertyId, action }) => [propertyId, action]);
    expect(actions).toEqual([
      [INN.id, 'account-created'],
      [INN.id, 'account-changed'],
    ]);
  });

  it('acts for the properties that it is allowed for', async () => {
    const { sid } = await newAccount();
    const at = `/v1/properties/1002/accounts`;
    const sids = async () => (await world().send(`${at}?limit=200`)).body.data.map((each: { sid: string }) => each.sid);
    expect(await sids()).not.toContain(sid);
    for (let i = 0; i < 2; i++) expect((await world().send(`${at}/${sid}`, { method: 'PUT' })).status).toBe(204);
    expect(await sids()).toContain(sid);
    expect((await send(`/${sid}`, 'GET')).body.properties).toEqual([INN.id, OTHER.id]);
    for (let i = 0; i < 2; i++) expect((await world().send(`${at}/${sid}`, { method: 'DELETE' })).status).toBe(204);
    expect(await sids()).not.toContain(sid);
    expect((await world().send(`${at}/${'0'.repeat(32)}`, { method: 'PUT' })).status).toBe(404);
  });

  it('that acts for more than the caller reaches is not there for it', async () => {
    const [key, reads] = [drawToken(), drawToken()];
    await world().put(apiKeyRow(key), apiKeyRow(reads, { scopes: ['read'] }));
    const own = await newAccount();
    for (const properties of [[OTHER.id], [INN.id, OTHER.id], []]) {
      const { sid } = await newAccount({ properties });
      expect((await send(`/${sid}`, 'GET', undefined, { key })).status).toBe(404);
      expect((await send(`/${sid}`, 'PATCH', { state: 'suspended' }, { key })).status).toBe(404);
      expect((await send(`/${sid}/tokens`, 'POST', {}, { key })).status).toBe(404);
      expect(rowOf(sid)?.state).toBe('active');
    }
    const listed = (await send('?limit=200', 'GET', undefined, { key })).body.data;
    expect(listed.map(({ properties }: { properties: unknown }) => properties)).toEqual(listed.map(() => [INN.id]));
    expect((await send(`/${own.sid}`, 'PATCH', { name: 'X' }, { key })).status).toBe(200);
    expect((await send(`/${own.sid}`, 'PATCH', { name: 'X' }, { key: reads })).status).toBe(403);
    expect((await send('', 'POST', { ...OF_INN, properties: [] }, { key })).status).toBe(403);
    expect(await send('', 'POST', { ...OF_INN, properties: [OTHER.id] }, { key })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'properties.0' }] },
    });
  });

  describe('that moves over', () => {
    const OWN = { sid: 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5D6', token: 'kept-from-the-other-provider-30' };

    it('keeps its sid and token, which no other account gets', async () => {
      const made = await send('', 'POST', { ...OF_INN, ...OWN });
      expect(made).toMatchObject({ status: 201, body: { ...OWN, properties: [INN.id] } });
      expect(opened(rowOf(OWN.sid)?.sealedToken)).toBe(OWN.token);
      const before = rowOf(OWN.sid);
      expect(await send('', 'POST', { ...OF_INN, ...OWN, token: 'another-token-of-somebody' })).toMatchObject({
        status: 409,
        body: { type: '/v1/problems/sid-taken' },
      });
      expect(rowOf(OWN.sid)).toEqual(before);
      expect(JSON.stringify([world().lines, world().rows('accounts'), world().rows('audit')])).not.toContain(OWN.token);
    });

    it('gets the token that its software signs with, instead of a drawn one', async () => {
      const { sid } = await newAccount();
      const given = { token: OWN.token, previousTokenUntil: null };
      expect(await send(`/${sid}/tokens`, 'POST', given)).toMatchObject({ status: 201, body: given });
      expect(opened(rowOf(sid)?.sealedToken)).toBe(OWN.token);
    });

    it('is named by a credential that reaches all properties alone, and others learn nothing of it', async () => {
      const key = drawToken();
      await world().put(apiKeyRow(key));
      const { sid } = await newAccount({ properties: [OTHER.id] });
      const asked = [sid, '1'.repeat(32)].map((each) => send('', 'POST', { ...OF_INN, ...OWN, sid: each }, { key }));
      const [taken, free] = await Promise.all(asked);
      expect(taken).toMatchObject({ status: 403, body: free?.body });
      expect(rowOf('1'.repeat(32))).toBeUndefined();
    });

    it.each<[string, object, string]>([
      ['a sid alone', { sid: OWN.sid }, 'token'],
      ['a token alone', { token: OWN.token }, 'token'],
      ['a sid of another form', { ...OWN, sid: 'short' }, 'sid'],
      ['a short token', { ...OWN, token: 'short' }, 'token'],
      ['a token with a blank', { ...OWN, token: 'sixteen letters and more' }, 'token'],
    ])('does not come with %s', async (_, given, path) => {
      expect(await send('', 'POST', { ...OF_INN, ...given })).toMatchObject({
        status: 400,
        body: { errors: [{ path }] },
      });
    });
  });

  it.each([['loopback'], ['10.0.0.0/33'], ['example.com'], ['10.0.0.1/x'], ['300.1.1.1']])(
    'is not bound to %s, which is no address',
    async (range) => {
      expect(await send('', 'POST', { ...OF_INN, addressRanges: [range] })).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'addressRanges.0' }] },
      });
    },
  );
});
