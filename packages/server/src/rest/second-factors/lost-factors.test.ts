import { describe, expect, it } from 'vitest';
import { INSTALLATION } from '../../domain/audit.ts';
import { factorsAtV1, laterClock, problem } from '../../testing/factors-at-v1.ts';
import type { TestPerson } from '../../testing/people-at-v1.ts';
import { restWorldForFile } from '../../testing/rest-world.ts';

/** What lets somebody in who has lost their second factor. */

const clock = laterClock();
const world = restWorldForFile({ clock, credentialClock: clock });
const at = factorsAtV1(world, clock);
const { asPerson, asMember, newPerson, newOwner, isIn } = at;
const { post, nextCode, addApp, personWithApp, addRecoveryCodes, open, halfOpen, actionsOf } = at;
const PASSWORD = at.password;

describe('recovery codes', () => {
  const left = async ({ key }: TestPerson) => (await world().send('/v1/me/factors', { key })).body.recoveryCodes?.left;

  it('are ten, each good once in the place of a factor, and told how many are left', async () => {
    const person = await personWithApp();
    const codes = await addRecoveryCodes(person);
    expect(new Set(codes).size).toBe(10);
    expect(await left(person)).toBe(10);
    const { body } = await asPerson(person);
    expect(body.factors).toEqual(['authenticator', 'recovery-code']);
    const [first = '', second = ''] = codes;
    const answers = await Promise.all(
      [body.token, await halfOpen(person), await halfOpen(person)].map((session) =>
        open(session, { recoveryCode: first }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 401, 401]);
    const typed = second.toLowerCase().replaceAll('-', ' ');
    expect((await open(await halfOpen(person), { recoveryCode: typed })).status).toBe(201);
    expect(await left(person)).toBe(8);
    const last = world()
      .rows('audit')
      .findLast(({ action }) => action === 'session-opened');
    expect(JSON.parse(last?.details ?? '')).toMatchObject({ factor: 'recovery-code', left: 8 });
  });

  it('of a new set replace those before, and of another person open nothing', async () => {
    const [ada, bob] = [await personWithApp(), await personWithApp()];
    const [old = ''] = await addRecoveryCodes(ada);
    const [of = ''] = await addRecoveryCodes(bob);
    await addRecoveryCodes(ada);
    for (const recoveryCode of [old, of])
      expect(await open(await halfOpen(ada), { recoveryCode })).toMatchObject(problem(401, 'factor-refused'));
    expect(await left(ada)).toBe(10);
  });

  it('are made where there is a factor for which they stand in', async () => {
    const { key } = await newPerson();
    expect(await post('/v1/me/recovery-codes', key, PASSWORD)).toMatchObject(problem(409, 'factor-needed'));
  });
});

describe('a person who lost everything', () => {
  it.each(['a signed-in owner', "the owner's key"] as const)('has their factors removed by %s', async (who) => {
    const person = await personWithApp();
    await addRecoveryCodes(person);
    const byMember = await open((await asMember(person.member)).body.token, { code: nextCode(person.secret) });
    const keys = [person.key, byMember.body.token];
    for (const key of keys) expect(await isIn(key)).toBe(true);
    const owner = who === 'a signed-in owner' ? await newOwner() : null;
    const remove = (id: string) =>
      world().send(`/v1/persons/${id}/factors`, { method: 'DELETE', ...(owner && { key: owner.key }) });
    expect((await remove(person.id)).status).toBe(204);
    for (const key of keys) expect(await isIn(key)).toBe(false);
    expect((await asPerson(person)).body).toMatchObject({ state: 'open', factors: [] });
    expect(actionsOf(person).find(({ action }) => action === 'factors-removed')).toMatchObject({
      propertyId: INSTALLATION,
      actor: owner === null ? 'owner' : `person ${owner.id}`,
    });
    expect((await remove('019ac000-0000-7000-8000-00000000dead')).status).toBe(404);
  });

  it('is not the owner of a session that somebody found open: that takes their password', async () => {
    const owner = await newOwner();
    await addApp(owner);
    expect(await world().send(`/v1/persons/${owner.id}/factors`, { method: 'DELETE', key: owner.key })).toMatchObject(
      problem(403, 'forbidden'),
    );
    expect((await asPerson(owner)).body).toMatchObject({ state: 'half-open' });
  });

  it('is helped by nobody else', async () => {
    const person = await personWithApp();
    const administrator = await newPerson({ role: 'administrator' });
    const { status } = await world().send(`/v1/persons/${person.id}/factors`, {
      method: 'DELETE',
      key: administrator.key,
    });
    expect(status).toBe(404);
    expect((await asPerson(person)).body).toMatchObject({ state: 'half-open' });
  });
});
