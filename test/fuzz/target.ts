import type { Chance } from '../faults/chance.ts';

/** Every kind of input, with its part of all inputs, compared with the others'. */
export const SHARES = {
  forms: 34,
  'agent messages': 32,
  'journal files': 10,
  'card memories': 18,
  'desk page': 4,
  http: 28,
  metrics: 8,
  'set-up': 10,
  'desk listener': 10,
  'simulator control': 6,
  'web sockets before proof': 16,
  'web sockets after proof': 16,
} as const;

export type TargetName = keyof typeof SHARES;
export const TARGET_NAMES = Object.keys(SHARES) as readonly TargetName[];

/** One kind of input. What it is fed with must be answered, or refused as its own words say, and nothing else. */
export interface Target {
  readonly name: TargetName;
  /** How many inputs may be under way at once. */
  readonly lanes: number;
  /** `within`: fed to code in this process, one after the other. `outside`: over sockets to programs, all at once. */
  readonly where: 'within' | 'outside';
  /** An answer that takes longer is a finding. Milliseconds. */
  readonly slowMs: number;
  /** Makes the next input, as text or bytes that a person can be shown, and a way to feed it in. */
  next(chance: Chance): Input;
  /** Lets connections that were left open be closed by the other end, for that long at most, and breaks off the rest. */
  settle?(mostMs: number): Promise<void>;
  /** A right request, with no other input under way. Throws where it isn't answered rightly. */
  check?(): Promise<void>;
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
