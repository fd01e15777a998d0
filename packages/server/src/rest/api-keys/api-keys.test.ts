import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { INSTALLATION } from '../../domain/audit.ts';
import { verifyLogs } from '../../requests/testing/verify-logs.ts';
import { INN, OTHER, restWorldForFile, type Sent } from '../../testing/rest-world.ts';

const world = restWorldForFile();
const create = (json: object, sent: Sent = {}) => world().send('/v1/api-keys', { method: 'POST', json, ...sent });
const OF_INN = { name: 'PMS', scopes: ['admin'], properties: [INN.id] };

describe('an API key', () => {
  it('shows its token once, works until it is revoked, and tells when it was last used', async () => {
    const made = await create({ ...OF_INN, scopes: ['read', 'cards', 'read'] });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'PMS', scopes: ['read', 'cards'], properties: [INN.id], owner: false, expiresAt: null },
    });
    const { id, token, prefix } = made.body;
    expect(token.startsWith(`${prefix}_`)).toBe(true);
    expect(made.headers.get('location')).toBe(`/v1/api-keys/${id}`);
    const shown = () => world().send(`/v1/api-keys/${id}`);
    expect((await shown()).body).toMatchObject({ id, prefix, lastUsedAt: null, revokedAt: null });
    expect(JSON.stringify((await shown()).body)).not.toContain(token);
    expect((await world().send('/v1/properties/1001', { key: token })).status).toBe(200);
    await expect.poll(async () => (await shown()).body.lastUsedAt).toMatch(/Z$/);
    const revoke = () => world().send(`/v1/api-keys/${id}`, { method: 'DELETE' });
    expect((await revoke()).status).toBe(204);
    expect((await revoke()).status).toBe(204);
    expect((await world().send('/v1/properties/1001', { key: token })).status).toBe(401);
    expect((await shown()).body.revokedAt).toMatch(/Z$/);
  });

  it('gives nobody more than they have', async () => {
    const { token: admin } = (await create(OF_INN)).body;
    const { token: reads } = (await create({ ...OF_INN, scopes: ['read'] })).body;
    expect((await create({ ...OF_INN, scopes: ['cards'] }, { key: admin })).status).toBe(201);
    expect((await create({ ...OF_INN, properties: 'all' }, { key: admin })).status).toBe(403);
    for (const property of [OTHER.id, '019ac000-0000-7000-8000-0000000000ff'])
      expect(await create({ ...OF_INN, properties: [INN.id, property] }, { key: admin })).toMatchObject({
        status: 400,
        body: { errors: [{ in: 'body', path: 'properties.1', detail: expect.stringContaining('reaches') }] },
      });
    expect((await create(OF_INN, { key: reads })).status).toBe(403);
    const { token: members } = (await create({ ...OF_INN, scopes: ['members'] })).body;
    expect((await create(OF_INN, { key: members })).status).toBe(404);
  });

  it.each([
    ['left out', undefined, 201],
    ['no later', 3_000_000, 201],
    ['later', 3_900_000, 403],
    ['never', null, 403],
  ])('that ends makes none that outlives it: the end is %s', async (_which, after, status) => {
    const timeIn = (ms: number) => new Date(Date.now() + ms).toISOString();
    const expiresAt = timeIn(3_600_000);
    const { token: key } = (await create({ ...OF_INN, expiresAt })).body;
    const wish = after === undefined ? {} : { expiresAt: after === null ? null : timeIn(after) };
    const made = await create({ ...OF_INN, ...wish }, { key });
    expect(made.status).toBe(status);
    if (status === 201) expect(made.body.expiresAt <= expiresAt).toBe(true);
  });

  it.each(['9999-12-31T23:59:59-23:00', '0000-01-01T00:00:00Z'])(
    'ends at a time that answers can tell, not at %s',
    async (expiresAt) => {
      expect(await create({ ...OF_INN, expiresAt })).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'expiresAt', detail: expect.stringContaining('years 1 to 9999') }] },
      });
    },
  );

  it('that acts for more than the caller reaches is not there for it', async () => {
    const { token: admin } = (await create(OF_INN)).body;
    const others = [
      (await create({ ...OF_INN, properties: [OTHER.id] })).body.id,
      (await create({ ...OF_INN, properties: [INN.id, OTHER.id] })).body.id,
      (await create({ ...OF_INN, properties: 'all' })).body.id,
      (await world().send('/v1/api-keys?limit=200')).body.data.find(({ owner }: { owner: boolean }) => owner).id,
    ];
    for (const id of others) {
      for (const method of ['GET', 'DELETE'])
        expect((await world().send(`/v1/api-keys/${id}`, { key: admin, method })).status).toBe(404);
    }
    const listed = (await world().send('/v1/api-keys?limit=200', { key: admin })).body.data;
    expect(listed.map(({ properties }: { properties: unknown }) => properties)).toEqual(listed.map(() => [INN.id]));
  });

  it('is listed in pages, the newest first', async () => {
    const { id } = (await create({ ...OF_INN, name: 'The newest' })).body;
    const { body: all } = await world().send('/v1/api-keys?limit=200');
    expect(all.data[0].id).toBe(id);
    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await world().send(`/v1/api-keys?limit=2${cursor && `&cursor=${cursor}`}`);
      walked.push(...body.data.map((key: { id: string }) => key.id));
      cursor = body.nextCursor;
    }
    expect(walked).toEqual(all.data.map((key: { id: string }) => key.id));
  });

  it('that has expired ends by itself, and one that begins expired is refused', async () => {
    expect((await create({ ...OF_INN, expiresAt: '2020-01-01T00:00:00Z' })).status).toBe(400);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect((await create({ ...OF_INN, expiresAt: until })).body.expiresAt).toBe(until);
  });

  it('of the owner is revoked by its file alone', async () => {
    const keys = (await world().send('/v1/api-keys?limit=200')).body.data;
    const { id } = keys.find(({ owner }: { owner: boolean }) => owner);
    expect(await world().send(`/v1/api-keys/${id}`, { method: 'DELETE' })).toMatchObject({
      status: 409,
      body: { type: '/v1/problems/owner-key-stays' },
    });
  });

  it('leaves its records with each of its properties, or with the installation, which is verified too', async () => {
    const { id: admin, token: key } = (await create({ ...OF_INN, name: 'Recorded' })).body;
    const { id } = (await create({ ...OF_INN, name: 'By the other' }, { key })).body;
    await world().send(`/v1/api-keys/${id}`, { method: 'DELETE', key });
    const ofAll = (await create({ ...OF_INN, properties: 'all' })).body;
    const db = new DatabaseSync(join(world().folder, 'keyrack.db'), { readOnly: true });
    onTestFinished(() => db.close());
    const records = (propertyId: string, apiKey: string) =>
      db
        .prepare(
          "SELECT action, actor, details FROM audit WHERE property_id = ? AND details LIKE '%' || ? || '%' ORDER BY number",
        )
        .all(propertyId, `"apiKey":"${apiKey}"`)
        .map(({ details, ...record }) => ({ ...record, details: JSON.parse(String(details)) }));
    const by = { by: admin, from: expect.stringMatching(/127\.0\.0\.1/) };
    expect(records(INN.id, id)).toMatchObject([
      { action: 'api-key-created', actor: `key ${admin}`, details: { name: 'By the other', scopes: ['admin'], ...by } },
      { action: 'api-key-revoked', actor: `key ${admin}`, details: by },
    ]);
    expect(records(INSTALLATION, ofAll.id)).toMatchObject([{ action: 'api-key-created', actor: 'owner' }]);
    expect(JSON.stringify(db.prepare('SELECT details FROM audit').all())).not.toContain(key.slice(-40));
    expect(await verifyLogs(world().server.read, [INSTALLATION])).toMatchObject([{ brokenAt: null }]);
  });

  it.each([
    [{ ...OF_INN, scopes: [] }, 'scopes'],
    [{ ...OF_INN, scopes: ['everything'] }, 'scopes.0'],
    [{ ...OF_INN, name: ' ' }, 'name'],
    [{ ...OF_INN, name: 'a\u0000' }, 'name'],
    [{ ...OF_INN, extra: 1 }, ''],
    [{ ...OF_INN, expiresAt: 'tomorrow' }, 'expiresAt'],
  ])('of %j is refused, by %s', async (json, path) => {
    expect(await create(json)).toMatchObject({ status: 400, body: { errors: [{ in: 'body', path }] } });
  });
});

