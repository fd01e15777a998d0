import pg from 'pg';
import { expect, it } from 'vitest';
import { schema } from '../schema.ts';
import { queries, transactions } from '../testing/contract-transactions.ts';
import { describeStoreContract } from '../testing/store-contract.ts';
import { openPostgresStore } from './postgres-store.ts';
import { sqlName } from './statements.ts';
import { describePostgres } from './testing/cluster.ts';

describePostgres('PostgreSQL', (cluster) => {
  let known: Promise<pg.ClientConfig> | undefined;
  /** One database for all, emptied each time: to make one takes longer than most tests. */
  const emptied = async (): Promise<pg.ClientConfig> => {
    known ??= cluster.database();
    const database = await known;
    const client = new pg.Client(database);
    await client.connect();
    const { rows } = await client.query("SELECT 1 FROM pg_tables WHERE tablename = 'facts'");
    const names = Object.keys(schema).map((name) => `DELETE FROM ${sqlName(name)}`);
    if (rows.length > 0) await client.query(["SET keyrack.properties = '*'", ...names].join(';'));
    await client.end();
    return database;
  };
  const open = async () => openPostgresStore({ database: await emptied(), transactions, queries });

  describeStoreContract('postgres', open, 60);

  it('lets two stores count the same thing, and neither number is lost', async () => {
    const database = await emptied();
    const stores = await Promise.all([1, 2].map(() => openPostgresStore({ database, transactions, queries })));
    const counts = await Promise.all(stores.flatMap((store) => Array.from({ length: 100 }, () => store.run('count', 'turns'))));
    expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, at) => at + 1));
    await Promise.all(stores.map((store) => store.close()));
  });

  it('is brought to this version once, however many start at once on an empty database', async () => {
    const database = await cluster.database();
    const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgresStore({ database, transactions })));
    expect(await Promise.all(stores.map((store) => store.run('count', 'turns')))).toHaveLength(4);
    await Promise.all(stores.map((store) => store.close()));
  });
});
