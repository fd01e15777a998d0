import type { StoreError, Transaction, TransactionSet } from '../store.ts';
import { type AnyRow, type Asked, type AskedAhead, nameOfAsked } from './asked-rows.ts';
import { gatherHints, learn } from './gather-hints.ts';
import type { GroupNotes } from './group-notes.ts';
import { createOverlay, type TableChanges } from './overlay.ts';
import { createReach, joinLocks, type Locks, NO_LOCKS } from './reach.ts';

export interface Call {
  readonly name: string;
  readonly input: unknown;
  /** What the call is known to need: more, once it was tried with less. */
  locks: Locks;
}

/** What became of one call. */
export type Answer =
  | { readonly type: 'committed'; readonly result: unknown }
  /** The transaction threw: a bug, and nothing of it was written. */
  | { readonly type: 'thrown'; readonly error: unknown }
  | { readonly type: 'failed'; readonly error: StoreError }
  /** It needs these locks too. Nothing of it was written, and it runs again in a later group. */
  | { readonly type: 'again'; readonly locks: Locks };

export type Found = AnyRow | null | readonly AnyRow[];

/** One transaction of a database, which a group reads and writes in. */
export interface GroupDatabase {
  /** Waits for these locks, which last until the end, and only then reads the first rows. Columns of earlier ones may name others. */
  begin(locks: Locks, asked: readonly AskedAhead[]): Promise<readonly Found[]>;
  read(asked: readonly Asked[]): Promise<readonly Found[]>;
  /** Writes all of it and commits. Rejects with a StoreError. */
  commit(changes: readonly TableChanges[]): Promise<void>;
  /** Ends it without a trace. */
  abandon(): Promise<void>;
}

/** What a call is known to need before it has run once. */
export function locksFor(input: unknown): Locks {
  if (typeof input !== 'object' || input === null || !('propertyId' in input)) return NO_LOCKS;
  const { propertyId } = input;
  return typeof propertyId === 'string' ? { installation: 'shared', properties: new Set([propertyId]) } : NO_LOCKS;
}

/**
 * Runs the calls in order in one transaction of the database. Each sees what those before it wrote. A call that asks for what wasn't
 * fetched runs again, as do those behind it, once that is here: transactions know no clock and no chance, so they do the same.
 */
export async function runGroup(
  database: GroupDatabase,
  transactions: TransactionSet,
  calls: readonly Call[],
  notes: GroupNotes,
): Promise<Answer[]> {
  const transactionNamed = (name: string): Transaction | undefined =>
    Object.hasOwn(transactions, name) ? transactions[name] : undefined;
  const ahead = gatherHints(calls.map(({ name, input }) => ({ hints: transactionNamed(name)?.hints, input })));
  const locks = calls.reduce<Locks>((all, call) => joinLocks(all, call.locks), ahead.locks);
  const reach = createReach(locks);
  const overlay = createOverlay(reach);
  const answers: Answer[] = [];

  const runOne = ({ name, input }: Call): Answer | 'missing' => {
    const transaction = transactionNamed(name);
    if (transaction === undefined) return { type: 'thrown', error: new TypeError(`there is no transaction ${name}`) };
    overlay.mark();
    let answer: Answer;
    try {
      answer = { type: 'committed', result: transaction(overlay.tx, input) };
    } catch (error) {
      answer = { type: 'thrown', error };
    }
    // However the transaction dealt with it: what it returned rests on rows that nobody has read.
    const needed = reach.take();
    if (needed !== null) answer = { type: 'again', locks: needed };
    if (answer.type !== 'committed' || overlay.isMissing()) overlay.undo();
    if (needed === null && overlay.isMissing()) return 'missing';
    if (needed !== null) overlay.take();
    return answer;
  };
  let rounds = 1;
  const fetch = async (asked: readonly Asked[]): Promise<void> => {
    rounds += 1;
    const found = await database.read(asked);
    asked.forEach((each, at) => {
      overlay.know(each, found[at] as Found);
    });
  };

  learn(overlay, ahead.asked, await database.begin(locks, ahead.asked), reach.sees);
  for (let next = 0; next < calls.length; ) {
    const answer = runOne(calls[next] as Call);
    if (answer !== 'missing') {
      answers.push(answer);
      next += 1;
      continue;
    }
    const asked = overlay.take();
    notes.missed((calls[next] as Call).name, asked);
    // Those behind it are tried for what they ask for, so that all of it comes at once.
    for (const call of calls.slice(next + 1)) {
      runOne(call);
      overlay.undo();
      const more = overlay.take();
      if (more.length > 0) notes.missed(call.name, more);
      asked.push(...more);
    }
    await fetch(withoutDoubles(asked));
  }
  notes.ran('transactions', calls.length, rounds);
  await database.commit(overlay.changes());
  return answers;
}

function withoutDoubles(asked: readonly Asked[]): Asked[] {
  const named = new Map(asked.map((each) => [nameOfAsked(each), each]));
  return [...named.values()];
}
