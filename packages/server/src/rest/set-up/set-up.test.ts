import { describe, expect, it, onTestFinished } from 'vitest';
import { hashToken } from '../../domain/token.ts';
import { md5Of } from '../../runtime/password.ts';
import { type RestWorld, restWorld } from '../../testing/rest-world.ts';

/** The first ten minutes of a server, over /v1. */

const TOKEN = 'the token of the last start';
const OWNER = {
  name: 'Ada',
  areaCode: '49',
  mobile: '15100000000',
  email: 'Ada@Hotel.example',
  password: 'correct horse',
};
const PROPERTY = { number: '1316879946', name: 'Hotel', timeZone: 'Europe/Berlin', checkOutTime: '11:00' };
const WHOLE = { token: TOKEN, owner: OWNER, property: PROPERTY };
const OVER = { status: 409, body: { type: '/v1/problems/set-up-over' } };
const REFUSED = { status: 403, body: { type: '/v1/problems/set-up-refused' } };

async function emptyServer(parts: Parameters<typeof restWorld>[0] = {}): Promise<RestWorld> {
  const world = await restWorld(parts, { properties: [] });
  expect(await world.server.run('offerSetUp', { tokenHash: hashToken(TOKEN) })).toBe(true);
  return world;
}
const setsUp = (world: RestWorld, json: object = WHOLE) =>
  world.send('/v1/set-up', { method: 'POST', key: null, json });
const stateOf = async (world: RestWorld) => (await world.send('/v1/set-up', { key: null })).body;

describe('an empty server', () => {
  it('is set up once: an owner who administers the property and issues cards there, and is signed in', async () => {
    const world = await emptyServer();
    expect(await stateOf(world)).toEqual({ state: 'empty' });
    const { status, body } = await setsUp(world);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      person: { name: 'Ada', email: 'ada@hotel.example', owner: true },
      property: PROPERTY,
      session: { kind: 'person', state: 'open', factors: [] },
    });
    expect(await stateOf(world)).toEqual({ state: 'done' });
    const key = body.session.token;
    expect((await world.send('/v1/me', { key })).body.memberships).toMatchObject([
      { property: { id: body.property.id }, role: 'administrator', issuingPermission: true },
    ]);
    const ofProperty = (path: string) => world.send(`/v1/properties/1316879946/${path}`, { key });
    expect((await ofProperty('card-keys')).body.data).toMatchObject([{ version: 1, state: 'current' }]);
    expect((await ofProperty('audit-verification')).body).toMatchObject({ brokenAt: null, nextCursor: null });
    const [member] = world.rows('members');
    expect(await world.server.passwords.verify(member?.passwordHash ?? '', md5Of('correct horse'))).toBe(true);
    expect(await setsUp(world)).toMatchObject(OVER);
    expect(world.rows('persons')).toHaveLength(1);
  });

  it('signs a page of the server in by its cookie, and shows it no token', async () => {
    const world = await emptyServer();
    const headers = { 'keyrack-session': 'cookie' };
    const done = await world.send('/v1/set-up', { method: 'POST', key: null, json: WHOLE, headers });
    expect(done).toMatchObject({ status: 201, body: { session: { state: 'open', token: null } } });
    const cookie = done.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await world.send('/v1/me', { key: null, headers: { ...headers, cookie } })).body.ownerRights).toContain(
      'installation.owner',
    );
  });

  it('draws a number for a property whose people choose none', async () => {
    const world = await emptyServer();
    const { number, ...property } = PROPERTY;
    expect((await setsUp(world, { ...WHOLE, property })).body.property.number).toMatch(/^[1-9]\d{9}$/);
  });

  it('tells nothing to whoever has no token, changes nothing, and does no work of hashes', async () => {
    let hashes = 0;
    const world = await emptyServer({
      passwords: {
        async hash(md5) {
          hashes += 1;
          return md5;
        },
        verify: async () => false,
      },
    });
    // A start hashes one for names that nobody has.
    hashes = 0;
    for (const token of ['x', `${TOKEN}x`, hashToken(TOKEN)])
      expect(await setsUp(world, { ...WHOLE, token })).toMatchObject(REFUSED);
    expect(hashes).toBe(0);
    expect(await stateOf(world)).toEqual({ state: 'empty' });
    expect(world.lines.join('\n')).not.toContain(TOKEN);
    // A wrong field uses nothing up.
    expect((await setsUp(world, { ...WHOLE, owner: { ...OWNER, password: 'short' } })).status).toBe(400);
    expect((await setsUp(world)).status).toBe(201);
  });

  it('takes the token of its last start alone', async () => {
    const world = await emptyServer();
    await world.server.run('offerSetUp', { tokenHash: hashToken('of the next start') });
    expect(await setsUp(world)).toMatchObject(REFUSED);
    expect((await setsUp(world, { ...WHOLE, token: 'of the next start' })).status).toBe(201);
  });

  it('is set up by one of two who ask at once', async () => {
    const world = await emptyServer();
    const answers = await Promise.all([setsUp(world), setsUp(world)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(world.rows('properties')).toHaveLength(1);
    expect(world.rows('members')).toHaveLength(1);
  });

  it('that dies between commit and answer lets its owner in by the password that they chose', async () => {
    const cut = Promise.withResolvers<void>();
    const world = await emptyServer({
      wrapStore: (store) => ({
        ...store,
        run: async (name, input) => {
          const result = await store.run(name, input);
          if (name !== 'setUp') return result;
          cut.resolve();
          return new Promise(() => {});
        },
      }),
    });
    const aborter = new AbortController();
    const lost = fetch(`${world.server.url}/v1/set-up`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(WHOLE),
      signal: aborter.signal,
    });
    lost.catch(() => {});
    onTestFinished(() => aborter.abort());
    await cut.promise;
    expect(await stateOf(world)).toEqual({ state: 'done' });
    expect(await setsUp(world)).toMatchObject(OVER);
    const json = { email: 'ada@hotel.example', password: 'correct horse' };
    expect((await world.send('/v1/sessions', { method: 'POST', key: null, json })).status).toBe(201);
  });
});

it('a server that has a property is not set up again, whoever has which token', async () => {
  const world = await restWorld();
  expect(await stateOf(world)).toEqual({ state: 'done' });
  expect(await setsUp(world)).toMatchObject(OVER);
});
