import { readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INSTALLATION } from '../domain/audit.ts';
import { drawToken } from '../runtime/draw-token.ts';
import { scratchFolder } from '../store/testing/scratch-folder.ts';
import { apiKeyRow, INN, OTHER, OWNER_KEY_FILE, restWorld, restWorldForFile } from '../testing/rest-world.ts';

const UNAUTHORIZED = {
  type: '/v1/problems/unauthorized',
  title: 'A valid credential is missing',
  status: 401,
  detail: 'Send `Authorization: Bearer` with an API key that is neither expired nor revoked.',
};

const shared = restWorldForFile();

describe('without a credential that is good', () => {
  it('every address of /v1 answers the same', async () => {
    const world = shared();
    const [expired, revoked] = [drawToken(), drawToken()];
    await world.put(apiKeyRow(expired, { expiresAt: Date.now() - 1 }), apiKeyRow(revoked, { revokedAt: 0 }));
    const wrong = `${world.ownerKey.slice(0, -1)}${world.ownerKey.endsWith('x') ? 'y' : 'x'}`;
    const credentials = [null, 'nonsense', wrong, drawToken(), expired, revoked];
    const paths = [
      '/v1',
      '/v1/nothing',
      '/v1/properties',
      `/v1/properties/${INN.id}`,
      '/v1/properties/none',
      '/v1/%ZZ',
    ];
    for (const key of credentials) {
      for (const path of paths) {
        for (const method of ['GET', 'POST', 'DELETE']) {
          const { status, headers, body } = await world.send(path, { key, method });
          expect({ path, method, key, status, body }).toEqual({ path, method, key, status: 401, body: UNAUTHORIZED });
          expect(headers.get('www-authenticate')).toBe('Bearer');
          expect(headers.get('content-type')).toMatch('application/problem+json');
        }
      }
    }
  });

  it('a body is not read', async () => {
    const { send } = shared();
    const { status } = await send('/v1/properties', { key: null, method: 'POST', body: 'x'.repeat(1_000_000) });
    expect(status).toBe(401);
  });
});

describe("the owner's key", () => {
  it('lies in the data folder, for its user alone, and does everything', async () => {
    const { folder, send, ownerKey } = shared();
    const file = join(folder, OWNER_KEY_FILE);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(ownerKey).toMatch(/^kr_[0-9A-Za-z]{8}_[0-9A-Za-z]{40}$/);
    expect((await send('/v1/properties')).body.data).toHaveLength(2);
  });

  it('stays the same over a restart; where its file was deleted, there is a new one and the old one is over', async () => {
    const folder = scratchFolder();
    const first = await restWorld({}, { folder });
    await first.server.stop();
    const again = await restWorld({}, { folder });
    expect(again.ownerKey).toBe(first.ownerKey);
    expect((await again.send('/v1/properties')).status).toBe(200);
    await again.server.stop();
    unlinkSync(join(folder, OWNER_KEY_FILE));
    const third = await restWorld({}, { folder });
    expect(third.ownerKey).not.toBe(first.ownerKey);
    expect((await third.send('/v1/properties')).status).toBe(200);
    expect((await third.send('/v1/properties', { key: first.ownerKey })).status).toBe(401);
    const records = third.rows('audit').filter(({ propertyId }) => propertyId === INSTALLATION);
    expect(records).toMatchObject([
      { action: 'api-key-created', actor: 'server' },
      { action: 'api-key-revoked', actor: 'server' },
      { action: 'api-key-created', actor: 'server' },
    ]);
    await third.server.stop();
    // The old file comes back, e.g. from a backup.
    writeFileSync(join(folder, OWNER_KEY_FILE), first.ownerKey);
    const fourth = await restWorld({}, { folder });
    expect((await fourth.send('/v1/properties')).status).toBe(200);
    expect((await fourth.send('/v1/properties', { key: third.ownerKey })).status).toBe(401);
  });

  it('is replaced where its file holds none', async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, OWNER_KEY_FILE), 'torn');
    const { send, lines } = await restWorld({}, { folder });
    expect((await send('/v1/properties')).status).toBe(200);
    expect(readFileSync(join(folder, OWNER_KEY_FILE), 'utf8')).toMatch(/^kr_/);
    expect(lines.map(({ msg }) => msg)).toContain("the owner's key was no key; a new one is in its place");
  });
});

describe('an API key', () => {
  it('reaches its properties, by id and number, and no other: those are not there for it', async () => {
    const world = shared();
    const key = drawToken();
    await world.put(apiKeyRow(key, { scopes: ['admin'], properties: [INN.id] }));
    for (const ref of [INN.id, INN.number]) {
      expect(await world.send(`/v1/properties/${ref}`, { key })).toMatchObject({ status: 200, body: { id: INN.id } });
    }
    const bodies = await Promise.all(
      [OTHER.id, OTHER.number, 'nothing', '019ac000-0000-7000-8000-0000000000ff'].map((ref) =>
        world.send(`/v1/properties/${ref}`, { key }),
      ),
    );
    for (const { status, body } of bodies) {
      expect(status).toBe(404);
      expect(body).toEqual(bodies[0]?.body);
    }
    expect((await world.send('/v1/properties', { key })).body.data.map(({ id }: { id: string }) => id)).toEqual([
      INN.id,
    ]);
  });

  it('of all properties reaches those that come later', async () => {
    const world = shared();
    const key = drawToken();
    const later = { ...INN, id: '019ac000-0000-7000-8000-000000000003', number: '1003' };
    await world.put(apiKeyRow(key, { scopes: ['read'], properties: null }), { table: 'properties', row: later });
    expect((await world.send('/v1/properties/1003', { key })).status).toBe(200);
  });

  it('is named in the log, and its secret never', async () => {
    const world = shared();
    const key = drawToken();
    await world.put(apiKeyRow(key));
    await world.send('/v1/properties/1001?x=secret', { key });
    expect(world.lines.findLast(({ msg }) => msg === 'request')).toMatchObject({
      endpoint: 'getProperty',
      credential: expect.any(String),
      status: 400,
      problem: 'invalid-request',
    });
    expect(JSON.stringify(world.lines)).not.toContain(key.slice(-40));
    expect(JSON.stringify(world.lines)).not.toContain('x=secret');
  });
});
