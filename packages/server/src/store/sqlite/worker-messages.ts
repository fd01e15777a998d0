import { DiskFull, StoreError } from '../store.ts';
import type { Answer, Call } from './transactor.ts';

export interface WorkerOptions {
  readonly file: string;
  /** URL of the module that exports `transactions`. */
  readonly transactions: string;
}

export type ToWorker = { readonly type: 'group'; readonly calls: readonly Call[] } | { readonly type: 'close' };

/** A group is answered as a whole, in the order of its calls. */
export type FromWorker =
  | { readonly type: 'opened' }
  | { readonly type: 'not-opened'; readonly file: string; readonly matter: string }
  | { readonly type: 'answers'; readonly answers: readonly SentAnswer[] };

export type SentAnswer =
  | { readonly type: 'committed'; readonly result: unknown }
  | { readonly type: 'thrown'; readonly error: SentError }
  | { readonly type: 'failed'; readonly outcome: StoreError['outcome'] | 'disk-full'; readonly error: SentError };

/** An exception on its way between threads: cloning would lose its name. Its class and its own fields are lost. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
}

export function sendableError(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: undefined };
  return { name: error.name, message: error.message, stack: error.stack };
}

export function sendableAnswer(answer: Answer): SentAnswer {
  switch (answer.type) {
    case 'committed':
      return answer;
    case 'thrown':
      return { type: 'thrown', error: sendableError(answer.error) };
    case 'failed': {
      const outcome = answer.error instanceof DiskFull ? 'disk-full' : answer.error.outcome;
      return { type: 'failed', outcome, error: sendableError(answer.error) };
    }
  }
}

/** What the caller of a transaction is rejected with. */
export function receivedError(answer: Exclude<SentAnswer, { type: 'committed' }>): Error {
  const { name, message, stack } = answer.error;
  const error = answer.type === 'failed' ? failureOf(answer.outcome, message) : new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}

function failureOf(outcome: StoreError['outcome'] | 'disk-full', message: string): StoreError {
  return outcome === 'disk-full' ? new DiskFull() : new StoreError(outcome, message);
}
