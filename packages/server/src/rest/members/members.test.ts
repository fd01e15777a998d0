import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawToken } from '../../runtime/draw-token.ts';
import { apiKeyRow, INN, OTHER, restWorldForFile, type Sent } from '../../testing/rest-world.ts';

const world = restWorldForFile();
const MEMBERS = '/v1/properties/1001/members';
const send = (path: string, method: string, json?: unknown, sent: Sent = {}) =>
  world().send(`${MEMBERS}${path}`, { method, ...(json !== undefined && { json }), ...sent });
const create = (json: object) => send('', 'POST', json);
const change = (id: string, json: object, headers: Record<string, string> = {}) =>
  send(`/${id}`, 'PATCH', json, { headers });

let mobiles = 13_000_000_000;
/** A member that no other test knows. */
async function newMember(facts: object = {}) {
  mobiles += 1;
  const { status, body } = await create({
    name: 'Ada',
    role: 'receptionist',
    areaCode: '86',
    mobile: String(mobiles),
    ...facts,
  });
  expect(status).toBe(201);
  return body;
}
const rowOf = async (id: string) => {
  const found = await world().server.read('getMember', { propertyId: INN.id, memberId: id });
  return found?.facts;
};

describe('a member', () => {
  it('is added with a phone, an e-mail or both, and shown without the password', async () => {
    const made = await create({
      name: ' Ada ',
      role: 'receptionist',
      areaCode: '86',
      mobile: '13900000001',
      email: 'Ada@Example.com',
      password: 'correct horse',
    });
    expect(made).toMatchObject({ status: 201 });
    const { id } = made.body;
    expect(made.body).toEqual({
      id,
      name: 'Ada',
      role: 'receptionist',
      areaCode: '86',
      mobile: '13900000001',
      email: 'ada@example.com',
      issuingPermission: false,
      active: true,
      lastActiveAt: null,
      joinedAt: null,
      invitedUntil: null,
    });
    expect(made.headers.get('location')).toBe(`/v1/properties/${INN.id}/members/${id}`);
    const shown = await send(`/${id}`, 'GET');
    expect(shown).toMatchObject({ status: 200, body: made.body });
    expect(shown.headers.get('etag')).toBe(made.headers.get('etag'));
    expect((await world().send(`/v1/properties/${OTHER.id}/members/${id}`)).status).toBe(404);
  });

  it.each([
    [{}, 'email'],
    [{ areaCode: '86' }, 'mobile'],
    [{ mobile: '13900000002' }, 'mobile'],
    [{ areaCode: '+86', mobile: '13900000002' }, 'areaCode'],
    [{ email: 'nobody' }, 'email'],
    // Nobody could tell these from the e-mail of another.
    ...['\u200b', '\u00ad', '\u2060', '\ufeff', '\u{e0061}', '\u034f', '\u202e'].map(
      (unseen) => [{ email: `a${unseen}@example.com` }, 'email'] as [object, string],
    ),
    [{ email: 'a@example.com', password: 'short' }, 'password'],
    [{ email: 'a@example.com', role: 'owner' }, 'role'],
    [{ email: 'a@example.com', name: '' }, 'name'],
    [{ email: 'a@example.com', admin: true }, ''],
  ])('of %j is refused, by %s', async (facts, path) => {
    expect(await create({ name: 'Bo', role: 'receptionist', ...facts })).toMatchObject({
      status: 400,
      body: { errors: [{ in: 'body', path }] },
    });
  });

  it('has a phone and an e-mail of their own within the property', async () => {
    const { id, areaCode, mobile } = await newMember({ email: 'taken@example.com' });
    const other = await newMember();
    const problem = (name: string) => ({ status: 409, body: { type: `/v1/problems/${name}` } });
    const named = { name: 'Bo', role: 'receptionist' };
    expect(await create({ ...named, areaCode, mobile })).toMatchObject(problem('phone-taken'));
    expect(await create({ ...named, email: 'TAKEN@example.com' })).toMatchObject(problem('email-taken'));
    expect(await change(other.id, { areaCode, mobile })).toMatchObject(problem('phone-taken'));
    expect(await change(other.id, { email: 'taken@example.com' })).toMatchObject(problem('email-taken'));
    expect((await change(id, { areaCode, mobile, email: 'taken@example.com' })).status).toBe(200);
    const elsewhere = await world().send('/v1/properties/1002/members', {
      method: 'POST',
      json: { ...named, areaCode, mobile },
    });
    expect(elsewhere.status).toBe(201);
  });

  it('is changed in what is given, and keeps a name to be known by', async () => {
    const { id, ...before } = await newMember();
    const changed = await change(id, { name: 'Grace', issuingPermission: true });
    expect(changed).toMatchObject({ status: 200, body: { ...before, name: 'Grace', issuingPermission: true } });
    expect(await change(id, { areaCode: null, mobile: null })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'email' }] },
    });
    expect((await change(id, { areaCode: null, mobile: null, email: 'grace@example.com' })).status).toBe(200);
    expect(await rowOf(id)).toMatchObject({ mobile: null, areaCode: null, email: 'grace@example.com' });
  });

  it('is changed only as the caller knows them, by If-Match', async () => {
    const { id } = await newMember();
    const etag = (await send(`/${id}`, 'GET')).headers.get('etag') ?? '';
    const changed = await change(id, { name: 'Bo' }, { 'if-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
    expect(await change(id, { name: 'Cy' }, { 'if-match': etag })).toMatchObject({
      status: 412,
      body: { type: '/v1/problems/changed-meanwhile' },
    });
    expect(await rowOf(id)).toMatchObject({ name: 'Bo' });
  });

  it('who is an auditor works with no cards', async () => {
    const { id } = await newMember({ issuingPermission: true });
    const problem = { status: 409, body: { type: '/v1/problems/role-without-permission' } };
    expect(await change(id, { role: 'auditor' })).toMatchObject(problem);
    expect((await change(id, { role: 'auditor', issuingPermission: false })).status).toBe(200);
    expect(await change(id, { issuingPermission: true })).toMatchObject(problem);
  });

  it('who is the last administrator stays one', async () => {
    const problem = { status: 409, body: { type: '/v1/problems/last-administrator' } };
    const first = await newMember({ role: 'administrator' });
    expect(await change(first.id, { role: 'receptionist' })).toMatchObject(problem);
    expect(await change(first.id, { active: false })).toMatchObject(problem);
    const second = await newMember({ role: 'administrator' });
    expect((await change(second.id, { active: false })).status).toBe(200);
    expect(await change(first.id, { active: false })).toMatchObject(problem);
    expect((await change(second.id, { active: true })).status).toBe(200);
    expect((await change(first.id, { role: 'receptionist' })).status).toBe(200);
    expect(await change(second.id, { role: 'auditor' })).toMatchObject(problem);
  });

  it('leaves a record of each change with who made it, and no phone, e-mail or password in it', async () => {
    const { id } = await newMember({ email: 'private@example.com', password: 'correct horse' });
    await change(id, { email: 'hidden@example.com', issuingPermission: true });
    await change(id, { issuingPermission: true });
    await send(`/${id}/password`, 'PUT', { password: 'battery staple' });
    const records = world()
      .rows('audit')
      .filter(({ details }) => details.includes(id));
    expect(records.map(({ action, details }) => [action, JSON.parse(details)])).toEqual([
      ['member-created', { member: id, role: 'receptionist', issuingPermission: false, ...BY }],
      ['member-changed', { member: id, issuingPermission: true, changed: ['email'], ...BY }],
      ['member-password-set', { member: id, ...BY }],
    ]);
    for (const { actor } of records) expect(actor).toBe('owner');
  });
});

