import type { SentAnswer } from './worker-messages.ts';

export interface ListWorkerOptions {
  readonly file: string;
  /** URL of the module that exports `queries`. */
  readonly queries: string;
}

export type ToListWorker =
  | { readonly type: 'query'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: 'close' };

export type FromListWorker = { readonly id: number; readonly answer: SentAnswer };
