import { beforeEach, expect, it } from 'vitest';
import { newMember } from '../domain/people.ts';
import { drawToken } from '../runtime/draw-token.ts';
import type { TableName } from '../store/row-types.ts';
import { putEncoder, putIssuedCard } from '../testing/rest-operations.ts';
import { apiKeyRow, INN, OTHER, restWorldForFile, type Sent, sessionRow } from '../testing/rest-world.ts';

/** A request may wait long between its check and its change: behind the hash of a password, or behind others. */

const TOKEN = drawToken();
let meanwhile: (() => Promise<unknown>) | null = null;

/** Does something of another's once a request has been checked, just before what it changes is run. */
const world = restWorldForFile({
  wrapStore: (store) => ({
    ...store,
    run: async (name, input) => {
      const first = name === 'runForCaller' ? meanwhile : null;
      if (first !== null) {
        meanwhile = null;
        await first();
      }
      return store.run(name, input);
    },
  }),
});

const become = (facts: Parameters<typeof apiKeyRow>[1] = {}) => world().put(apiKeyRow(TOKEN, facts));
beforeEach(() => become());

const IN_INN = `/v1/properties/${INN.id}`;
const CHANGES: readonly (readonly [what: string, path: string, Sent & { readonly json: object }, TableName])[] = [
  [
    'a member is added',
    `${IN_INN}/members`,
    { json: { name: 'Eve', role: 'auditor', email: 'eve@example.com', password: 'correct horse' } },
    'members',
  ],
  ['an API key is made', '/v1/api-keys', { json: { name: 'Eve', scopes: ['cards'], properties: [INN.id] } }, 'apiKeys'],
  [
    'rooms are imported',
    `${IN_INN}/rooms/import`,
    { json: { rooms: [{ building: '1', floor: '1', number: '1', lockType: 'QRLOCK' }] } },
    'rooms',
  ],
  ['a property is changed', IN_INN, { method: 'PATCH', json: { name: 'Eve' } }, 'properties'],
  ['a card is retired', `${IN_INN}/cards/89AB/retire`, { json: {} }, 'cardRecords'],
  ['a card is read', `${IN_INN}/operations`, { json: { kind: 'read', encoder: 7 } }, 'operations'],
];

const KEYS = [undefined, 'idempotent'];

it.each(CHANGES.flatMap((change) => KEYS.map((key) => [...change, key] as const)))(
  '%s by nobody whose credential has ended meanwhile (%#)',
  async (_what, path, sent, table, key) => {
    await putEncoder(world());
    await putIssuedCard(world());
    const [before, records] = [world().rows(table), world().rows('audit')];
    const { json, ...how } = sent;
    const ask = () =>
      world().send(path, {
        method: 'POST',
        ...how,
        key: TOKEN,
        ...(!path.endsWith('/retire') && { json }),
        headers: { ...(key !== undefined && { 'idempotency-key': key }) },
      });
    meanwhile = () => become({ revokedAt: 1 });
    expect(await ask()).toMatchObject({ status: 401, body: { type: '/v1/problems/unauthorized' } });
    const isSame = (row: object) => !('secretHash' in row && 'lookup' in row && row.lookup === TOKEN.slice(3, 11));
    expect(world().rows(table).filter(isSame)).toEqual(before.filter(isSame));
    expect(world().rows('audit')).toEqual(records);

    await become();
    meanwhile = () => become({ properties: [OTHER.id] });
    if (path !== '/v1/api-keys') expect((await ask()).status).toBe(404);
    await become();
    meanwhile = () => become({ scopes: ['sandbox'] });
    expect((await ask()).status).toBe(404);
    expect(world().rows(table).filter(isSame)).toEqual(before.filter(isSame));
    expect(world().rows('audit')).toEqual(records);
  },
);

it.each(['member', 'person'] as const)('nor by the session of a %s, when what it rests on is over', async (kind) => {
  const token = drawToken('session');
  const place = { propertyId: INN.id, memberId: `lapsing ${kind}` };
  const member = (facts: object = {}) =>
    world().put({
      table: 'members',
      row: newMember({
        ...{ propertyId: INN.id, id: place.memberId, name: 'Eve', email: `${kind}@example.com`, passwordHash: '' },
        ...{ role: 'administrator', issuingPermission: true, ...facts },
      }),
    });
  const session = sessionRow(token, kind === 'member' ? { kind, ...place } : { kind, personId: 'eve' });
  const begin = async () => {
    await member();
    await world().put(session);
  };
  if (kind === 'person') {
    const row = { id: 'eve', name: 'Eve', areaCode: null, mobile: null, email: null, passwordHash: '' };
    const elsewhere = { propertyId: OTHER.id, memberId: 'elsewhere' };
    await world().put(
      { table: 'persons', row: { ...row, owner: false, version: 1, createdAt: 1 } },
      { table: 'joinedMembers', row: { ...place, personId: 'eve', at: 1 } },
      // What they may do elsewhere is nothing here.
      { table: 'joinedMembers', row: { ...elsewhere, personId: 'eve', at: 1 } },
      {
        table: 'members',
        row: newMember({
          ...{ propertyId: OTHER.id, id: 'elsewhere', name: 'Eve', email: 'eve@example.com', passwordHash: '' },
          ...{ role: 'administrator', issuingPermission: true },
        }),
      },
    );
  }
  const change = (name: string) => world().send(IN_INN, { method: 'PATCH', json: { name }, key: token });
  const nameNow = async () => (await world().send(IN_INN)).body.name;
  await begin();
  expect((await change('Allowed')).status).toBe(200);
  const ends: [() => Promise<unknown>, number][] = [
    [() => member({ role: 'receptionist' }), 404],
    [() => member({ active: false }), kind === 'member' ? 401 : 404],
    [() => world().server.run('endSession', { id: idOf(session), subject: subjectOf(session), doer, now: 1 }), 401],
  ];
  for (const [end, status] of ends) {
    await begin();
    meanwhile = end;
    expect((await change('Too late')).status).toBe(status);
  }
  expect(await nameNow()).toBe('Allowed');
});

const doer = { actor: 'nobody', by: 'nobody', from: '127.0.0.1' };
const idOf = ({ row }: ReturnType<typeof sessionRow>) => (row as { id: string }).id;
const subjectOf = ({ row }: ReturnType<typeof sessionRow>) => (row as { subject: string }).subject;

it.each([
  ['changed', '', { method: 'PATCH', json: { name: 'Taken' } }],
  ['given another token', '/tokens', { method: 'POST', json: {} }],
] as const)(
  'an account is not %s by somebody who does not reach where it may act meanwhile',
  async (_what, path, how) => {
    const json = { name: 'PMS', properties: [INN.id] };
    const { sid } = (await world().send('/v1/accounts', { method: 'POST', json, key: TOKEN })).body;
    const before = world().rows('accounts');
    meanwhile = () =>
      world().put({ table: 'accountProperties', row: { propertyId: OTHER.id, accountSid: sid } } as const);
    expect((await world().send(`/v1/accounts/${sid}${path}`, { ...how, key: TOKEN })).status).toBe(404);
    expect(world().rows('accounts')).toEqual(before);
  },
);