const BY = { by: expect.any(String), from: '127.0.0.1' };

describe('members', () => {
  it('are listed the newest first, by page and by filter', async () => {
    const property = { ...INN, id: '019ac000-0000-7000-8000-00000000000a', number: '2001' };
    await world().put({ table: 'properties', row: property });
    const add = (json: object) => world().send('/v1/properties/2001/members', { method: 'POST', json });
    const list = async (query = '') => {
      const { body } = await world().send(`/v1/properties/2001/members${query}`);
      return body.data.map(({ name }: { name: string }) => name);
    };
    await add({ name: '王芳', role: 'administrator', email: 'wang@example.com' });
    await add({ name: 'Bo', role: 'receptionist', areaCode: '86', mobile: '13912345678', issuingPermission: true });
    await add({ name: 'Cy', role: 'auditor', email: 'Cy@Example.com' });
    expect(await list()).toEqual(['Cy', 'Bo', '王芳']);
    expect(await list('?role=receptionist')).toEqual(['Bo']);
    expect(await list('?issuingPermission=false')).toEqual(['Cy', '王芳']);
    expect(await list('?active=false')).toEqual([]);
    for (const [search, found] of [
      ['EXAMPLE', ['Cy', '王芳']],
      ['芳', ['王芳']],
      ['8613912345678', ['Bo']],
      ['1234', ['Bo']],
      ['nobody', []],
    ] as const)
      expect(await list(`?search=${encodeURIComponent(search)}`)).toEqual(found);
    const first = (await world().send('/v1/properties/2001/members?limit=2')).body;
    expect(first.data).toHaveLength(2);
    expect(await list(`?limit=2&cursor=${first.nextCursor}`)).toEqual(['王芳']);
    expect((await world().send('/v1/properties/2001/members?active=yes')).status).toBe(400);
  });

  it('are seen and changed by the rights of the key alone', async () => {
    const { id } = await newMember();
    const [reads, rooms, elsewhere] = [drawToken(), drawToken(), drawToken()];
    await world().put(
      apiKeyRow(reads, { scopes: ['read'] }),
      apiKeyRow(rooms, { scopes: ['rooms'] }),
      apiKeyRow(elsewhere, { scopes: ['admin'], properties: [OTHER.id] }),
    );
    for (const [key, see, act] of [
      [reads, 200, 403],
      [rooms, 404, 404],
      [elsewhere, 404, 404],
      [null, 401, 401],
    ] as const) {
      const asks = [
        [await send('', 'GET', undefined, { key }), see],
        [await send(`/${id}`, 'GET', undefined, { key }), see],
        [await send('', 'POST', { name: 'x' }, { key }), act],
        [await send(`/${id}`, 'PATCH', { name: 'x' }, { key }), act],
        [await send(`/${id}/password`, 'PUT', { password: 'x' }, { key }), act],
      ] as const;
      for (const [{ status }, expected] of asks) expect(status).toBe(expected);
    }
  });

  it('that are not there are told as such', async () => {
    const id = '019ac000-0000-7000-8000-0000000000ff';
    for (const [path, method, json] of [
      [`/${id}`, 'GET', undefined],
      ['/nonsense', 'GET', undefined],
      [`/${id}`, 'PATCH', { name: 'x' }],
      [`/${id}/password`, 'PUT', { password: 'correct horse' }],
    ] as const)
      expect((await send(path, method, json)).status).toBe(404);
  });
});

