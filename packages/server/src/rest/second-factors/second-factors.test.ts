import { describe, expect, it } from 'vitest';
import { INSTALLATION } from '../../domain/audit.ts';
import { FACTORS } from '../../domain/limits.ts';
import { drawToken } from '../../runtime/draw-token.ts';
import { factorsAtV1, laterClock, problem } from '../../testing/factors-at-v1.ts';
import { codeOf } from '../../testing/one-time-code.ts';
import { MEMBERS_PASSWORD, OWN_PASSWORD } from '../../testing/people-at-v1.ts';
import { apiKeyRow, INN, restWorldForFile } from '../../testing/rest-world.ts';

/** What persons show besides their password, and who may change it. */

const clock = laterClock();
const world = restWorldForFile({ clock, credentialClock: clock });
const at = factorsAtV1(world, clock);
const { signIn, asPerson, asMember, newMember, invite, newPerson, isIn } = at;
const { post, nextCode, addApp, personWithApp, addRecoveryCodes, open, halfOpen, actionsOf } = at;
const PASSWORD = at.password;
const MINUTE = 60_000;
const STEP = FACTORS.stepMs;

/** Codes that the app doesn't show around now. */
function wrongCodes(secret: string, count: number): string[] {
  const right = [-2, -1, 0, 1, 2, 3].map((off) => codeOf(secret, clock.now() + off * STEP));
  const codes = Array.from({ length: count + right.length }, (_, n) => String(100_000 + n));
  return codes.filter((code) => !right.includes(code)).slice(0, count);
}

