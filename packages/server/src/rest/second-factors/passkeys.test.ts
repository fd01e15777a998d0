import { describe, expect, it } from 'vitest';
import { PASSKEYS } from '../../domain/limits.ts';
import { factorsAtV1, laterClock, problem } from '../../testing/factors-at-v1.ts';
import { restWorld, restWorldForFile } from '../../testing/rest-world.ts';
import { type PasskeyQuirks, softwarePasskey } from '../../testing/software-passkey.ts';

/** Passkeys: keys of people's computers and phones. test/browser/passkeys.test.ts has one of a real browser. */

const ORIGIN = 'https://keys.example.com';
const clock = laterClock();
const world = restWorldForFile({ clock, credentialClock: clock }, { settings: { KEYRACK_PUBLIC_URL: ORIGIN } });
const at = factorsAtV1(world, clock);
const { post, open, halfOpen, asPerson, asMember, newPerson, personWithApp, nextCode, isIn, actionsOf } = at;
const PASSWORD = at.password;

const optionsFor = async (key: string) => (await post('/v1/me/passkeys/options', key, PASSWORD)).body;
async function personWithPasskey() {
  const person = await newPerson();
  const passkey = softwarePasskey({ origin: ORIGIN });
  const json = { name: 'Laptop', passkey: passkey.make(await optionsFor(person.key)) };
  const { status, body } = await post('/v1/me/passkeys', person.key, json);
  expect(status).toBe(201);
  return { ...person, passkey, id: person.id, record: body.id as string };
}
const askTo = async (session?: string) =>
  (await post('/v1/sessions/passkey-options', null, session ? { session } : {})).body;
const signInBy = (shown: object) => post('/v1/sessions/passkey', null, { passkey: shown });

const LIES: readonly (readonly [string, PasskeyQuirks])[] = [
  ['another origin', { origin: 'https://keys.example.org' }],
  ['the same host without TLS', { origin: 'http://keys.example.com' }],
  ['another host', { host: 'example.com' }],
  ['a challenge of nobody', { challenge: 'A'.repeat(54) }],
  ['another purpose', { type: 'webauthn.other' }],
];

