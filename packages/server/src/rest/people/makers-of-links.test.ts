import { describe, expect, it } from 'vitest';
import { INN, restWorldForFile, type Sent } from '../../testing/rest-world.ts';

/** Invitations and password links open no more than whoever made them may give, at the moment of opening. */

const world = restWorldForFile();
const send = (path: string, method = 'GET', json?: unknown, sent: Sent = {}) =>
  world().send(path, { method, ...(json !== undefined && { json }), ...sent });
const MEMBERS = '/v1/properties/1001/members';
const PASSWORD = 'correct horse';

let count = 0;
const newEmail = () => `maker${++count}@example.com`;
interface Member {
  readonly at: string;
  readonly email: string;
}
async function newMember(role = 'receptionist', issuingPermission = role !== 'auditor'): Promise<Member> {
  const email = newEmail();
  const made = await send(MEMBERS, 'POST', { name: 'Ada', role, email, password: PASSWORD, issuingPermission });
  expect(made.status).toBe(201);
  return { at: `${MEMBERS}/${made.body.id}`, email };
}
const change = async (path: string, json: object) => expect((await send(path, 'PATCH', json)).status).toBe(200);
async function signIn(json: object): Promise<string> {
  const { status, body } = await send('/v1/sessions', 'POST', json, { key: null });
  expect(status).toBe(201);
  return body.token;
}
const become = (invitation: string, email: string) =>
  send('/v1/persons', 'POST', { invitation, name: 'Ada', email, password: 'her very own' }, { key: null });

/** Whoever makes a link, and what ends that they may. */
interface Maker {
  readonly key: string;
  readonly end: () => Promise<unknown>;
}
async function newKey(scopes: string[]): Promise<Maker> {
  const { body } = await send('/v1/api-keys', 'POST', { name: 'K', scopes, properties: [INN.id] });
  return { key: body.token, end: () => send(`/v1/api-keys/${body.id}`, 'DELETE') };
}
async function newAdministrator(end: (member: Member) => Promise<unknown>): Promise<Maker> {
  const member = await newMember('administrator');
  const key = await signIn({ property: '1001', email: member.email, password: PASSWORD });
  return { key, end: () => end(member) };
}
async function newPersonWhoAdministers(end: (member: Member) => Promise<unknown>): Promise<Maker> {
  const member = await newMember('administrator');
  const { token } = (await send(`${member.at}/invitation`, 'POST')).body;
  const email = newEmail();
  expect((await become(token, email)).status).toBe(201);
  return { key: await signIn({ email, password: 'her very own' }), end: () => end(member) };
}

/** A link for a member: what it is asked for by, and whether its token does what it is for. */
const KINDS = {
  'password link': {
    path: 'password-link',
    opens: async ({ link }: { link: string }) => {
      const json = { link: link.split('#')[1] ?? '', password: 'battery staple' };
      return (await world().send('/v1/password', { method: 'PUT', key: null, json })).status === 204;
    },
  },
  invitation: {
    path: 'invitation',
    opens: async ({ token }: { token: string }) => (await become(token, newEmail())).status === 201,
  },
} as const;

const ENDS: [string, () => Promise<Maker>][] = [
  ['an administrator who was deactivated', () => newAdministrator(({ at }) => change(at, { active: false }))],
  [
    'an administrator who became a receptionist',
    () => newAdministrator(({ at }) => change(at, { role: 'receptionist' })),
  ],
  [
    'an administrator who became an auditor',
    () => newAdministrator(({ at }) => change(at, { role: 'auditor', issuingPermission: false })),
  ],
  [
    'a person whose membership was deactivated',
    () => newPersonWhoAdministers(({ at }) => change(at, { active: false })),
  ],
  [
    'a person whose membership was taken from them',
    () => newPersonWhoAdministers(({ at }) => send(`${at}/person`, 'DELETE')),
  ],
  ['a key that was revoked', () => newKey(['admin'])],
];

describe.each(Object.entries(KINDS))('a %s', (_, { path, opens }) => {
  const make = async (member: Member, key?: string) => {
    const made = await send(`${member.at}/${path}`, 'POST', {}, key === undefined ? {} : { key });
    expect(made.status).toBe(201);
    return made.body;
  };

  it.each(ENDS)('of %s opens nothing', async (_who, newMaker) => {
    const maker = await newMaker();
    const [good, late] = [
      await make(await newMember(), maker.key),
      await make(await newMember('administrator'), maker.key),
    ];
    expect(await opens(good)).toBe(true);
    await maker.end();
    expect(await opens(late)).toBe(false);
  });

  it('is good after its maker has signed out', async () => {
    const member = await newMember('administrator');
    const key = await signIn({ property: '1001', email: member.email, password: PASSWORD });
    const made = await make(await newMember(), key);
    await send('/v1/sessions/current', 'DELETE', undefined, { key });
    expect(await opens(made)).toBe(true);
  });

  it('opens nothing once its member may do more than whoever made it', async () => {
    const maker = await newKey(['members', 'cards']);
    const member = await newMember('receptionist');
    const made = await make(member, maker.key);
    await change(member.at, { role: 'administrator' });
    expect(await opens(made)).toBe(false);
    await change(member.at, { role: 'receptionist' });
    expect(await opens(made)).toBe(true);
  });
});

describe("an owner's invitation", () => {
  it('opens nothing once its maker owns nothing any more', async () => {
    const { token } = (await send('/v1/owner-invitations', 'POST', {})).body;
    const email = newEmail();
    const { body: owner } = await become(token, email);
    const key = await signIn({ email, password: 'her very own' });
    const first = (await send('/v1/owner-invitations', 'POST', {}, { key })).body.token;
    expect((await become(first, newEmail())).body).toMatchObject({ owner: true });
    const second = (await send('/v1/owner-invitations', 'POST', {}, { key })).body.token;
    await send(`/v1/persons/${owner.id}/ownership`, 'DELETE');
    expect(await become(second, newEmail())).toMatchObject({
      status: 409,
      body: { type: '/v1/problems/invitation-over' },
    });
  });
});
