import pg from 'pg';
import { schema } from '../schema.ts';
import { queries, transactions } from '../testing/contract-transactions.ts';
import { describeStoreContract } from '../testing/store-contract.ts';
import { openPostgresStore } from './postgres-store.ts';
import { sqlName } from './statements.ts';

const database = { host: '127.0.0.1', port: 55432, user: 'postgres', database: 'postgres' };

describeStoreContract(
  'postgres',
  async () => {
    const store = await openPostgresStore({ database, transactions, queries });
    const client = new pg.Client(database);
    await client.connect();
    await client.query(Object.keys(schema).map((name) => `DELETE FROM ${sqlName(name)}`).join(';'));
    await client.end();
    return store;
  },
  60,
);
