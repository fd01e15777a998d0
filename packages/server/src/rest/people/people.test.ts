import { describe, expect, it } from 'vitest';
import { putEncoder } from '../../testing/rest-operations.ts';
import { INN, OTHER, restWorldForFile, type Sent } from '../../testing/rest-world.ts';

/** People at /v1: members and persons signed in, invitations, and what ends it all. */

const world = restWorldForFile();
const send = (path: string, method = 'GET', json?: unknown, sent: Sent = {}) =>
  world().send(path, { method, ...(json !== undefined && { json }), ...sent });
const membersOf = (number: string) => `/v1/properties/${number}/members`;
const PASSWORD = 'correct horse';

let count = 0;
const newEmail = () => `somebody${++count}@example.com`;
async function newMember(facts: object = {}, property = '1001') {
  const email = newEmail();
  const json = { name: 'Ada', role: 'receptionist', email, password: PASSWORD, ...facts };
  const { body } = await send(membersOf(property), 'POST', json);
  return { id: body.id as string, email: body.email as string, at: `${membersOf(property)}/${body.id}` };
}
const signIn = (json: object) => send('/v1/sessions', 'POST', json, { key: null });
async function signedIn(json: object): Promise<string> {
  const { status, body } = await signIn(json);
  expect(status).toBe(201);
  return body.token;
}
const memberSession = ({ email }: { email: string }, property = '1001') =>
  signedIn({ property, email, password: PASSWORD });
const invite = async (member: { at: string }) => (await send(`${member.at}/invitation`, 'POST')).body.token as string;
const become = (invitation: string, facts: object = {}) =>
  send('/v1/persons', 'POST', { invitation, name: 'Ada', password: 'her very own', ...facts }, { key: null });
/** A person with one membership at the inn. */
async function newPerson(facts: object = {}) {
  const member = await newMember(facts);
  const email = newEmail();
  const made = await become(await invite(member), { email });
  expect(made.status).toBe(201);
  return { member, email, id: made.body.id as string, key: await signedIn({ email, password: 'her very own' }) };
}
const numbers = async (key: string) => {
  const { status, body } = await send('/v1/properties', 'GET', undefined, { key });
  expect(status).toBe(200);
  return body.data.map(({ number }: { number: string }) => number);
};
const isIn = async (key: string) => (await send('/v1/me', 'GET', undefined, { key })).status === 200;
const problem = (status: number, name: string) => ({ status, body: { type: `/v1/problems/${name}` } });

describe("a membership's own password", () => {
  it('opens that membership, and no other with the same e-mail and password', async () => {
    const member = await newMember();
    const twin = await newMember({ email: member.email }, '1002');
    const key = await memberSession(member);
    expect(await numbers(key)).toEqual(['1001']);
    expect((await send('/v1/properties/1002', 'GET', undefined, { key })).status).toBe(404);
    const { body } = await send('/v1/me', 'GET', undefined, { key });
    expect(body).toMatchObject({ kind: 'member', person: null, memberships: [{ member: member.id }] });
    expect(await numbers(await memberSession(twin, OTHER.id))).toEqual(['1002']);
  });

  it('is refused alike where it is wrong, where nobody has the name, and where there is no such property', async () => {
    const { email } = await newMember();
    const wrong = await signIn({ property: '1001', email, password: 'not this one' });
    expect(wrong).toMatchObject(problem(401, 'sign-in-refused'));
    for (const [property, name] of [
      ['1001', 'nobody@example.com'],
      ['9999', email],
      ['1002', email],
    ])
      expect((await signIn({ property, email: name, password: PASSWORD })).body).toEqual(wrong.body);
    // A member is no person.
    expect((await signIn({ email, password: PASSWORD })).body).toEqual(wrong.body);
  });

  it('is not looked at after ten wrong ones from one address', async () => {
    const { email } = await newMember();
    const answers: number[] = [];
    for (let n = 0; n < 12; n += 1)
      answers.push((await signIn({ property: '1001', email, password: `wrong ${n}` })).status);
    expect(answers).toEqual([...Array(10).fill(401), 429, 429]);
    const right = await signIn({ property: '1001', email, password: PASSWORD });
    expect(right).toMatchObject(problem(429, 'too-many-failures'));
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(60);
  });

  it('lets nobody in who is not active', async () => {
    const { at, email } = await newMember();
    await send(at, 'PATCH', { active: false });
    expect(await signIn({ property: '1001', email, password: PASSWORD })).toMatchObject({
      status: 409,
      body: { cause: 'member-inactive' },
    });
  });
});

