import { expect, it } from 'vitest';
import { peopleAtV1 } from '../../testing/people-at-v1.ts';
import { restWorldForFile } from '../../testing/rest-world.ts';

const world = restWorldForFile();
const people = peopleAtV1(world);
const nameOf = async (member: string) => (await world().send(member)).body.name;
const rename = (key: string, name: string) => world().send('/v1/me/name', { method: 'PUT', key, json: { name } });

it('is set by a person, also where a property calls them the same, and nowhere else', async () => {
  const { member, id, key } = await people.newPerson();
  const other = await people.newMember();
  const before = (await world().send('/v1/me', { key })).body;
  expect(await rename(key, 'Ada  Lin ')).toMatchObject({ status: 204 });
  expect((await world().send('/v1/me', { key })).body.person.name).toBe('Ada  Lin');
  expect([await nameOf(member.at), await nameOf(other.at)]).toEqual(['Ada  Lin', before.person.name]);
  const renames = () =>
    world()
      .rows('audit')
      .filter(({ action }) => /^(?:person|member)-changed$/.test(action));
  const audit = renames();
  expect(audit.map(({ action }) => action).sort()).toEqual(['member-changed', 'person-changed']);
  // A record stays for ever, and names nobody.
  expect(JSON.stringify(audit)).not.toContain('Lin');
  expect(JSON.stringify(audit)).toContain(id);

  // The property calls them otherwise from now on, and a new name of their own changes nothing there.
  await world().send(member.at, { method: 'PATCH', json: { name: 'Night desk' } });
  await rename(key, 'Ada Li');
  expect(await nameOf(member.at)).toBe('Night desk');
  const records = renames().length;
  expect(await rename(key, 'Ada Li')).toMatchObject({ status: 204 });
  expect(renames()).toHaveLength(records);
});

it('is set by a membership that signed in by its own password, and is a name as any other', async () => {
  const member = await people.newMember();
  const key = (await people.asMember(member)).body.token;
  expect(await rename(key, 'Bea')).toMatchObject({ status: 204 });
  expect(await nameOf(member.at)).toBe('Bea');
  for (const name of ['', ' ', 'Be\u200ba', 'a\u202eb', 'x'.repeat(65)])
    expect(await rename(key, name)).toMatchObject({ status: 400 });
  expect(await world().send('/v1/me/name', { method: 'PUT', json: { name: 'A key' } })).toMatchObject({ status: 404 });
});