describe('a passkey', () => {
  it('is added with the password, and asked for at each sign-in from then on; other sessions end', async () => {
    const person = await newPerson();
    const others = [(await asPerson(person)).body.token, (await asMember(person.member)).body.token];
    const passkey = softwarePasskey({ origin: ORIGIN });
    const options = await optionsFor(person.key);
    expect(options).toMatchObject({
      rp: { id: 'keys.example.com' },
      user: { name: person.email },
      attestation: 'none',
    });
    const made = passkey.make(options);
    const created = await post('/v1/me/passkeys', person.key, { name: 'Laptop', passkey: made });
    expect(created).toMatchObject({
      status: 201,
      body: { name: 'Laptop', host: 'keys.example.com', lastUsedAt: null },
    });
    for (const key of others) expect(await isIn(key)).toBe(false);

    for (const sign of [() => asPerson(person), () => asMember(person.member)]) {
      const { body } = await sign();
      expect(body).toMatchObject({ state: 'half-open', factors: ['passkey'] });
      const asked = await askTo(body.token);
      expect(asked.allowCredentials).toMatchObject([{ id: passkey.id, transports: ['internal'] }]);
      // As a second factor it needn't know its owner: the password was right.
      const opened = await open(body.token, { passkey: passkey.show(asked, { userVerified: false }) });
      expect(opened).toMatchObject({ status: 201, body: { state: 'open', kind: body.kind } });
    }
    const { data } = (await world().send('/v1/me/passkeys', { key: person.key })).body;
    expect(data).toMatchObject([{ id: created.body.id, lastUsedAt: expect.any(String) }]);
    // The same key again is no further one.
    const again = passkey.make(await optionsFor(person.key));
    expect(await post('/v1/me/passkeys', person.key, { name: 'Again', passkey: again })).toMatchObject(
      problem(409, 'passkey-refused'),
    );
  });

  it.each(LIES)('is not taken with %s', async (_, quirks) => {
    const person = await newPerson();
    const made = softwarePasskey({ origin: ORIGIN }).make(await optionsFor(person.key), quirks);
    expect(await post('/v1/me/passkeys', person.key, { name: 'Lie', passkey: made })).toMatchObject(
      problem(409, 'passkey-refused'),
    );
    expect((await asPerson(person)).body.state).toBe('open');
  });

  it('is made in the session that asked for it, within five minutes; nobody asks its maker', async () => {
    const [ada, bob] = [await newPerson(), await newPerson()];
    const passkey = softwarePasskey({ origin: ORIGIN });
    const add = (key: string, made: object) => post('/v1/me/passkeys', key, { name: 'Key', passkey: made });
    const options = await optionsFor(ada.key);
    expect(await add(bob.key, passkey.make(options))).toMatchObject(problem(409, 'passkey-refused'));
    clock.laterBy(PASSKEYS.challengeMs);
    expect(await add(ada.key, passkey.make(options))).toMatchObject(problem(409, 'passkey-refused'));
    // A statement of a maker names servers to be asked. None is looked at.
    const stated = passkey.make(await optionsFor(ada.key), { statement: 'android-key' });
    expect((await add(ada.key, stated)).status).toBe(201);
  });

  it('is renamed and removed by its owner alone, removed with the password; of ten more there are no more', async () => {
    const [ada, bob] = [await personWithPasskey(), await personWithPasskey()];
    const path = `/v1/me/passkeys/${ada.record}`;
    const rename = (key: string) => world().send(path, { method: 'PATCH', key, json: { name: 'Phone' } });
    expect((await rename(bob.key)).status).toBe(404);
    expect(await rename(ada.key)).toMatchObject({ status: 200, body: { name: 'Phone' } });
    expect((await post(`${path}/remove`, bob.key, PASSWORD)).status).toBe(404);
    expect((await post(`${path}/remove`, ada.key, { currentPassword: 'wrong' })).body.cause).toBe(
      'creator-or-password',
    );
    const session = await halfOpen(ada);
    const shown = ada.passkey.show(await askTo(session));
    expect((await post(`${path}/remove`, ada.key, PASSWORD)).status).toBe(204);
    expect((await open(session, { passkey: shown })).status).toBe(401);
    expect((await signInBy(ada.passkey.show(await askTo()))).status).toBe(401);
    expect((await asPerson(ada)).body.state).toBe('open');
    expect(actionsOf(ada).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['factor-added', 'factor-changed', 'factor-removed']),
    );

    for (let n = 1; n < PASSKEYS.ofEach; n += 1) {
      const passkey = softwarePasskey({ origin: ORIGIN }).make(await optionsFor(bob.key));
      expect((await post('/v1/me/passkeys', bob.key, { name: `Key ${n}`, passkey })).status).toBe(201);
    }
    const passkey = softwarePasskey({ origin: ORIGIN }).make(await optionsFor(bob.key));
    expect(await post('/v1/me/passkeys', bob.key, { name: 'Eleven', passkey })).toMatchObject(
      problem(409, 'too-many-passkeys'),
    );
  });

  it('goes with the other factors where an owner removes them', async () => {
    const person = await personWithPasskey();
    expect((await world().send(`/v1/persons/${person.id}/factors`, { method: 'DELETE' })).status).toBe(204);
    expect((await signInBy(person.passkey.show(await askTo()))).status).toBe(401);
    expect((await asPerson(person)).body.state).toBe('open');
  });

  it("isn't reached by the session of a membership", async () => {
    const { member } = await newPerson();
    const key = (await asMember(member)).body.token;
    for (const answer of [
      await world().send('/v1/me/passkeys', { key }),
      await post('/v1/me/passkeys/options', key, PASSWORD),
      await world().send('/v1/me/passkeys/019ac000-0000-7000-8000-00000000dead', {
        method: 'PATCH',
        key,
        json: { name: 'X' },
      }),
    ])
      expect(answer).toMatchObject(problem(409, 'person-needed'));
  });
});