describe('a password', () => {
  const md5 = (password: string) => createHash('md5').update(password, 'utf8').digest('hex');
  const isRight = async (id: string, password: string) => {
    const row = world()
      .rows('members')
      .find((member) => member.id === id);
    return world().server.passwords.verify(row?.passwordHash ?? '', md5(password));
  };

  it('that an administrator sets is the one that clients send the md5 of', async () => {
    const { id } = await newMember({ password: 'the old one' });
    expect(await isRight(id, 'the old one')).toBe(true);
    expect((await send(`/${id}/password`, 'PUT', { password: 'новый пароль' })).status).toBe(204);
    expect(await isRight(id, 'новый пароль')).toBe(true);
    expect(await isRight(id, 'the old one')).toBe(false);
  });

  it('of somebody who moves over is taken as the md5 that their software sends', async () => {
    const { id } = await newMember({ passwordMd5: md5('kept from before').toUpperCase() });
    expect(await isRight(id, 'kept from before')).toBe(true);
    expect((await send(`/${id}/password`, 'PUT', { passwordMd5: md5('another') })).status).toBe(204);
    expect(await isRight(id, 'another')).toBe(true);
    const session = { property: '1001', areaCode: '86', mobile: String(mobiles), password: 'another' };
    expect((await world().send('/v1/sessions', { method: 'POST', json: session, key: null })).status).toBe(201);
  });

  it.each<[string, object, string]>([
    ['twice', { password: 'battery staple', passwordMd5: md5('battery staple') }, 'password'],
    ['as half an md5', { passwordMd5: md5('x').slice(16) }, 'passwordMd5'],
  ])('is not given %s', async (_, given, path) => {
    const { id } = await newMember();
    const refused = { status: 400, body: { errors: [{ path }] } };
    expect(await send(`/${id}/password`, 'PUT', given)).toMatchObject(refused);
    expect(await create({ name: 'A', role: 'auditor', email: 'a@example.com', ...given })).toMatchObject(refused);
  });

  it('that is set is given', async () => {
    const { id } = await newMember();
    expect((await send(`/${id}/password`, 'PUT', {})).status).toBe(400);
  });

  it('is in no answer, no log and no table', async () => {
    const headers = { 'idempotency-key': 'with-a-password' };
    const json = { name: 'Eve', role: 'receptionist', email: 'eve@example.com', password: 'never to be seen' };
    const made = await send('', 'POST', json, { headers });
    expect(made.status).toBe(201);
    expect((await send('', 'POST', json, { headers })).body).toEqual(made.body);
    const plainHash = createHash('sha256')
      .update(JSON.stringify(['POST', MEMBERS, json]))
      .digest('hex');
    const all = JSON.stringify([made.body, world().lines, world().rows('idempotencyKeys'), world().rows('audit')]);
    expect(all).not.toContain('never to be seen');
    expect(all, 'a plain hash of the body gives a weak password away').not.toContain(plainHash);
  });
});

