import type { Connection } from './connection.ts';
import { DatabaseRefusal } from './open-error.ts';

const GUIDE = 'docs/postgres.md has the four statements that make the roles and the database.';

/**
 * Refuses a role that walls don't hold: rows of other properties are kept from the server by policies, which neither a superuser nor
 * the owner of a table has to obey.
 */
export async function checkRole(connection: Connection): Promise<void> {
  const [rows] = await connection.send([
    {
      text: 'SELECT r.rolsuper OR r.rolbypassrls, d.datdba = r.oid, r.rolinherit AND pg_has_role(r.oid, d.datdba, $1) FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()',
      values: ['USAGE'],
    },
  ]);
  const [isAbove, owns, inherits] = rows?.[0] ?? [];
  if (isAbove === true)
    throw new DatabaseRefusal(`the database's role is a superuser, whom no policy holds. Use another; ${GUIDE}`);
  if (owns === true || inherits === true)
    throw new DatabaseRefusal(
      `the database's role owns the database, or has its owner's rights. Use one that can take them alone; ${GUIDE}`,
    );
}

/** The owner of the database, as a word of SQL. Migrations take its rights for as long as they last. */
export async function ownerOf(connection: Connection): Promise<string> {
  const [rows] = await connection.send([
    {
      text: 'SELECT quote_ident(pg_get_userbyid(datdba)) FROM pg_database WHERE datname = current_database()',
      values: [],
    },
  ]);
  return String(rows?.[0]?.[0]);
}
