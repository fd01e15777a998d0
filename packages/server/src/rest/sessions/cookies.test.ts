import { describe, expect, it } from 'vitest';
import { factorsAtV1, laterClock } from '../../testing/factors-at-v1.ts';
import { OWN_PASSWORD, peopleAtV1 } from '../../testing/people-at-v1.ts';
import { restWorldForFile, type Sent } from '../../testing/rest-world.ts';

/** Who signs in at a page of this server gets a cookie, and no token that a script could read. */

const clock = laterClock();
const world = restWorldForFile({ clock });
const behindTls = restWorldForFile({}, { settings: { KEYRACK_PUBLIC_URL: 'https://keys.example.com' } });
const behindProxy = restWorldForFile({}, { settings: { KEYRACK_TRUSTED_PROXIES: '127.0.0.1' } });

const PAGE = { 'keyrack-session': 'cookie' };
const people = factorsAtV1(world, clock);
const peopleBehindTls = peopleAtV1(behindTls);
const peopleBehindProxy = peopleAtV1(behindProxy);
const post = (path: string, json: object, headers: Sent['headers'] = {}, at = world) =>
  at().send(path, { method: 'POST', key: null, json, headers });
const cookieIn = ({ headers }: { headers: Headers }) => /^([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? '';
const nameNow = async (cookie: string, at = world) =>
  (await at().send('/v1/me', { key: null, headers: { ...PAGE, cookie } })).body.person?.name;

it('signs in, is known by the cookie, and gets no token', async () => {
  const { email } = await people.newPerson();
  const signedIn = await post('/v1/sessions', { email, password: OWN_PASSWORD }, PAGE);
  expect(signedIn).toMatchObject({ status: 201, body: { state: 'open', token: null } });
  expect(signedIn.headers.get('set-cookie')).toMatch(
    /^keyrack=ks_[0-9A-Za-z]{8}_[0-9A-Za-z]{40}; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  expect(await nameNow(cookieIn(signedIn))).toBe('Ada');
  // Without the header it is as it was.
  const program = await post('/v1/sessions', { email, password: OWN_PASSWORD });
  expect([program.headers.get('set-cookie'), program.body.token]).toEqual([null, expect.stringMatching(/^ks_/)]);
});

it('is never signed in under a token that was there before, whoever put it into the browser', async () => {
  const [mine, theirs] = [await people.personWithApp(), await people.newPerson()];
  const planted = cookieIn(await post('/v1/sessions', { email: theirs.email, password: OWN_PASSWORD }, PAGE));
  const headers = { ...PAGE, cookie: planted };
  const { token: session } = (await post('/v1/sessions', { email: mine.email, password: OWN_PASSWORD }, headers)).body;
  const opened = await post('/v1/sessions/open', { session, code: people.nextCode(mine.secret) }, headers);
  // Others in that answer remove cookies of elsewhere.
  const [kept = ''] = opened.headers.getSetCookie().filter((each) => each.includes('HttpOnly'));
  const tokens = [planted, `keyrack=${session}`, kept.split(';')[0] as string];
  expect(new Set(tokens).size).toBe(3);
  const names = tokens.map(
    async (cookie) => (await world().send('/v1/me', { key: null, headers: { ...PAGE, cookie } })).body.person?.id,
  );
  expect(await Promise.all(names)).toEqual([theirs.id, undefined, mine.id]);
});

it('gets no cookie where the password is wrong, nor for a half-open session', async () => {
  const { email, secret } = await people.personWithApp();
  expect((await post('/v1/sessions', { email, password: 'not this one' }, PAGE)).headers.get('set-cookie')).toBe(null);
  const half = await post('/v1/sessions', { email, password: OWN_PASSWORD }, PAGE);
  expect([half.body.state, half.headers.get('set-cookie')]).toEqual(['half-open', null]);
  expect(await nameNow(`keyrack=${half.body.token}`)).toBeUndefined();
  const json = { session: half.body.token, code: people.nextCode(secret) };
  const opened = await post('/v1/sessions/open', json, PAGE);
  expect(opened).toMatchObject({ status: 201, body: { state: 'open', token: null } });
  expect(await nameNow(cookieIn(opened))).toBe('Ada');
});

it('becomes a person, and is signed in with it', async () => {
  const member = await people.newMember();
  const json = { name: 'Bea', email: 'bea@example.com', password: OWN_PASSWORD };
  const made = await post('/v1/persons', { ...json, invitation: await people.invite(member) }, PAGE);
  expect(made).toMatchObject({ status: 201, body: { name: 'Bea' } });
  expect(await nameNow(cookieIn(made))).toBe('Bea');
  const { token } = (await world().send('/v1/owner-invitations', { method: 'POST' })).body;
  const owner = await post('/v1/persons', { ...json, email: 'owner@example.com', invitation: token }, PAGE);
  expect(await nameNow(cookieIn(owner))).toBe('Bea');
  // A program signs in afterwards, and nothing is opened for it.
  const before = world().rows('sessions').length;
  const invitation = await people.invite(await people.newMember());
  const program = await post('/v1/persons', { ...json, email: 'cy@example.com', invitation });
  expect([program.status, program.headers.get('set-cookie')]).toEqual([201, null]);
  expect(world().rows('sessions')).toHaveLength(before);
  const over = await post('/v1/persons', { ...json, email: 'dee@example.com', invitation }, PAGE);
  expect([over.status, over.headers.get('set-cookie')]).toEqual([409, null]);
});

describe.each([
  ['where KEYRACK_PUBLIC_URL is by TLS', behindTls, peopleBehindTls, {}, true],
  ['where a trusted proxy says so', behindProxy, peopleBehindProxy, { 'x-forwarded-proto': 'https' }, true],
  [
    'where a trusted proxy says that it came plainly',
    behindProxy,
    peopleBehindProxy,
    { 'x-forwarded-proto': 'http' },
    false,
  ],
  ['where a stranger says so', world, people, { 'x-forwarded-proto': 'https' }, false],
])('%s', (_what, at, { newPerson }, came, isSecure) => {
  it(`the cookie is ${isSecure ? 'for TLS alone' : 'a plain one'}`, async () => {
    const { email } = await newPerson();
    const headers = { ...PAGE, ...came };
    const signedIn = await post('/v1/sessions', { email, password: OWN_PASSWORD }, headers, at);
    const set = signedIn.headers.get('set-cookie') ?? '';
    if (isSecure) expect(set).toMatch(/^__Host-keyrack=ks_\w+; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
    else expect(set).toMatch(/^keyrack=ks_\w+; Path=\/; HttpOnly; SameSite=Strict$/);
    const me = (cookie: string) => at().send('/v1/me', { key: null, headers: { ...headers, cookie } });
    expect((await me(cookieIn(signedIn))).status).toBe(200);
    // What a page without TLS may have put there isn't looked at.
    const [, token] = cookieIn(signedIn).split('=');
    expect((await me(`${isSecure ? 'keyrack' : '__Host-keyrack'}=${token}`)).status).toBe(401);
    const ended = await at().send('/v1/sessions/current', {
      method: 'DELETE',
      key: null,
      headers: { ...headers, cookie: cookieIn(signedIn) },
    });
    expect(ended.headers.get('set-cookie')?.split(';').slice(0, 2)).toEqual([
      `${isSecure ? '__Host-keyrack' : 'keyrack'}=`,
      ' Max-Age=0',
    ]);
  });
});

it('ends another session of theirs, and stays signed in', async () => {
  const { email } = await people.newPerson();
  const signIn = () => post('/v1/sessions', { email, password: OWN_PASSWORD }, PAGE);
  const [one, two] = [await signIn(), await signIn()];
  const headers = { ...PAGE, cookie: cookieIn(one) };
  const ended = await world().send(`/v1/sessions/${two.body.id}`, { method: 'DELETE', key: null, headers });
  expect([ended.status, ended.headers.get('set-cookie')]).toEqual([204, null]);
  expect(await nameNow(cookieIn(one))).toBe('Ada');
  expect(await nameNow(cookieIn(two))).toBeUndefined();
});
