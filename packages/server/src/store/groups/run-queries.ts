import type { Query, ReadTx } from '../store.ts';
import type { Asked, AskedAhead } from './asked-rows.ts';
import { nameOfAsked } from './asked-rows.ts';
import { columnsOf, type GatheredHints, gatherHints, learn } from './gather-hints.ts';
import type { GroupNotes } from './group-notes.ts';
import { createOverlay } from './overlay.ts';
import { createReach, joinLocks, type Locks } from './reach.ts';
import type { Found } from './run-group.ts';

/** One snapshot of a database. */
export interface SnapshotDatabase {
  /** Columns of earlier ones may name others. */
  read(asked: readonly AskedAhead[]): Promise<readonly Found[]>;
}

export interface QueryCall {
  readonly name: string;
  readonly query: Query;
  readonly input: unknown;
  /** What it is known to look at: more, once it was tried with less. */
  sees: Locks;
}

export type QueryAnswer =
  | { readonly type: 'answered'; readonly result: unknown }
  | { readonly type: 'thrown'; readonly error: unknown }
  /** It looks at this too, and runs again in a later snapshot. */
  | { readonly type: 'again'; readonly sees: Locks };

/** What these queries will look at, as far as it is known. */
export function aheadOf(calls: readonly QueryCall[]): GatheredHints {
  const { locks, ...others } = gatherHints(calls.map(({ query, input }) => ({ hints: query.hints, input })));
  return { ...others, locks: calls.reduce<Locks>((all, { sees }) => joinLocks(all, sees), locks) };
}

/** Answers queries from one snapshot. One that asks for what wasn't fetched runs again once that is here. */
export async function runQueries(
  database: SnapshotDatabase,
  calls: readonly QueryCall[],
  ahead: GatheredHints,
  notes: GroupNotes,
): Promise<QueryAnswer[]> {
  let rounds = 0;
  const read = (asked: readonly AskedAhead[]) => {
    rounds += 1;
    return database.read(asked);
  };
  const first = ahead.asked.length === 0 ? [] : await read(ahead.asked);
  const further = ahead.further.map(columnsOf(first)).filter((id) => typeof id === 'string');
  const { installation, properties } = ahead.locks;
  const reach = createReach({ installation, properties: new Set([...properties, ...further]) });
  const overlay = createOverlay(reach);
  const { get, find } = overlay.tx;
  const tx = { get, find } as ReadTx;
  learn(overlay, ahead.asked, first, reach.sees);
  const answers = new Array<QueryAnswer | undefined>(calls.length).fill(undefined);
  for (;;) {
    const asked = new Map<string, Asked>();
    calls.forEach(({ name, query, input }, at) => {
      if (answers[at] !== undefined) return;
      let answer: QueryAnswer;
      try {
        answer = { type: 'answered', result: query(tx, input) };
      } catch (error) {
        answer = { type: 'thrown', error };
      }
      const beyond = reach.take();
      if (beyond !== null) answer = { type: 'again', sees: beyond };
      const missing = overlay.take();
      if (missing.length === 0 || beyond !== null) answers[at] = answer;
      else notes.missed(name, missing);
      for (const each of missing) asked.set(nameOfAsked(each), each);
    });
    if (asked.size === 0) {
      notes.ran('queries', calls.length, Math.max(rounds, 1));
      return answers as QueryAnswer[];
    }
    const wanted = [...asked.values()];
    const found = await read(wanted);
    wanted.forEach((each, at) => {
      overlay.know(each, found[at] as Found);
    });
  }
}
