import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';

const run = promisify(execFile);

/** Debian keeps the programs of each version there, and puts none of them on the path. */
const PROGRAMS = '/usr/lib/postgresql/15/bin';

/** PostgreSQL runs as anybody but root; where root tests, as the user of Debian's package. */
const OTHER_USER = 'postgres';

/** A database server of its own, for the tests of one file. */
export interface Cluster {
  /** An empty database, and where it is. */
  database(): Promise<pg.ClientConfig>;
}

/** Declares tests that need PostgreSQL. Where it isn't installed, they are skipped by name, with the reason. */
export function describePostgres(name: string, tests: (cluster: Cluster) => void): void {
  if (!existsSync(join(PROGRAMS, 'initdb'))) {
    describe.skip(`${name} (needs postgresql-15)`, () => tests(absent));
    return;
  }
  describe(name, () => {
    let started: (Cluster & { stop(): Promise<void> }) | undefined;
    beforeAll(async () => {
      started = await startCluster();
    });
    afterAll(() => started?.stop());
    tests({
      database: () => started?.database() ?? Promise.reject(new Error('the cluster has not started')),
    });
  });
}

const absent: Cluster = { database: () => Promise.reject(new Error('there is no PostgreSQL')) };

/** `host`: the folder of its socket. `administrator` may do everything there, `keyrack` is whom a server comes as. */
export async function startCluster(): Promise<Cluster & { readonly host: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-pg-'));
  const asUser = await otherUser(folder);
  const data = join(folder, 'data');
  const started = [
    '-D',
    data,
    '--username=administrator',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  await run(...asUser('initdb', ...started));
  // No port: its socket lies in a folder of its own, so that no two clusters meet.
  const settings = `-c listen_addresses='' -k ${folder} -c fsync=off -c max_connections=50`;
  await run(...asUser('pg_ctl', '-D', data, '-w', '-s', '-l', join(folder, 'log'), '-o', settings, 'start'));
  const config = { host: folder, user: 'administrator' };
  const client = new pg.Client({ ...config, database: 'postgres' });
  await client.connect();
  // As docs/postgres.md has it.
  await client.query('CREATE ROLE keyrack_owner NOLOGIN');
  await client.query('CREATE ROLE keyrack LOGIN NOINHERIT IN ROLE keyrack_owner');
  await client.query('CREATE ROLE keyrack_owner_logs_in LOGIN IN ROLE keyrack_owner');
  await client.end();
  return {
    host: folder,
    async database() {
      const database = `test_${randomBytes(6).toString('hex')}`;
      const client = new pg.Client({ ...config, database: 'postgres' });
      await client.connect();
      await client.query(`CREATE DATABASE ${database} OWNER keyrack_owner`);
      await client.end();
      return { host: folder, user: 'keyrack', database };
    },
    async stop() {
      await run(...asUser('pg_ctl', '-D', data, '-w', '-s', '-m', 'immediate', 'stop'));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Command = [file: string, args: string[]];

/** How a program of PostgreSQL is run there. */
async function otherUser(folder: string): Promise<(program: string, ...args: string[]) => Command> {
  if (userInfo().uid !== 0) return (program, ...args) => [join(PROGRAMS, program), args];
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, OTHER_USER])).stdout)),
  );
  chownSync(folder, uid as number, gid as number);
  const become = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--'];
  return (program, ...args) => ['setpriv', [...become, join(PROGRAMS, program), ...args]];
}