describe('a session', () => {
  it('is ended at once by a new password, however it was set, and by deactivation', async () => {
    for (const ends of [
      (at: string) => send(`${at}/password`, 'PUT', { password: 'battery staple' }),
      (at: string) => send(at, 'PATCH', { active: false }),
    ]) {
      const member = await newMember();
      const keys = [await memberSession(member), await memberSession(member)];
      await ends(member.at);
      for (const key of keys) expect(await isIn(key)).toBe(false);
    }
    const member = await newMember();
    const key = await memberSession(member);
    const wrong = { currentPassword: 'not this one', password: 'battery staple' };
    expect(await send('/v1/me/password', 'PUT', wrong, { key })).toMatchObject({
      status: 409,
      body: { cause: 'creator-or-password' },
    });
    const right = { ...wrong, currentPassword: PASSWORD };
    expect((await send('/v1/me/password', 'PUT', right, { key })).status).toBe(204);
    expect(await isIn(key)).toBe(false);
    await signedIn({ property: '1001', email: member.email, password: 'battery staple' });
  });

  it('has the rights of the role as it is at the next request', async () => {
    const member = await newMember();
    const key = await memberSession(member);
    const list = async () => (await send(membersOf('1001'), 'GET', undefined, { key })).status;
    expect(await list()).toBe(404);
    await send(member.at, 'PATCH', { role: 'auditor' });
    expect(await list()).toBe(200);
    await send(member.at, 'PATCH', { role: 'receptionist' });
    expect(await list()).toBe(404);
  });

  it('is seen and ended by whom it is for alone; of 21 the oldest has ended', async () => {
    const [mine, other] = [await newMember(), await newMember()];
    const key = await memberSession(mine);
    const others = await memberSession(other);
    const { data } = (await send('/v1/sessions', 'GET', undefined, { key: others })).body;
    expect(data).toMatchObject([{ kind: 'member', state: 'open', current: true, address: '127.0.0.1' }]);
    expect((await send(`/v1/sessions/${data[0].id}`, 'DELETE', undefined, { key })).status).toBe(404);
    expect((await send(`/v1/sessions/${data[0].id}`, 'DELETE', undefined, { key: others })).status).toBe(204);
    expect(await isIn(others)).toBe(false);
    for (let n = 0; n < 20; n += 1) await memberSession(mine);
    expect(await isIn(key)).toBe(false);
    expect((await send('/v1/sessions', 'GET', undefined, { key: await memberSession(mine) })).body.data).toHaveLength(
      20,
    );
  });

  it('is kept by its hash alone, and neither it nor a password is in a log or record', async () => {
    const member = await newMember();
    const key = await memberSession(member);
    await isIn(key);
    const kept = [
      world().lines,
      ...(['sessions', 'audit', 'idempotencyKeys', 'links', 'persons'] as const).map(world().rows),
    ];
    expect(JSON.stringify(kept)).not.toContain(key.slice(-40));
    expect(JSON.stringify(kept)).not.toContain(PASSWORD);
    const record = world()
      .rows('audit')
      .find(({ action, actor }) => action === 'session-opened' && actor === `member ${member.id}`);
    expect(record).toMatchObject({ propertyId: INN.id });
  });
});

describe('cards', () => {
  it('need the role and the issuing permission, as it is then; records name the member and the session', async () => {
    await putEncoder(world());
    const member = await newMember({ issuingPermission: true });
    const key = await memberSession(member);
    const read = () => send('/v1/properties/1001/operations', 'POST', { kind: 'read', encoder: 7 }, { key });
    const accepted = await read();
    expect(accepted).toMatchObject({ body: { requester: { kind: 'member', id: member.id } } });
    const record = world()
      .rows('audit')
      .find(({ operationId }) => operationId === accepted.body.id);
    const { id } = (await send('/v1/sessions', 'GET', undefined, { key })).body.data[0];
    expect(record).toMatchObject({ action: 'operation-accepted', actor: `member ${member.id}` });
    expect(JSON.parse(record?.details ?? '')).toMatchObject({ by: id, from: '127.0.0.1' });
    await send(member.at, 'PATCH', { issuingPermission: false });
    expect(await read()).toMatchObject({ status: 409, body: { cause: 'permission-off' } });
    await send(member.at, 'PATCH', { role: 'auditor' });
    expect(await read()).toMatchObject(problem(403, 'forbidden'));
  });

  it('of whoever names no encoder go to the desk where they are signed in', async () => {
    const member = await newMember({ issuingPermission: true });
    const key = await memberSession(member);
    expect(await send('/v1/properties/1001/operations', 'POST', { kind: 'read' }, { key })).toMatchObject({
      status: 409,
      body: { cause: 'not-signed-in' },
    });
  });
});

