import { describe, expect, it } from 'vitest';
import type { SessionOf } from '../../domain/session.ts';
import { codeOf } from '../../testing/one-time-code.ts';
import { OWN_PASSWORD, peopleAtV1, type TestPerson } from '../../testing/people-at-v1.ts';
import { INN, restWorldForFile } from '../../testing/rest-world.ts';
import { putSignInLink } from '../../testing/sign-in-link.ts';

/** One-time links that sign somebody in. */

const world = restWorldForFile({}, { settings: { KEYRACK_PUBLIC_URL: 'https://keys.example.com' } });
const people = peopleAtV1(world);
const REFUSED = { status: 409, body: { type: '/v1/problems/link-over' } };

const opens = (link: string) => world().send('/v1/sessions/link', { method: 'POST', key: null, json: { link } });
const personOf = ({ id }: { id: string }): SessionOf => ({ kind: 'person', personId: id });
const memberOf = ({ member }: TestPerson): SessionOf => ({ kind: 'member', propertyId: INN.id, memberId: member.id });
const linkFor = (of: SessionOf) => putSignInLink(world(), of);

describe('a link that signs somebody in', () => {
  it.each([
    ['a person', personOf, 'person'],
    ['a member', memberOf, 'member'],
  ])(
    'opens a session of %s, once, also where it is used by several at the same instant',
    async (_who, ofPerson, kind) => {
      const person = await people.newPerson();
      const link = await linkFor(ofPerson(person));
      const answers = await Promise.all([1, 2, 3].map(() => opens(link)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
      const opened = answers.find(({ status }) => status === 201) as (typeof answers)[number];
      expect(opened).toMatchObject({ body: { kind, state: 'open', factors: [] } });
      expect(await people.isIn(opened.body.token)).toBe(true);
      expect(await opens(link)).toMatchObject(REFUSED);
      const rows = JSON.stringify(world().rows('links'));
      expect(rows).not.toContain(link);
      const records = world()
        .rows('audit')
        .filter(({ details }) => details.includes(kind === 'person' ? person.id : person.member.id));
      expect(records.map(({ action }) => action)).toContain('sign-in-link-created');
    },
  );

  it('signs a page of the server in by its cookie, and shows it no token', async () => {
    const link = await linkFor(personOf(await people.newPerson()));
    const headers = { 'keyrack-session': 'cookie' };
    const opened = await world().send('/v1/sessions/link', { method: 'POST', key: null, json: { link }, headers });
    expect(opened).toMatchObject({ status: 201, body: { state: 'open', token: null } });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await world().send('/v1/me', { key: null, headers: { ...headers, cookie } })).status).toBe(200);
  });

  it.each([
    ['has a newer one', async ({ id }: TestPerson) => void (await linkFor(personOf({ id })))],
    [
      'is of somebody whose password is another since',
      async ({ key }: TestPerson) => {
        const json = { currentPassword: OWN_PASSWORD, password: 'another one of hers' };
        expect((await world().send('/v1/me/password', { method: 'PUT', key, json })).status).toBe(204);
      },
    ],
    [
      "was made by an owner's key that has ended",
      async () => {
        const [key] = world()
          .rows('apiKeys')
          .filter(({ ownerKey }) => ownerKey);
        if (key === undefined) throw new Error('there is no key of the owner');
        await world().put({ table: 'apiKeys', row: { ...key, revokedAt: 1 } });
        return () => world().put({ table: 'apiKeys', row: key });
      },
    ],
    [
      'has expired',
      async ({ id }: TestPerson) => {
        const row = world()
          .rows('links')
          .find(({ subject }) => subject === `sign-in person ${id}`);
        if (row === undefined) throw new Error('there is no link');
        await world().put({ table: 'links', row: { ...row, expiresAt: Date.now() - 1 } });
      },
    ],
  ])('opens nothing where it %s', async (_case, happens) => {
    const person = await people.newPerson();
    const link = await linkFor(personOf(person));
    const undo = await happens(person);
    expect(await opens(link)).toMatchObject(REFUSED);
    await undo?.();
  });

  it('of a member ends when they are deactivated, and does not come back with them', async () => {
    const person = await people.newPerson();
    const link = await linkFor(memberOf(person));
    const change = (active: boolean) => world().send(person.member.at, { method: 'PATCH', json: { active } });
    expect((await change(false)).status).toBe(200);
    expect(await opens(link)).toMatchObject(REFUSED);
    expect((await change(true)).status).toBe(200);
    expect(await opens(link)).toMatchObject(REFUSED);
  });

  it('is good for nothing else, and no other link signs anybody in', async () => {
    const person = await people.newPerson();
    const link = await linkFor(personOf(person));
    const json = { link, password: 'battery staple' };
    expect(await world().send('/v1/password', { method: 'PUT', key: null, json })).toMatchObject(REFUSED);
    const { body } = await world().send(`${person.member.at}/password-link`, { method: 'POST' });
    expect(await opens(body.link.split('#')[1])).toMatchObject(REFUSED);
    expect((await opens(link)).status).toBe(201);
  });

  it.each([
    ['a person', personOf],
    ['a member whom they have joined', memberOf],
  ])('asks for the second factor of %s', async (_who, ofPerson) => {
    const person = await people.newPerson();
    const send = (path: string, json: object) => world().send(path, { method: 'POST', key: person.key, json });
    const { secret } = (await send('/v1/me/authenticator', { currentPassword: OWN_PASSWORD })).body;
    await send('/v1/me/authenticator/confirm', { code: codeOf(secret, Date.now()) });
    const half = await opens(await linkFor(ofPerson(person)));
    expect(half.body).toMatchObject({ state: 'half-open', factors: ['authenticator'] });
    expect(await people.isIn(half.body.token)).toBe(false);
    const json = { session: half.body.token, code: codeOf(secret, Date.now() + 30_000) };
    const whole = await world().send('/v1/sessions/open', { method: 'POST', key: null, json });
    expect(await people.isIn(whole.body.token)).toBe(true);
  });
});

describe('what a link is for', () => {
  const looks = (link: string) => world().send('/v1/links', { method: 'POST', key: null, json: { link } });

  it('is told to whoever has it, and changes nothing', async () => {
    const person = await people.newPerson();
    const link = await linkFor(personOf(person));
    expect((await looks(link)).body).toMatchObject({ to: 'sign-in', name: 'Ada', property: null });
    const member = await people.newMember();
    const invitation = await people.invite(member);
    expect((await looks(invitation)).body).toMatchObject({ to: 'join', name: 'Ada', property: INN.name });
    expect((await looks(invitation)).status).toBe(200);
    expect((await opens(link)).status).toBe(201);
    expect(await looks(link)).toMatchObject(REFUSED);
  });
});