describe('a passkey alone', () => {
  it.each([
    ['counts', {}],
    ['never counts', { counter: 0 }],
  ])('that %s signs its person in, once for each challenge', async (_, quirks) => {
    const person = await personWithPasskey();
    const shown = person.passkey.show(await askTo(), quirks);
    const answers = await Promise.all([signInBy(shown), signInBy(shown), signInBy(shown)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 401, 401]);
    const { body } = answers.find(({ status }) => status === 201) ?? {};
    expect(body).toMatchObject({ state: 'open', kind: 'person', factors: [] });
    expect((await world().send('/v1/me', { key: body.token })).body.person.id).toBe(person.id);
    const record = actionsOf(person).findLast(({ action }) => action === 'session-opened');
    expect(JSON.parse(record?.details ?? '')).toMatchObject({ factor: 'passkey', alone: true });
  });

  it('still takes the password for a change of factors', async () => {
    const person = await personWithPasskey();
    const { token } = (await signInBy(person.passkey.show(await askTo()))).body;
    const remove = (json: object) => post(`/v1/me/passkeys/${person.record}/remove`, token, json);
    expect((await remove({ currentPassword: 'wrong' })).body.cause).toBe('creator-or-password');
    expect((await remove(PASSWORD)).status).toBe(204);
  });

  const MORE_LIES = [
    ...LIES,
    ['nobody who showed a finger or a PIN', { userVerified: false }],
    ['the signature of another', { signature: Buffer.from('3006020101020101', 'hex') }],
    ['a count that goes back', { counter: 0 }],
  ] as const;
  it.each(MORE_LIES)('opens nothing with %s', async (_, quirks) => {
    const person = await personWithPasskey();
    expect((await signInBy(person.passkey.show(await askTo()))).status).toBe(201);
    expect(await signInBy(person.passkey.show(await askTo(), quirks))).toMatchObject(problem(401, 'passkey-unknown'));
    if (quirks === MORE_LIES[5]?.[1]) return;
    const session = await halfOpen(person);
    const shown = person.passkey.show(await askTo(session), quirks);
    expect(await open(session, { passkey: shown })).toMatchObject(problem(401, 'factor-refused'));
  });

  it('opens nothing by what was asked for another sign-in, by the key of another, or after five minutes', async () => {
    const [ada, bob] = [await personWithPasskey(), await personWithPasskey()];
    const [one, two] = [await halfOpen(ada), await halfOpen(ada)];
    const ofOne = await askTo(one);
    for (const shown of [ada.passkey.show(ofOne), ada.passkey.show(await askTo()), bob.passkey.show(await askTo(two))])
      expect((await open(two, { passkey: shown })).status).toBe(401);
    expect(await signInBy(ada.passkey.show(ofOne))).toMatchObject(problem(401, 'passkey-unknown'));
    const alone = await askTo();
    clock.laterBy(PASSKEYS.challengeMs);
    expect((await signInBy(ada.passkey.show(alone))).status).toBe(401);
    expect((await signInBy(softwarePasskey({ origin: ORIGIN }).show(await askTo()))).status).toBe(401);
  });

  it('leaves an app beside it', async () => {
    const person = await personWithApp();
    const passkey = softwarePasskey({ origin: ORIGIN });
    const made = passkey.make(await optionsFor(person.key));
    expect((await post('/v1/me/passkeys', person.key, { name: 'Laptop', passkey: made })).status).toBe(201);
    const { body } = await asPerson(person);
    expect(body.factors).toEqual(['passkey', 'authenticator']);
    expect((await open(body.token, { code: nextCode(person.secret) })).status).toBe(201);
  });
});

describe('a server without a name of its own', () => {
  it.each([[{}], [{ KEYRACK_PUBLIC_URL: 'https://192.0.2.7' }], [{ KEYRACK_PUBLIC_URL: 'http://keys.example.com' }]])(
    'says that passkeys want one: %j',
    async (settings: Record<string, string>) => {
      const there = await restWorld({}, { settings });
      const people = factorsAtV1(() => there, clock);
      const { key } = await people.newPerson();
      const wanted = problem(409, 'passkeys-not-set-up');
      expect(await people.post('/v1/me/passkeys/options', key, PASSWORD)).toMatchObject(wanted);
      expect(await people.post('/v1/sessions/passkey-options', null, {})).toMatchObject(wanted);
    },
  );
});
