import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MEMBER_ROLES, newMember } from '../domain/people.ts';
import { OF_ONESELF, permissionFor, rightsOfRole, rightsOfScopes, SCOPE_NAMES, type Scope } from '../domain/rights.ts';
import type { SessionOf } from '../domain/session.ts';
import { drawToken } from '../runtime/draw-token.ts';
import { apiKeyRow, INN, OTHER, restWorldForFile, sessionRow } from '../testing/rest-world.ts';
import type { Endpoint } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { problemBody } from './problems.ts';
import { SERVER_READS } from './testing/server-reads.ts';

/** Every endpoint with every kind of credential that isn't for it. Both come from their lists: a new endpoint is in. */

const reads: string[] = [];
const world = restWorldForFile({
  wrapStore: (store) => ({
    ...store,
    read: (name, input) => {
      if (!SERVER_READS.includes(name)) reads.push(name);
      return store.read(name, input);
    },
  }),
});

const BAD = { expired: drawToken(), revoked: drawToken(), 'of nobody': drawToken(), nonsense: 'kr_nonsense' };
const drawSession = () => drawToken('session');
const BAD_SESSIONS = {
  'an expired session': drawSession(),
  'an idle session': drawSession(),
  'an ended session': drawSession(),
  'a session whose second factor is still to come': drawSession(),
  'the session of a member who was deactivated': drawSession(),
};
const ofOther = drawToken();
/** Somebody signed in with a role at the inn: with the membership's password, and as a person. */
const SIGNED_IN = MEMBER_ROLES.flatMap((role) =>
  (['member', 'person'] as const).map((kind) => ({ role, kind, token: drawSession(), id: `${role} ${kind}` })),
);
const SESSIONS_OF_OTHER = { 'a member': drawSession(), 'a person': drawSession() };
const byScope = Object.fromEntries(SCOPE_NAMES.map((scope) => [scope, drawToken()])) as Record<Scope, string>;

beforeAll(async () => {
  await world().put(
    apiKeyRow(BAD.expired, { expiresAt: 1, properties: null }),
    apiKeyRow(BAD.revoked, { revokedAt: 1, properties: null }),
    apiKeyRow(ofOther, { properties: [OTHER.id] }),
    ...SCOPE_NAMES.map((scope) => apiKeyRow(byScope[scope], { scopes: [scope] })),
  );
  const member = (id: string, facts: object) =>
    world().put({
      table: 'members',
      row: newMember({
        propertyId: INN.id,
        id,
        name: id,
        role: 'administrator',
        email: `${id.replace(' ', '.')}@example.com`,
        passwordHash: '',
        issuingPermission: true,
        ...facts,
      }),
    });
  const person = async (id: string, memberships: readonly { propertyId: string; memberId: string }[]) => {
    const named = { name: id, areaCode: null, mobile: null, email: `${id.replace(' ', '.')}@person.example` };
    const row = { id, ...named, passwordHash: '', owner: false, version: 1, createdAt: 1 };
    await world().put(
      { table: 'persons', row },
      ...memberships.map((each) => ({ table: 'joinedMembers', row: { ...each, personId: id, at: 1 } }) as const),
    );
  };
  const open = (token: string, of: SessionOf, facts = {}) => world().put(sessionRow(token, of, facts));
  for (const { id, role, kind, token } of SIGNED_IN) {
    await member(id, { role, issuingPermission: role !== 'auditor' });
    const place = { propertyId: INN.id, memberId: id };
    if (kind === 'person') await person(id, [place]);
    await open(token, kind === 'member' ? { kind, ...place } : { kind, personId: id });
  }
  const there = { propertyId: OTHER.id, memberId: 'there' };
  await member('there', { propertyId: OTHER.id });
  await person('visitor', [there]);
  await open(SESSIONS_OF_OTHER['a member'], { kind: 'member', ...there });
  await open(SESSIONS_OF_OTHER['a person'], { kind: 'person', personId: 'visitor' });
  const here = { kind: 'member', propertyId: INN.id, memberId: SIGNED_IN[0]?.id ?? '' } as const;
  await open(BAD_SESSIONS['an expired session'], here, { expiresAt: Date.now() - 1 });
  await open(BAD_SESSIONS['an idle session'], here, { lastUsedAt: Date.now() - 61 * 60_000 });
  await open(BAD_SESSIONS['a session whose second factor is still to come'], here, { state: 'half-open' });
  await member('gone', { active: false });
  await open(BAD_SESSIONS['the session of a member who was deactivated'], { ...here, memberId: 'gone' });
});