describe('a person', () => {
  it('joins a membership by its invitation alone, and not because an e-mail or a password agrees', async () => {
    const person = await newPerson();
    const elsewhere = await newMember({ email: person.email, password: 'her very own' }, '1002');
    expect(await numbers(person.key)).toEqual(['1001']);
    const invitation = await invite(elsewhere);
    const join = (key: string) => send('/v1/me/memberships', 'POST', { invitation }, { key });
    // Signed in with a membership's password, nobody is a person.
    expect(await join(await memberSession(await newMember()))).toMatchObject(problem(409, 'person-needed'));
    expect(await join(person.key)).toMatchObject({ status: 200, body: { id: person.id } });
    expect(await numbers(person.key)).toEqual(['1001', '1002']);
    expect(await join(person.key)).toMatchObject(problem(409, 'invitation-over'));
    const { body } = await send('/v1/me', 'GET', undefined, { key: person.key });
    expect(body).toMatchObject({ kind: 'person', person: { email: person.email, owner: false } });
    expect(body.memberships.map(({ member }: { member: string }) => member)).toEqual([person.member.id, elsewhere.id]);
  });

  it('has at each property the rights of their role there, and elsewhere none', async () => {
    const person = await newPerson({ role: 'administrator' });
    const there = await newMember({ role: 'receptionist' }, '1002');
    const invitation = await invite(there);
    await send('/v1/me/memberships', 'POST', { invitation }, { key: person.key });
    const list = async (number: string) =>
      (await send(membersOf(number), 'GET', undefined, { key: person.key })).status;
    expect([await list('1001'), await list('1002')]).toEqual([200, 404]);
    const makeKey = (properties: string[] | 'all') =>
      send('/v1/api-keys', 'POST', { name: 'K', scopes: ['read'], properties }, { key: person.key });
    expect((await makeKey([INN.id])).status).toBe(201);
    expect((await makeKey([OTHER.id])).status).toBe(400);
    expect((await makeKey([INN.id, OTHER.id])).status).toBe(400);
    expect((await makeKey('all')).status).toBe(403);
  });

  it('loses a property at once where the membership is deactivated or taken from them, and stays signed in', async () => {
    const person = await newPerson();
    await send(person.member.at, 'PATCH', { active: false });
    expect(await numbers(person.key)).toEqual([]);
    await send(person.member.at, 'PATCH', { active: true });
    expect(await numbers(person.key)).toEqual(['1001']);
    expect((await send(`${person.member.at}/invitation`, 'POST')).body.type).toBe('/v1/problems/member-joined');
    await send(`${person.member.at}/person`, 'DELETE');
    expect(await numbers(person.key)).toEqual([]);
    const events = await send('/v1/events', 'GET', undefined, { key: person.key });
    expect(events).toMatchObject({ status: 200, body: { data: [], more: false } });
    // What isn't a list of what one reaches stays hidden.
    for (const path of ['/v1/properties/1001', '/v1/properties/1001/events', '/v1/accounts', '/v1/audit-records'])
      expect((await send(path, 'GET', undefined, { key: person.key })).status).toBe(404);
    expect(await isIn(person.key)).toBe(true);
  });

  it('is told of at the membership: invited until when, joined since when', async () => {
    const member = await newMember();
    const told = async () => {
      const { joinedAt, invitedUntil } = (await send(member.at, 'GET')).body;
      return { joinedAt, invitedUntil };
    };
    expect(await told()).toEqual({ joinedAt: null, invitedUntil: null });
    const { expiresAt } = (await send(`${member.at}/invitation`, 'POST')).body;
    expect(await told()).toEqual({ joinedAt: null, invitedUntil: expiresAt });
    await send(`${member.at}/invitation`, 'DELETE');
    expect(await told()).toEqual({ joinedAt: null, invitedUntil: null });
    await become(await invite(member), { email: newEmail() });
    expect(await told()).toEqual({ joinedAt: expect.stringMatching(/Z$/), invitedUntil: null });
    await send(`${member.at}/person`, 'DELETE');
    expect(await told()).toEqual({ joinedAt: null, invitedUntil: null });
  });

  it("isn't reached by whoever resets the password of one of their memberships", async () => {
    const person = await newPerson();
    await send(`${person.member.at}/password`, 'PUT', { password: 'reset by hand' });
    expect(await isIn(person.key)).toBe(true);
    expect((await signIn({ email: person.email, password: 'reset by hand' })).status).toBe(401);
    const key = await signedIn({ property: '1001', email: person.member.email, password: 'reset by hand' });
    expect((await send('/v1/me', 'GET', undefined, { key })).body.person).toBe(null);
  });

  it('sets their own password, which ends all of their sessions', async () => {
    const { email, key } = await newPerson();
    const second = await signedIn({ email, password: 'her very own' });
    const json = { currentPassword: 'her very own', password: 'battery staple' };
    expect((await send('/v1/me/password', 'PUT', json, { key })).status).toBe(204);
    expect([await isIn(key), await isIn(second)]).toEqual([false, false]);
    await signedIn({ email, password: 'battery staple' });
  });

  it('is nobody without an invitation that is good; one that is not tells nothing of who there is', async () => {
    const { email } = await newPerson();
    const [used, revoked, replaced, inactive] = await Promise.all([1, 2, 3, 4].map(() => newMember()));
    if (used === undefined || revoked === undefined || replaced === undefined || inactive === undefined)
      throw new Error();
    const tokens = await Promise.all([used, revoked, replaced, inactive].map(invite));
    await become(tokens[0] ?? '', { email: newEmail() });
    await send(`${revoked.at}/invitation`, 'DELETE');
    await invite(replaced);
    await send(inactive.at, 'PATCH', { active: false });
    await send(inactive.at, 'PATCH', { active: true });
    for (const token of [...tokens, 'nonsense'])
      expect(await become(token, { email })).toMatchObject(problem(409, 'invitation-over'));
    expect(await become(await invite(revoked), { email })).toMatchObject(problem(409, 'email-taken'));
    expect(await become(await invite(revoked), {})).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'email' }] },
    });
    // A link for a password is no invitation, and the other way round.
    const { link } = (await send(`${used.at}/password-link`, 'POST')).body;
    expect(await become(link.split('#')[1], { email: newEmail() })).toMatchObject(problem(409, 'invitation-over'));
  });
});