describe('nobody gives a member more than they have themselves', () => {
  const NOTHING = ['members'];
  const CARDS = ['members', 'cards'];
  const READS = ['members', 'read'];
  const ADMIN = ['admin'];
  const desk = { role: 'receptionist' };
  const issuer = { role: 'receptionist', issuingPermission: true };
  const auditor = { role: 'auditor' };
  const administrator = { role: 'administrator' };
  const keyOf = async (scopes: readonly string[]) => {
    const token = drawToken();
    await world().put(apiKeyRow(token, { scopes: scopes as never }));
    return token;
  };
  /** What the member is before, or null for a new one; what they would be; the scopes that do, and those that don't. */
  it.each([
    [null, desk, [CARDS, ADMIN], [NOTHING]],
    [null, issuer, [CARDS, ADMIN], [NOTHING, READS]],
    [null, auditor, [READS, ADMIN], [NOTHING, CARDS]],
    [null, administrator, [ADMIN], [NOTHING, CARDS, READS, ['members', 'cards', 'read', 'rooms']]],
    [desk, { issuingPermission: true }, [CARDS, ADMIN], [NOTHING, READS]],
    [desk, { role: 'administrator' }, [ADMIN], [NOTHING, CARDS, READS]],
    [{ ...issuer, active: false }, { active: true }, [CARDS, ADMIN], [NOTHING, READS]],
    [{ ...desk, active: false }, { role: 'administrator' }, [ADMIN], [NOTHING, CARDS]],
    [desk, { password: 'battery staple' }, [CARDS, ADMIN], [NOTHING]],
    [issuer, { password: 'battery staple' }, [CARDS, ADMIN], [NOTHING, READS]],
    [administrator, { password: 'battery staple' }, [ADMIN], [NOTHING, CARDS, READS]],
    [desk, { link: true }, [CARDS, ADMIN], [NOTHING]],
    [administrator, { link: true }, [ADMIN], [NOTHING, CARDS, READS]],
    // To take something away, or to rename, is free.
    [issuer, { issuingPermission: false }, [NOTHING, CARDS], []],
    [issuer, { active: false }, [NOTHING], []],
    [administrator, { role: 'receptionist' }, [NOTHING], []],
    [issuer, { name: 'Grace' }, [NOTHING], []],
  ])('%j to %j', async (before, wish, may, mayNot) => {
    await newMember(administrator);
    for (const [scopes, is] of [...may.map((each) => [each, true]), ...mayNot.map((each) => [each, false])] as [
      string[],
      boolean,
    ][]) {
      const key = await keyOf(scopes);
      mobiles += 1;
      const phone = { areaCode: '86', mobile: String(mobiles) };
      const { active = true, ...facts } = (before ?? {}) as { active?: boolean };
      const id = before === null ? null : (await newMember(facts)).id;
      if (!active) await change(id, { active });
      const was = id === null ? null : await rowOf(id);
      const answer =
        id === null
          ? await send('', 'POST', { name: 'Ada', ...phone, ...wish }, { key })
          : 'link' in wish
            ? await send(`/${id}/password-link`, 'POST', {}, { key })
            : 'password' in wish
              ? await send(`/${id}/password`, 'PUT', wish, { key })
              : await send(`/${id}`, 'PATCH', wish, { key });
      expect({ scopes, status: answer.status < 300 ? 'done' : answer.status }).toEqual({
        scopes,
        status: is ? 'done' : 403,
      });
      if (!is && id !== null) expect(await rowOf(id)).toEqual(was);
    }
  });
});
