import { Socket } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { StoreError } from '../store.ts';
import { transactions } from '../testing/contract-transactions.ts';
import { openPostgresStore } from './postgres-store.ts';
import { describePostgres } from './testing/cluster.ts';

/** Connections that are cut where a statement is sent, before or after it has left. */
function cutting(
  database: pg.ClientConfig,
  statement: string,
  when: 'before' | 'after',
): pg.ClientConfig & { arm(): void } {
  let armed = false;
  const path = join(String(database.host), '.s.PGSQL.5432');
  const cutSocket = () => {
    const socket = new Socket();
    const { connect, write } = socket;
    const cut = (data: Buffer) => {
      if (!armed || !data.toString('latin1').includes(statement)) return write.call(socket, data);
      armed = false;
      if (when === 'before') socket.destroy();
      else {
        // Whatever it is answered is heard by nobody. A commit has been carried out once its answer comes.
        socket.removeAllListeners('data').on('data', (answer: Buffer) => {
          if (statement !== 'COMMIT' || answer.includes('COMMIT\0')) socket.destroy();
        });
        write.call(socket, data);
      }
      return true;
    };
    // It connects by its path, whatever port and host it is told. Node gives a socket its own `write` back as it connects.
    socket.connect = (() => {
      connect.call(socket, path as never);
      socket.write = cut as typeof socket.write;
      return socket;
    }) as typeof socket.connect;
    return socket;
  };
  return {
    ...database,
    stream: cutSocket,
    arm() {
      armed = true;
    },
  } as pg.ClientConfig & { arm(): void };
}

describePostgres('a connection to PostgreSQL that is cut', (cluster) => {
  it.each(['before', 'after'] as const)('%s the commit is sent: it is known what became of it', async (when) => {
    const database = cutting(await cluster.database(), 'COMMIT', when);
    const store = await openPostgresStore({ database, transactions });
    expect(await store.run('count', 'turns')).toBe(1);
    database.arm();
    const second = store.run('count', 'turns');
    if (when === 'after') expect(await second).toBe(2);
    else await expect(second).rejects.toMatchObject({ name: 'StoreError', outcome: 'aborted' });
    expect(await store.run('count', 'turns')).toBe(when === 'after' ? 3 : 2);
    await store.close();
  });

  it.each(['BEGIN', 'pg_advisory_xact_lock', 'unnest'])(
    'at %s: nothing was written, and the next call finds a new one',
    async (statement) => {
      const database = cutting(await cluster.database(), statement, 'after');
      const store = await openPostgresStore({ database, transactions });
      database.arm();
      await expect(store.run('count', 'turns')).rejects.toMatchObject({ name: 'StoreError', outcome: 'aborted' });
      expect(await store.run('count', 'turns')).toBe(1);
      await store.close();
    },
  );

  it('again and again, under two stores: no number is lost, and none is given twice', async () => {
    const database = await cluster.database();
    const stores = await Promise.all([1, 2].map(() => openPostgresStore({ database, transactions })));
    const given: number[] = [];
    const client = new pg.Client(database);
    await client.connect();
    const count = async (store: (typeof stores)[number]) => {
      for (let turn = 0; turn < 30; ) {
        const number = await store.run('count', 'turns').catch((error: unknown) => {
          expect(error).toBeInstanceOf(StoreError);
          expect(error).toMatchObject({ outcome: 'aborted' });
          return null;
        });
        if (number === null) continue;
        given.push(number);
        turn += 1;
        // Whatever the others are at, they are cut off.
        if (given.length % 10 === 0) await client.query(CUT_ALL);
      }
    };
    await Promise.all(stores.flatMap((store) => [count(store), count(store), count(store)]));
    await client.end();
    expect(given.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 180 }, (_, at) => at + 1));
    await Promise.all(stores.map((store) => store.close()));
  });
});

const CUT_ALL =
  'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