const NOBODY = '019ac000-0000-7000-8000-00000000dead';
const addressOf = ({ path }: Endpoint, property: string = INN.id) =>
  path.replace('{property}', property).replace(/\{\w+\}/g, NOBODY);
const CLOSED = ENDPOINTS.filter(({ open }) => open === undefined);
const answerTo = async (endpoint: Endpoint, key: string | null, property?: string) => {
  reads.length = 0;
  const { status, body } = await world().send(addressOf(endpoint, property), { method: endpoint.method, key });
  return { status, body, reads: [...reads] };
};

describe.each(CLOSED.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_id, endpoint) => {
  it.each(['none', ...Object.keys(BAD), ...Object.keys(BAD_SESSIONS)])(
    'answers 401 to a credential that is %s',
    async (which) => {
      const key = which === 'none' ? null : (({ ...BAD, ...BAD_SESSIONS } as Record<string, string>)[which] as string);
      for (const property of [INN.id, OTHER.id, NOBODY]) {
        expect(await answerTo(endpoint, key, property)).toMatchObject({
          status: 401,
          body: problemBody('unauthorized'),
        });
      }
    },
  );

  it.each(SIGNED_IN)(
    'lets a $role in by the session of a $kind, or tells them no more than they may know',
    async (who) => {
      const answer = await answerTo(endpoint, who.token);
      const rights = rightsOfRole(who.role).union(new Set(OF_ONESELF));
      const expected = { may: null, 'may-only-see': 403, 'may-not-see': 404 }[permissionFor(endpoint.right, rights)];
      if (expected === null) expect([401, 403]).not.toContain(answer.status);
      else expect(answer.status).toBe(expected);
      // The session may be the one that it ends.
      await world().put(sessionRow(who.token, sessionOf(who)));
    },
  );

  it.each(SCOPE_NAMES)('lets one of the scope %s through, or tells it no more than it may know', async (scope) => {
    const answer = await answerTo(endpoint, byScope[scope]);
    switch (permissionFor(endpoint.right, rightsOfScopes([scope]))) {
      case 'may':
        expect([401, 403]).not.toContain(answer.status);
        break;
      case 'may-only-see':
        expect(answer).toMatchObject({ status: 403, body: { type: '/v1/problems/forbidden' } });
        break;
      case 'may-not-see':
        expect(answer).toMatchObject({ status: 404, body: problemBody('not-found') });
    }
  });
});

function sessionOf({ id, kind }: (typeof SIGNED_IN)[number]): SessionOf {
  return kind === 'member' ? { kind, propertyId: INN.id, memberId: id } : { kind, personId: id };
}

const OF_PROPERTIES = ENDPOINTS.filter(({ path }) => path.includes('{property}'));

describe.each(OF_PROPERTIES.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_id, endpoint) => {
  it('answers 404 to one of another property, as if it were not there, after the same work', async () => {
    const foreign = await answerTo(endpoint, ofOther);
    expect(foreign).toMatchObject({ status: 404, body: problemBody('not-found') });
    expect(await answerTo(endpoint, ofOther, NOBODY)).toEqual(foreign);
    for (const token of Object.values(SESSIONS_OF_OTHER)) {
      const ofSession = await answerTo(endpoint, token);
      expect(ofSession).toMatchObject({ status: 404, body: problemBody('not-found') });
      expect(await answerTo(endpoint, token, NOBODY)).toEqual(ofSession);
    }
  });
});

it('a session whose second factor is still to come is good for asking for that factor, and for showing it', () => {
  const takesIt = ({ body = z.undefined() }: Endpoint) =>
    JSON.stringify(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' })).includes('half-open session');
  const [closed, open] = [CLOSED, ENDPOINTS.filter((endpoint) => endpoint.open !== undefined)];
  expect(
    open
      .filter(takesIt)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['askForPasskey', 'openSession']);
  expect(closed.filter(takesIt)).toEqual([]);
});
