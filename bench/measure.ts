import type { FigureName, Values } from './figures.ts';

/** What a bench is told. */
export interface Order {
  /** The Keyracks that are measured, in turns: folders of checkouts. */
  readonly checkouts: readonly string[];
  /** Within 50 seconds, for a first look. */
  readonly quick: boolean;
  /** Sizes that take much longer. */
  readonly full: boolean;
  /** Where data goes. */
  readonly folder: string;
  /** Where CPU profiles of the servers go; null for none. */
  readonly profiles: string | null;
  /** Tells people how far it is. */
  readonly say: (text: string) => void;
}

/** What a bench found about one checkout. */
export interface Found {
  readonly values: Values;
  readonly curves?: Curves;
}

/** Lines of the plots. */
export interface Curves {
  readonly callers?: readonly CallersPoint[];
  readonly history?: readonly HistoryPoint[];
}

export interface CallersPoint {
  readonly callers: number;
  readonly operationsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface HistoryPoint {
  readonly cards: number;
  readonly issueMs: number;
  readonly cancelMs: number;
  readonly queryMs: number;
}

/** Measures every checkout of the order, in turns, and answers in their order. */
export type Measure = (order: Order) => Promise<readonly Found[]>;

/** Options of Node for a server that is to be profiled. */
export function profiling({ profiles }: Pick<Order, 'profiles'>): readonly string[] {
  return profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`, '--cpu-prof-interval=500'];
}

/** One value of each figure that a round measured. */
export type RoundFound = { readonly [Name in FigureName]?: number };

/** Gathers what the rounds find. */
export function createNotes(): { readonly values: Values; note(found: RoundFound): void } {
  const values: Partial<Record<FigureName, number[]>> = {};
  return {
    values,
    note: (found) => {
      for (const [name, value] of Object.entries(found) as [FigureName, number][]) {
        const known = values[name];
        if (known === undefined) values[name] = [value];
        else known.push(value);
      }
    },
  };
}
