import type { AskedAhead } from '../groups/asked-rows.ts';
import { endCommit } from '../groups/end-commit.ts';
import type { TableChanges } from '../groups/overlay.ts';
import { type Locks, scopeOf } from '../groups/reach.ts';
import type { GroupDatabase } from '../groups/run-group.ts';
import type { Column } from '../hints.ts';
import { joinedSql } from './asked-sql.ts';
import { type Connection, explainFailure, readAsked } from './connection.ts';
import { insertSql, removeSql, type Statement, updateSql } from './statements.ts';

/** Tells Keyrack's locks from those of others in the same database. */
const LOCK_SPACE = 0x4b72;
const INSTALLATION = 0;

/** Finds out how a commit ended whose answer was lost. */
export type LookUp = (transaction: string, backend: number) => Promise<'committed' | 'aborted'>;

/** One transaction on this connection. */
export function createGroupDatabase(connection: Connection, lookUp: LookUp): GroupDatabase {
  let transaction = '';
  return {
    async begin(locks, asked) {
      try {
        const [, , first, found] = await Promise.all([
          connection.command('BEGIN'),
          connection.send([...lockStatements(locks), scopeSql(scopeOf(locks))]),
          connection.send([{ text: 'SELECT pg_current_xact_id()::text', values: [] }]),
          readAsked(connection, asked),
        ]);
        transaction = String(first[0]?.[0]?.[0]);
        return found;
      } catch (error) {
        throw explainFailure(error);
      }
    },
    async read(asked) {
      try {
        return await readAsked(connection, asked);
      } catch (error) {
        throw explainFailure(error);
      }
    },
    commit(changes) {
      const writing = connection.send(changes.flatMap(statementsOf));
      const failed = writing.then(
        () => undefined,
        (error: unknown) => error,
      );
      return endCommit({
        commit: () => connection.command('COMMIT'),
        refusal: () => failed,
        async lookUp() {
          await failed;
          return await lookUp(transaction, connection.backend);
        },
        explain: explainFailure,
      });
    },
    async abandon() {
      if (!connection.isLost()) await connection.command('ROLLBACK').catch(() => {});
    },
  };
}

/** In one order everywhere, so that no two groups wait for each other. Taken before anything is read: a snapshot would be older. */
function lockStatements({ installation, properties }: Locks): Statement[] {
  const shared = installation === 'shared' ? '_shared' : '';
  const whole = {
    text: `SELECT pg_advisory_xact_lock${shared}($1::integer, $2::integer)`,
    values: [LOCK_SPACE, INSTALLATION],
  };
  // Nobody else has anything while somebody has the whole installation.
  if (installation === 'exclusive') return [whole];
  const each = [...properties].sort().map((id) => ({
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1::text, $2::bigint))',
    values: [id, LOCK_SPACE],
  }));
  return [whole, ...each];
}

/** Lets the transaction see the rows of these properties, of those that columns name, and of no others: see the policies of the first migration. */
export function scopeSql(
  scope: readonly string[] | 'all',
  further: readonly Column[] = [],
  asked: readonly AskedAhead[] = [],
): Statement {
  if (scope === 'all' || further.length === 0) {
    const named = scope === 'all' ? '*' : scope.join(',');
    return { text: "SELECT set_config('keyrack.properties', $1, true)", values: [named] };
  }
  const { text, values } = joinedSql(further, asked, 1);
  return {
    text: `SELECT set_config('keyrack.properties', concat_ws(',', NULLIF($1, ''), ${text}), true)`,
    values: [scope.join(','), ...values],
  };
}

function statementsOf({ table, inserted, updated, removed }: TableChanges): Statement[] {
  const rows = updated
    .filter(({ before, row }) => JSON.stringify(before) !== JSON.stringify(row))
    .map(({ row }) => row);
  return [
    ...(removed.length > 0 ? [removeSql(table, removed)] : []),
    ...(rows.length > 0 ? [updateSql(table, rows)] : []),
    ...(inserted.length > 0 ? [insertSql(table, inserted)] : []),
  ];
}
