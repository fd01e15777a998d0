import pg from 'pg';
import { expect, it } from 'vitest';
import { schema } from '../schema.ts';
import { queries, transactions } from '../testing/contract-transactions.ts';
import { describeHints } from '../testing/hint-contract.ts';
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
  describeHints(async (transactions, queries) =>
    openPostgresStore({ database: await cluster.database(), transactions, queries }),
  );

  it('lets two stores count the same thing, and neither number is lost', async () => {
    const database = await emptied();
    const stores = await Promise.all([1, 2].map(() => openPostgresStore({ database, transactions, queries })));
    const counts = await Promise.all(
      stores.flatMap((store) => Array.from({ length: 100 }, () => store.run('count', 'turns'))),
    );
    expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, at) => at + 1));
    await Promise.all(stores.map((store) => store.close()));
  });

  it('is one server’s alone, until that is gone', async () => {
    const database = await cluster.database();
    const serve = () => openPostgresStore({ database, transactions, onFailure: () => {} });
    const first = await serve();
    await expect(serve()).rejects.toThrow('another Keyrack server has this database');
    await first.close();
    const second = await serve();
    expect(await second.run('count', 'turns')).toBe(1);
    await second.close();
  });

  it('is that server’s again after its connections were cut', async () => {
    const database = await cluster.database();
    let isLost = false;
    const onFailure = () => {
      isLost = true;
    };
    const store = await openPostgresStore({ database, transactions, onFailure });
    const client = new pg.Client(database);
    await client.connect();
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
    );
    await expect
      .poll(
        async () => (await client.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 1")).rowCount,
      )
      .toBe(1);
    await client.end();
    expect(await store.run('count', 'turns')).toBe(1);
    expect(isLost).toBe(false);
    await store.close();
  });

  it('is brought to this version once, however many start at once on an empty database', async () => {
    const database = await cluster.database();
    const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgresStore({ database, transactions })));
    expect(await Promise.all(stores.map((store) => store.run('count', 'turns')))).toHaveLength(4);
    await Promise.all(stores.map((store) => store.close()));
  });
});