describe('an Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'once' };

  it('makes one of fifty at once, and every answer is the same, also the secret', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => create({ ...OF_INN, name: 'Fifty' }, { headers })),
    );
    for (const { status, body } of answers) expect({ status, body }).toEqual({ status: 201, body: answers[0]?.body });
    const { data } = (await world().send('/v1/api-keys?limit=200')).body;
    expect(data.filter(({ name }: { name: string }) => name === 'Fifty')).toHaveLength(1);
    expect((await world().send('/v1/properties', { key: answers[0]?.body.token })).status).toBe(200);
  });

  it('of another request is refused, and of another credential is its own', async () => {
    expect(await create({ ...OF_INN, name: 'Another' }, { headers })).toMatchObject({
      status: 422,
      body: { type: '/v1/problems/idempotency-key-reused' },
    });
    const { token: key } = (await create(OF_INN)).body;
    expect((await create(OF_INN, { headers, key })).status).toBe(201);
    expect((await create(OF_INN, { headers: { 'idempotency-key': 'a b' } })).status).toBe(400);
  });

  it('lets a request that was refused be corrected', async () => {
    const key = { headers: { 'idempotency-key': 'corrected' } };
    expect((await create({ ...OF_INN, name: '' }, key)).status).toBe(400);
    expect((await create(OF_INN, key)).status).toBe(201);
  });
});
