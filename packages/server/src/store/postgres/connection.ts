import pg from 'pg';
import type { AnyRow, AskedAhead } from '../groups/asked-rows.ts';
import type { Found } from '../groups/run-group.ts';
import { StoreError } from '../store.ts';
import { askedSql } from './asked-sql.ts';
import { rowFrom, type Statement } from './statements.ts';

/** A connection to the database. Statements that are sent in one turn go out together, and none waits for the one before. */
export interface Connection {
  /** Of the process that serves it there. */
  readonly backend: number;
  /** Resolves with the rows of each, in order. Rejects with the first error, once all have ended. */
  send(statements: readonly Statement[]): Promise<readonly unknown[][][]>;
  /** Sends plain words as BEGIN and COMMIT, and resolves with the word that the database answers with. */
  command(text: string): Promise<string>;
  /** Whether it can't be used any more. */
  isLost(): boolean;
  /** Resolves when it can't be used any more. */
  readonly lost: Promise<void>;
  end(): Promise<void>;
}

/** Statements are prepared under names; those of one text have one, on every connection. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `k${names.size + 1}`;
    names.set(text, name);
  }
  return name;
}

const BIGINT = 20;
/** Integers of the store are safe ones, so that they are numbers. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === BIGINT ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

export async function connect(config: pg.ClientConfig): Promise<Connection> {
  const client = new pg.Client({ ...config, types, pipeline: true } as pg.ClientConfig);
  let isLost = false;
  const { promise: lost, resolve } = Promise.withResolvers<void>();
  const lose = () => {
    isLost = true;
    resolve();
  };
  client.on('error', lose);
  client.on('end', lose);
  await client.connect();
  return {
    backend: (client as unknown as { readonly processID: number }).processID,
    async send(statements) {
      const sent = statements.map(({ text, values }) =>
        client.query<unknown[]>({ name: nameOf(text), text, values: values as unknown[], rowMode: 'array' }),
      );
      const ended = await Promise.allSettled(sent);
      const failed = ended.find(({ status }) => status === 'rejected');
      if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
      return ended.map((each) => (each as PromiseFulfilledResult<{ rows: unknown[][] }>).value.rows);
    },
    async command(text) {
      return (await client.query(text)).command;
    },
    isLost: () => isLost,
    lost,
    async end() {
      await client.end().catch(() => {});
    },
  };
}

/** Reads what a group or a query asks for, in one round. */
export async function readAsked(connection: Pick<Connection, 'send'>, asked: readonly AskedAhead[]): Promise<Found[]> {
  const found: Found[] = asked.map(({ kind }) => (kind === 'row' ? null : []));
  const statements = askedSql(asked);
  const answers = await connection.send(statements);
  statements.forEach(({ places }, at) => {
    for (const cells of answers[at] as unknown[][]) {
      const place = places[Number(cells[0]) - 1] as number;
      const each = asked[place] as AskedAhead;
      if (each.kind === 'row') found[place] = rowFrom(each.table, cells, 1);
      else (found[place] as AnyRow[]).push(rowFrom(each.find.table, cells, 1));
    }
  });
  return found;
}

/** What a database's error means for what was asked. Its own words may name values, so that they stay the cause. */
export function explainFailure(error: unknown): StoreError {
  const code = (error as { readonly code?: string }).code ?? 'no connection';
  return new StoreError(
    'aborted',
    `the database failed (${code}): nothing was written. Look at its log, and try again.`,
    {
      cause: error,
    },
  );
}