describe('an authenticator app', () => {
  it('is shown once, asks for nothing until its first code, and then at each sign-in', async () => {
    const person = await newPerson();
    const { status, body } = await post('/v1/me/authenticator', person.key, PASSWORD);
    expect(status).toBe(201);
    expect(body.uri).toContain(body.secret);
    expect(body.uri).toContain(encodeURIComponent(person.email));
    expect((await asPerson(person)).body).toMatchObject({ state: 'open', factors: [] });

    const confirm = (code: string) => post('/v1/me/authenticator/confirm', person.key, { code });
    expect(await confirm(nextCode('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'))).toMatchObject(problem(401, 'factor-refused'));
    const code = nextCode(body.secret);
    expect(await confirm(code)).toMatchObject({
      status: 200,
      body: { authenticator: { lastUsedAt: expect.any(String) } },
    });
    expect(await confirm(code)).toMatchObject(problem(409, 'authenticator-not-begun'));

    const { body: session } = await asPerson(person);
    expect(session).toMatchObject({ state: 'half-open', factors: ['authenticator'] });
    // The code that confirmed it was used by that.
    expect(await open(session.token, { code })).toMatchObject(problem(401, 'factor-refused'));
    const opened = await open(session.token, { code: nextCode(body.secret) });
    expect(opened).toMatchObject({ status: 201, body: { id: session.id, state: 'open', kind: 'person', factors: [] } });
    expect(opened.body.token).not.toBe(session.token);
    expect(await isIn(opened.body.token)).toBe(true);
  });

  it('may be begun anew until it is confirmed, which voids the secret before', async () => {
    const { key } = await newPerson();
    const first = (await post('/v1/me/authenticator', key, PASSWORD)).body.secret;
    const second = (await post('/v1/me/authenticator', key, PASSWORD)).body.secret;
    const confirm = (secret: string) => post('/v1/me/authenticator/confirm', key, { code: nextCode(secret) });
    expect(await confirm(first)).toMatchObject(problem(401, 'factor-refused'));
    expect((await confirm(second)).status).toBe(200);
    expect(await post('/v1/me/authenticator', key, PASSWORD)).toMatchObject(problem(409, 'authenticator-there'));
  });

  it("has its code taken once, also where both come at once, and one step beside the server's time", async () => {
    const person = await personWithApp();
    const code = nextCode(person.secret);
    const sessions = await Promise.all([1, 2, 3].map(() => halfOpen(person)));
    const answers = await Promise.all(sessions.map((session) => open(session, { code })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 401, 401]);

    clock.laterBySteps(10);
    const [one, two] = [await halfOpen(person), await halfOpen(person)];
    const at = clock.now();
    for (const off of [-2, 2])
      expect(await open(one, { code: codeOf(person.secret, at + off * STEP) })).toMatchObject(
        problem(401, 'factor-refused'),
      );
    expect((await open(one, { code: codeOf(person.secret, at - STEP) })).status).toBe(201);
    expect((await open(two, { code: codeOf(person.secret, at + STEP) })).status).toBe(201);
    // What lies before the last one that was taken is over.
    expect(await open(await halfOpen(person), { code: codeOf(person.secret, at) })).toMatchObject(
      problem(401, 'factor-refused'),
    );
  });

  it('is closed by five wrong codes, and a recovery code is not; each as long as `Retry-After` says', async () => {
    const person = await personWithApp();
    const [code = ''] = await addRecoveryCodes(person);
    const answers: number[] = [];
    for (const wrong of wrongCodes(person.secret, 6))
      answers.push((await open(await halfOpen(person), { code: wrong })).status);
    expect(answers).toEqual([...Array(5).fill(401), 429]);
    const closed = await open(await halfOpen(person), { code: nextCode(person.secret) });
    expect(closed).toMatchObject(problem(429, 'too-many-failures'));
    const seconds = Number(closed.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(45 * 60);
    expect((await open(await halfOpen(person), { recoveryCode: code })).status).toBe(201);
    clock.laterBy(seconds * 1_000);
    expect((await open(await halfOpen(person), { code: nextCode(person.secret) })).status).toBe(201);
  });

  it('is asked for no longer once it is removed', async () => {
    const person = await personWithApp();
    await addRecoveryCodes(person);
    expect((await post('/v1/me/authenticator/remove', person.key, PASSWORD)).status).toBe(204);
    expect((await asPerson(person)).body).toMatchObject({ state: 'open', factors: [] });
    expect(await world().send('/v1/me/factors', { key: person.key })).toMatchObject({
      body: { authenticator: null, passkeys: [], recoveryCodes: null },
    });
    expect((await post('/v1/me/authenticator/remove', person.key, PASSWORD)).status).toBe(404);
  });
});

describe('a half-open session', () => {
  it('can do nothing else', async () => {
    const session = await halfOpen(await personWithApp());
    for (const [path, method] of [
      ['/v1/me', 'GET'],
      ['/v1/sessions', 'GET'],
      ['/v1/sessions/current', 'DELETE'],
      ['/v1/me/factors', 'GET'],
      ['/v1/me/authenticator/remove', 'POST'],
      ['/v1/properties', 'GET'],
    ] as const)
      expect(await world().send(path, { method, key: session })).toMatchObject(problem(401, 'unauthorized'));
  });

  it('is opened once, and is over in five minutes, with a new password, and when its member is deactivated', async () => {
    const person = await personWithApp();
    const session = await halfOpen(person);
    expect((await open(session, { code: nextCode(person.secret) })).status).toBe(201);
    const over = problem(401, 'sign-in-over');
    expect(await open(session, { code: nextCode(person.secret) })).toMatchObject(over);
    expect(await open('nonsense', { code: nextCode(person.secret) })).toMatchObject(over);
    expect(await open(person.key, { code: nextCode(person.secret) })).toMatchObject(over);

    const old = await halfOpen(person);
    clock.laterBy(5 * MINUTE);
    expect(await open(old, { code: nextCode(person.secret) })).toMatchObject(over);

    const ofMember = (await asMember(person.member)).body.token;
    await world().send(person.member.at, { method: 'PATCH', json: { active: false } });
    expect(await open(ofMember, { code: nextCode(person.secret) })).toMatchObject(over);
    await world().send(person.member.at, { method: 'PATCH', json: { active: true } });
    expect(await open(ofMember, { code: nextCode(person.secret) })).toMatchObject(over);

    const before = await halfOpen(person);
    const json = { currentPassword: OWN_PASSWORD, password: 'battery staple' };
    await world().send('/v1/me/password', { method: 'PUT', key: person.key, json });
    expect(await open(before, { code: nextCode(person.secret) })).toMatchObject(over);
  });

  it('takes no place of an open one, however many there are', async () => {
    const person = await personWithApp();
    for (let n = 0; n < 25; n += 1) await halfOpen(person);
    expect(await isIn(person.key)).toBe(true);
    const { data } = (await world().send('/v1/sessions', { key: person.key })).body;
    expect(data).toMatchObject([{ state: 'open', current: true }]);
  });

  it.each([[{}], [{ code: '123456', recoveryCode: 'X' }], [{ code: '12345' }], [{ code: 'abcdef' }]])(
    'is opened by one factor of the right form, and not by %j',
    async (shown) => {
      expect((await open(await halfOpen(await personWithApp()), shown)).status).toBe(400);
    },
  );
});

describe("the way through a membership's own password", () => {
  it('asks for the factor of the person who joined it, and of nobody else', async () => {
    const person = await personWithApp();
    const other = await newMember();
    expect((await asMember(other)).body).toMatchObject({ state: 'open' });
    const { body } = await asMember(person.member);
    expect(body).toMatchObject({ state: 'half-open', kind: 'member', factors: ['authenticator'] });
    const opened = await open(body.token, { code: nextCode(person.secret) });
    expect(opened.body).toMatchObject({ state: 'open', kind: 'member' });
    expect((await world().send('/v1/me', { key: opened.body.token })).body).toMatchObject({
      person: null,
      memberships: [{ member: person.member.id }],
    });
    expect(world().rows('audit')).toContainEqual(
      expect.objectContaining({ propertyId: INN.id, action: 'session-opened', actor: `member ${person.member.id}` }),
    );
  });

  it('asks for it from the moment on at which the membership is joined, and until it is left', async () => {
    const person = await personWithApp();
    const member = await newMember({}, '1002');
    const sign = () => signIn({ property: '1002', email: member.email, password: MEMBERS_PASSWORD });
    const before = (await sign()).body.token;
    expect(await isIn(before)).toBe(true);
    await post('/v1/me/memberships', person.key, { invitation: await invite(member) });
    expect(await isIn(before)).toBe(false);
    const waiting = (await sign()).body;
    expect(waiting).toMatchObject({ state: 'half-open' });
    await world().send(`${member.at}/person`, { method: 'DELETE' });
    expect(await open(waiting.token, { code: nextCode(person.secret) })).toMatchObject(problem(401, 'sign-in-over'));
    expect((await sign()).body).toMatchObject({ state: 'open' });
  });

  it('leads to no factors: they are the person’s', async () => {
    const person = await newPerson();
    const key = (await asMember(person.member)).body.token;
    const ask = [
      ['/v1/me/factors', undefined],
      ['/v1/me/authenticator', PASSWORD],
      ['/v1/me/authenticator/confirm', { code: '123456' }],
      ['/v1/me/authenticator/remove', PASSWORD],
      ['/v1/me/recovery-codes', PASSWORD],
    ] as const;
    const api = drawToken();
    await world().put(apiKeyRow(api, { scopes: ['admin'] }));
    for (const [path, json] of ask) {
      const send = (token: string) =>
        world().send(path, { method: json ? 'POST' : 'GET', key: token, ...(json && { json }) });
      expect(await send(key)).toMatchObject(problem(409, 'person-needed'));
      expect((await send(api)).status).toBe(404);
      expect((await send(world().ownerKey)).status).toBe(404);
    }
  });
});

describe('the first factor', () => {
  it('ends every other session that a password alone has opened, also those of joined memberships', async () => {
    const person = await newPerson();
    const others = [(await asPerson(person)).body.token, (await asMember(person.member)).body.token];
    for (const key of others) expect(await isIn(key)).toBe(true);
    await addApp(person);
    for (const key of others) expect(await isIn(key)).toBe(false);
    expect(await isIn(person.key)).toBe(true);
  });
});

describe('a change of factors', () => {
  it('takes the password again, wrong ones of which are counted as at signing in', async () => {
    const person = await personWithApp();
    const wrong = { currentPassword: 'not this one' };
    for (const path of ['/v1/me/authenticator', '/v1/me/authenticator/remove', '/v1/me/recovery-codes'])
      expect(await post(path, person.key, wrong)).toMatchObject({
        status: 409,
        body: { cause: 'creator-or-password' },
      });
    for (let n = 3; n < 10; n += 1) await post('/v1/me/recovery-codes', person.key, { currentPassword: `wrong ${n}` });
    expect(await post('/v1/me/recovery-codes', person.key, PASSWORD)).toMatchObject(problem(429, 'too-many-failures'));
    expect(await asPerson(person)).toMatchObject(problem(429, 'too-many-failures'));
  });

  it('is recorded, without anything that opens', async () => {
    const person = await personWithApp();
    const [code = ''] = await addRecoveryCodes(person);
    const session = await halfOpen(person);
    await open(session, { recoveryCode: code });
    await post('/v1/me/authenticator/remove', person.key, PASSWORD);
    const actions = actionsOf(person)
      .filter(({ propertyId }) => propertyId === INSTALLATION)
      .map(({ action, details }) => [action, JSON.parse(details).factor]);
    expect(actions).toEqual([
      ['person-created', undefined],
      ['session-opened', undefined],
      ['factor-begun', 'authenticator'],
      ['factor-added', 'authenticator'],
      ['recovery-codes-created', undefined],
      ['session-half-opened', undefined],
      ['session-opened', 'recovery-code'],
      ['factor-removed', 'authenticator'],
    ]);
    const kept = [
      world().lines,
      ...(['sessions', 'audit', 'idempotencyKeys', 'authenticators', 'recoveryCodes'] as const).map(world().rows),
    ];
    for (const secret of [person.secret, code, session.slice(-40)]) expect(JSON.stringify(kept)).not.toContain(secret);
  });
});