describe('the owner', () => {
  it('is a person whom the key in the data folder invited, and who gets in again by it when locked out', async () => {
    const { token } = (await send('/v1/owner-invitations', 'POST')).body;
    const email = newEmail();
    const { body: owner } = await become(token, { email });
    expect(owner).toMatchObject({ owner: true });
    const key = await signedIn({ email, password: 'her very own' });
    const property = { number: 'OWN1', name: 'Inn', timeZone: 'Asia/Shanghai' };
    expect((await send('/v1/properties', 'POST', property, { key })).status).toBe(201);
    expect((await send('/v1/persons', 'GET', undefined, { key })).body.data).toContainEqual(owner);
    // Without a place at a property, they give no cards.
    expect(
      await send('/v1/properties/1001/operations', 'POST', { kind: 'cancel', serial: '4567' }, { key }),
    ).toMatchObject({ status: 409, body: { cause: 'permission-off' } });

    const reset = (sent: Sent = {}) => send(`/v1/persons/${owner.id}/password-link`, 'POST', undefined, sent);
    expect(await reset({ key })).toMatchObject(problem(403, 'forbidden'));
    const { link } = (await reset()).body;
    const json = { link: link.split('#')[1], password: 'let in again' };
    expect((await world().send('/v1/password', { method: 'PUT', key: null, json })).status).toBe(204);
    expect(await isIn(key)).toBe(false);
    const again = await signedIn({ email, password: 'let in again' });
    expect((await send(`/v1/persons/${owner.id}/ownership`, 'DELETE')).status).toBe(204);
    expect((await send('/v1/persons', 'GET', undefined, { key: again })).status).toBe(404);
  });
});
