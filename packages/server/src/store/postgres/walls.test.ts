import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { isOfProperties } from '../groups/reach.ts';
import { tableOf } from '../index-order.ts';
import type { TableName } from '../row-types.ts';
import { schema } from '../schema.ts';
import { queries, transactions } from '../testing/contract-transactions.ts';
import { member } from '../testing/rows.ts';
import { openPostgresStore } from './postgres-store.ts';
import { sqlName } from './statements.ts';
import { describePostgres } from './testing/cluster.ts';

/** What keeps the rows of one property from another, where a statement forgets which it is about. */

/** Tables whose rows belong to no single property, each with its reason. */
const OF_NO_PROPERTY: Readonly<Partial<Record<TableName, string>>> = {
  facts: 'they are about the database as a whole',
  apiKeys: 'one may reach several properties, and a request names it before any',
  apiKeyVisits: 'as the keys that they are about',
  idempotencyKeys: 'found by the credential, before it is known what the request is about',
  links: 'a link names nobody before it is found',
  persons: 'one may be a member of several properties',
  authenticators: 'of a person',
  passkeys: 'of a person',
  recoveryCodes: 'of a person',
  sessions: 'found by their token, before it is known whose they are',
  accounts: 'one vendor may serve several properties',
  properties: 'a property is found by its number',
  pairingCodes: 'an agent that pairs names no property',
};

const tables = Object.keys(schema) as TableName[];

describe('the tables', () => {
  it('lead their keys with the property, or say why they belong to none', () => {
    expect(tables.filter((name) => !isOfProperties(name)).sort()).toEqual(Object.keys(OF_NO_PROPERTY).sort());
  });
});

describePostgres('the walls in PostgreSQL', (cluster) => {
  const connected = async (database: pg.ClientConfig) => {
    const client = new pg.Client(database);
    await client.connect();
    return client;
  };

  it('hold for every table of properties, and for its owner too', async () => {
    const database = await cluster.database();
    await (await openPostgresStore({ database, transactions })).close();
    const client = await connected(database);
    const { rows } = await client.query(
      "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relforcerowsecurity AND relnamespace = 'public'::regnamespace ORDER BY relname",
    );
    await client.end();
    const walled = tables.filter(isOfProperties).map((name) => sqlName(name).slice(1, -1));
    expect(rows.map(({ relname }) => relname)).toEqual(walled.sort());
  });

  it('show a statement that forgets its property those that its transaction named, and none where it named none', async () => {
    const database = await cluster.database();
    const store = await openPostgresStore({ database, transactions, queries });
    const put = (propertyId: string) => ({ do: 'put', table: 'members', row: member({ propertyId }) }) as const;
    await store.run('script', [put('p'), put('q')]);
    await store.close();
    const client = await connected(database);
    const seen = async (...named: string[]) => {
      await client.query('BEGIN');
      await client.query("SELECT set_config('keyrack.properties', $1, true)", [named.join(',')]);
      const { rows } = await client.query('SELECT property_id FROM members ORDER BY property_id');
      const changed = await client.query("UPDATE members SET name = 'somebody else'");
      await client.query('ROLLBACK');
      expect(changed.rowCount).toBe(rows.length);
      return rows.map(({ property_id }) => property_id);
    };
    expect(await seen()).toEqual([]);
    expect(await seen('p')).toEqual(['p']);
    expect(await seen('p', 'q')).toEqual(['p', 'q']);
    await client.query('BEGIN');
    await client.query("SELECT set_config('keyrack.properties', 'p', true)");
    await expect(
      client.query("UPDATE members SET property_id = 'q', id = 'another' WHERE property_id = 'p'"),
    ).rejects.toThrow('row-level security');
    await client.query('ROLLBACK');
    expect((await client.query('SELECT property_id FROM members')).rows).toEqual([]);
    await expect(client.query('ALTER TABLE members DISABLE ROW LEVEL SECURITY')).rejects.toThrow('must be owner');
    await expect(client.query('DELETE FROM migrations')).rejects.toThrow('permission denied');
    await client.end();
  });

  it('are not opened for a role that no policy holds', async () => {
    const database = await cluster.database();
    for (const user of ['administrator', 'keyrack_owner_logs_in'])
      await expect(openPostgresStore({ database: { ...database, user }, transactions })).rejects.toThrow(
        'docs/postgres.md has the four statements',
      );
    const nowhere = { ...database, database: 'nothing', password: 'a secret' };
    const refused = await openPostgresStore({ database: nowhere, transactions }).catch((error: Error) => error);
    expect(String(refused)).toContain('there is no database of that name. Make it as docs/postgres.md says');
    expect(JSON.stringify([refused, String(refused)])).not.toContain('a secret');
  });
});

describePostgres('the tables in PostgreSQL', (cluster) => {
  it('are those of the schema, and find by every index in its order', async () => {
    const database = await cluster.database();
    await (await openPostgresStore({ database, transactions })).close();
    const client = new pg.Client(database);
    await client.connect();
    const { rows } = await client.query<{ name: string; columns: string[]; key: string[] }>(`
      SELECT c.relname AS name,
        array(SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN '' ELSE '?' END
          FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 ORDER BY a.attnum) AS columns,
        array(SELECT a.attname::text FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(attnum, place), pg_attribute a
          WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.attnum ORDER BY k.place) AS key
      FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'migrations'`);
    await client.end();
    const bare = (name: string) => sqlName(name).slice(1, -1);
    const types = { text: 'text', json: 'text', integer: 'bigint', boolean: 'boolean' };
    const expected = tables.map((name) => {
      const { columns, key } = tableOf(name);
      const typed = Object.entries(columns).map(
        ([column, kind]) =>
          `${bare(column)} ${types[kind.replace('?', '') as keyof typeof types]}${kind.endsWith('?') ? '?' : ''}`,
      );
      return { name: bare(name), columns: typed, key: key.map(bare) };
    });
    const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
    expect(rows.sort(byName)).toEqual(expected.sort(byName));
  });
});
