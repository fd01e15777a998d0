import type { Chance } from '../faults/chance.ts';

export const TARGET_NAMES = [
  'forms',
  'agent messages',
  'journal files',
  'card memories',
  'set-up forms',
  'desk page',
  'http',
  'web sockets',
] as const;

/** One kind of input. What it is fed with must be answered, or refused as its own words say, and nothing else. */
export interface Target {
  readonly name: (typeof TARGET_NAMES)[number];
  /** Its part of all inputs, compared with the other targets'. */
  readonly share: number;
  /** How many inputs may be under way at once. */
  readonly lanes: number;
  /** Makes the next input, as text or bytes that a person can be shown, and a way to feed it in. */
  next(chance: Chance): Input;
  /** Ends all that it started. */
  close(): Promise<void>;
}

export interface Input {
  readonly shown: string | Uint8Array;
  /**
   * Throws what must not happen. A number of HTTP answers with 5xx among the answers is told and not thrown; `ms` is how
   * long the answer took where that is another time than that of the call.
   */
  feed(): Promise<Fed | undefined> | Fed | undefined;
}

export interface Fed {
  readonly fiveHundreds?: number;
  readonly ms?: number;
}
