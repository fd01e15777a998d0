import type { Query, ReadTx } from '../store.ts';
import type { Asked } from './asked-rows.ts';
import { nameOfAsked } from './asked-rows.ts';
import { createOverlay } from './overlay.ts';
import { createReach, joinLocks, type Locks, NO_LOCKS } from './reach.ts';
import type { Found } from './run-group.ts';

/** One snapshot of a database. */
export interface SnapshotDatabase {
  read(asked: readonly Asked[]): Promise<readonly Found[]>;
}

export interface QueryCall {
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

/** Answers queries from one snapshot. One that asks for what wasn't fetched runs again once that is here. */
export async function runQueries(database: SnapshotDatabase, calls: readonly QueryCall[]): Promise<QueryAnswer[]> {
  const reach = createReach(calls.reduce<Locks>((all, { sees }) => joinLocks(all, sees), NO_LOCKS));
  const overlay = createOverlay(reach);
  const { get, find } = overlay.tx;
  const tx = { get, find } as ReadTx;
  const answers = new Array<QueryAnswer | undefined>(calls.length).fill(undefined);
  for (;;) {
    const asked = new Map<string, Asked>();
    calls.forEach(({ query, input }, at) => {
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
      for (const each of missing) asked.set(nameOfAsked(each), each);
    });
    if (asked.size === 0) return answers as QueryAnswer[];
    const wanted = [...asked.values()];
    const found = await database.read(wanted);
    wanted.forEach((each, at) => {
      overlay.know(each, found[at] as Found);
    });
  }
}
