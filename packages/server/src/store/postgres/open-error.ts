import pg, { type ClientConfig } from 'pg';
import { StoreOpenError } from '../store-open-error.ts';
import { matterOfSystemError } from '../system-errors.ts';

/** The database can't be served for a reason that its operator can do something about. The message says what. */
export class DatabaseRefusal extends Error {
  override readonly name = 'DatabaseRefusal';
}

/** What PostgreSQL's codes mean to the person who starts the server (https://www.postgresql.org/docs/15/errcodes-appendix.html). */
const MATTERS: Readonly<Record<string, string>> = {
  '28P01': 'the database refuses the password of DATABASE_URL. Put the right one there.',
  '28000': 'the database refuses this role. Check DATABASE_URL, and who may connect in pg_hba.conf.',
  '3D000': 'there is no database of that name. Make it as docs/postgres.md says, or check DATABASE_URL.',
  '42501': 'the role may not make the tables. Make role and database as docs/postgres.md says.',
  '53300': 'the database takes no more connections. Raise max_connections, or end some of the others.',
  '57P03': 'the database is starting or stopping. Start again when it is ready.',
};

/** The message names the database without its password. */
export function explainOpenError(database: ClientConfig, error: unknown): StoreOpenError {
  const { code } = error as { readonly code?: unknown };
  const known = typeof code === 'string' ? MATTERS[code] : undefined;
  const matter = error instanceof DatabaseRefusal ? error.message : (known ?? matterOfSystemError(error));
  const otherwise = `the database cannot be opened (${typeof code === 'string' ? code : 'no connection'}). Look at its log, and check DATABASE_URL.`;
  return new StoreOpenError(placeOf(database), matter ?? otherwise, { cause: error });
}

function placeOf(config: ClientConfig): string {
  const { host, port, database } = new pg.Client(config);
  return `${host}:${port}/${database}`;
}
