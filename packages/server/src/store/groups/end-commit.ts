import { StoreError } from '../store.ts';

/** The end of one transaction, as a database carries it out. */
export interface Ending {
  /** Sends what is written and COMMIT. Resolves with the word that answers it, and rejects where no answer comes. */
  commit(): Promise<string>;
  /** Why nothing could be written, where the answer was another word than COMMIT. */
  refusal(): Promise<unknown>;
  /** What became of it, by a connection of its own. Rejects where nobody can tell. */
  lookUp(): Promise<'committed' | 'aborted'>;
  /** What an exception means. */
  explain(error: unknown): StoreError;
}

/** Commits, and finds out what became of it where the answer is lost: to guess would lose or double what was written. */
export async function endCommit({ commit, refusal, lookUp, explain }: Ending): Promise<void> {
  let answer: string;
  try {
    answer = await commit();
  } catch (error) {
    const ended = await lookUp().catch(() => 'unknown' as const);
    if (ended === 'committed') return;
    if (ended === 'aborted') throw explain(error);
    throw new StoreError('unknown', 'the connection to the database was lost: nobody knows what was written.', {
      cause: error,
    });
  }
  // In a transaction that has failed, COMMIT takes everything back without an error.
  if (answer !== 'COMMIT') throw explain(await refusal());
}

/** One look at a transaction, on a new connection. One that is in progress is cut off, so that the next look tells its end. */
export type Look = () => Promise<'committed' | 'aborted' | 'in progress' | null>;

export interface Patience {
  /** Milliseconds, by a clock that can't be set. */
  now(): number;
  pause(): Promise<void>;
  /** For how long it is asked again. Milliseconds. */
  readonly lasts: number;
}

/** Looks until the transaction has ended. Rejects where the database can't be reached for long. */
export async function lookUntilEnded(look: Look, { now, pause, lasts }: Patience): Promise<'committed' | 'aborted'> {
  const until = now() + lasts;
  let last: unknown;
  while (now() < until) {
    try {
      const status = await look();
      if (status === 'committed' || status === 'aborted') return status;
      last = new Error(`the transaction is ${String(status)}`);
    } catch (error) {
      last = error;
    }
    await pause();
  }
  throw last;
}
