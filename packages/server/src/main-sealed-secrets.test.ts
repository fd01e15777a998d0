import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { PURPOSE } from './runtime/sealed-secret.ts';
import { schema } from './store/schema.ts';
import { restWorld } from './testing/rest-world.ts';

/** What the master key sealed must be known, or a server could start with another key and open none of it. */

/** As the sealer writes it: VERSION.NONCE.TAG.CIPHERTEXT. */
const SEALED = /\b\d+\.[\w-]{16}\.[\w-]{22}\.[\w-]+/g;

/** Columns whose names sound like a sealed secret, and that hold none. */
const NOT_SEALED = new Set([
  'apiKeys.secretHash',
  'agents.publicKey',
  'agents.tokenHash',
  'idempotencyKeys.hasSecret',
  'idempotencyKeys.key',
  'links.tokenHash',
  'passkeys.publicKey',
  'sessions.secretHash',
]);

/** Columns with sealed secrets, and with the purpose of each. */
const COLUMNS = {
  'accounts.sealedToken': PURPOSE.accountToken,
  'accounts.previousToken': PURPOSE.accountToken,
  'properties.cardKeys': PURPOSE.propertyCardKey,
  'webhooks.sealedSecret': PURPOSE.webhookSecret,
  'webhooks.previousSecret': PURPOSE.webhookSecret,
  'authenticators.sealedSecret': PURPOSE.authenticatorSecret,
  'facts.value': PURPOSE.known,
  // Kept for ten minutes, for repeats: see the query.
  'idempotencyKeys.sealedSecret': PURPOSE.repeatedSecret,
} as const;

test('each column of the schema that sounds like a secret is sealed, or is known not to be', () => {
  const sounding = Object.entries(schema)
    .flatMap(([table, { columns }]) =>
      Object.entries(columns).map(([column, kind]) => ({ name: `${table}.${column}`, kind })),
    )
    .filter(({ name, kind }) => /text|json/.test(kind) && /sealed|secret|token|keys?$/i.test(name.split('.')[1] ?? ''))
    .map(({ name }) => name)
    .filter((name) => !NOT_SEALED.has(name));
  expect([...sounding, 'facts.value'].sort()).toEqual(Object.keys(COLUMNS).sort());
  expect(new Set(Object.values(COLUMNS))).toEqual(new Set(Object.values(PURPOSE)));
});

test('whatever is sealed on the disk of a server is known, but for what repeats are shown', async () => {
  const world = await restWorld();
  const post = async (path: string, json: object = {}, headers: Record<string, string> = {}, key?: string | null) => {
    const answer = await world.send(path, { method: 'POST', json, headers, ...(key !== undefined && { key }) });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const property = (await post('/v1/properties', { number: 'H1', name: 'Harbour', timeZone: 'Asia/Shanghai' })).id;
  await post(`/v1/properties/${property}/card-keys`);
  const account = await post('/v1/accounts', { name: 'PMS', properties: [property] });
  await post(`/v1/accounts/${account.sid}/tokens`);
  for (const at of ['/v1', `/v1/properties/${property}`]) {
    const webhook = await post(`${at}/webhooks`, { url: 'https://example.com/' });
    await post(`${at}/webhooks/${webhook.id}/secrets`);
  }
  await post(
    '/v1/api-keys',
    { name: 'Repeated', scopes: ['read'], properties: [property] },
    { 'idempotency-key': 'once' },
  );

  const invitation = (await post('/v1/owner-invitations')).token;
  const email = 'ada@example.com';
  const password = 'her very own';
  await post('/v1/persons', { invitation, name: 'Ada', email, password }, {}, null);
  const session = (await post('/v1/sessions', { email, password }, {}, null)).token;
  await post('/v1/me/authenticator', { currentPassword: password }, {}, session);

  const db = new Database(join(world.folder, 'keyrack.db'), { readonly: true });
  const found = new Map<string, Set<string>>();
  try {
    for (const table of db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all())
      for (const row of db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all())
        for (const [column, value] of Object.entries(row))
          for (const [sealed] of String(value).matchAll(SEALED)) {
            const name = `${table}.${column}`.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
            found.set(name, (found.get(name) ?? new Set()).add(sealed));
          }
  } finally {
    db.close();
  }
  expect([...found.keys()].sort()).toEqual(Object.keys(COLUMNS).sort());
  for (const [name, values] of found)
    for (const sealed of values) world.server.sealer.open(sealed, COLUMNS[name as keyof typeof COLUMNS]);

  const { known, secrets } = await world.server.read('sealedSecrets', {});
  const named = new Set([known, ...secrets.map(({ sealed }) => sealed)]);
  const onDisk = [...found]
    .filter(([name]) => name !== 'idempotencyKeys.sealedSecret')
    .flatMap(([, values]) => [...values]);
  expect(named).toEqual(new Set(onDisk));
  for (const { kind, sealed } of secrets) world.server.sealer.open(sealed, PURPOSE[kind]);
});
