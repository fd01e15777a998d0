/** The benches that measure figures, in the order in which all of them run. */
export const BENCHES = ['road', 'lone', 'growth', 'agents', 'console'] as const;
export type BenchName = (typeof BENCHES)[number];

/** What a figure must be. `under`: less than, not equal. */
export type Target =
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly under: number }
  /** Nothing is asked of it: it explains the others. */
  | null;

export interface Figure {
  readonly bench: BenchName;
  readonly what: string;
  readonly unit: string;
  /** Behind the point, where it is printed. */
  readonly digits: number;
  readonly target: Target;
  readonly fair?: Fair;
}

/** What must hold of another figure for the verdict to tell what the target means. */
export interface Fair {
  readonly figure: string;
  readonly atLeast: number;
  /** Stands behind the verdict where it doesn't hold. */
  readonly otherwise: string;
}

/**
 * On a slow or busy disk the loop mostly waits: each of its transactions flushes, and a server's share a flush among many.
 * Then the ratio tells of the disk.
 */
const LOOP_AT_WORK: Fair = { figure: 'road-loop-busy', atLeast: 50, otherwise: 'but the loop mostly waited' };

/** Every figure that is measured, by the name that results.json has for it. */
export const FIGURES = {
  'road-ratio': figure('road', 'operations × 3 ÷ bare loop', '', 2, { atLeast: 0.75 }, LOOP_AT_WORK),
  'road-server-cpu': figure('road', 'server CPU an operation at 64 callers', 'ms', 2, { atMost: 0.8 }),
  'road-p50': figure('road', 'p50 at 64 callers', 'ms', 0, { atMost: 55 }),
  'road-p99-to-p50': figure('road', 'p99 ÷ p50 at 64 callers', '', 2, { under: 1.8 }),
  'road-p99': figure('road', 'p99 at 64 callers', 'ms', 0, null),
  'road-operations': figure('road', 'operations a second at 64 callers', '/s', 0, null),
  'road-server-main-cpu': figure('road', 'of the server CPU: its main thread', 'ms', 2, null),
  'road-agents-cpu': figure('road', 'CPU of the agents an operation', 'ms', 2, null),
  'road-load-cpu': figure('road', 'CPU of the load generator an operation', 'ms', 2, null),
  'road-loop': figure('road', 'bare loop: durable transactions a second', '/s', 0, null),
  'road-loop-busy': figure('road', 'bare loop: how much of its time it worked, not waited', '%', 0, null),
  'road-flush': figure('road', 'a flush to the disk, alone', 'ms', 2, null),
  'road-http': figure('road', 'bare node:http: requests a second', '/s', 0, null),
  'lone-p50': figure('lone', 'one caller, p50', 'ms', 2, { atMost: 3 }),
  'lone-added-p50': figure('lone', 'what the server adds at 50/s, p50', 'ms', 2, { atMost: 1.5 }),
  'lone-added-p99': figure('lone', 'what the server adds at 50/s, p99', 'ms', 2, { atMost: 6 }),
  'lone-agent-own-p50': figure('lone', 'the agent’s own work at 50/s, p50', 'ms', 2, null),
  'growth-issue': figure('growth', 'issue, p50 at 1 M ÷ 100 k cards', '', 2, { atMost: 1.15 }),
  'growth-cancel': figure('growth', 'cancel, p50 at 1 M ÷ 100 k cards', '', 2, { atMost: 1.15 }),
  'growth-query': figure('growth', 'queryByRoom, p50 at 1 M ÷ 100 k cards', '', 2, { atMost: 1.15 }),
  'growth-full-issue': figure('growth', 'issue, p50 at 5 M ÷ 100 k cards', '', 2, { atMost: 1.3 }),
  'growth-full-cancel': figure('growth', 'cancel, p50 at 5 M ÷ 100 k cards', '', 2, { atMost: 1.3 }),
  'growth-full-query': figure('growth', 'queryByRoom, p50 at 5 M ÷ 100 k cards', '', 2, { atMost: 1.3 }),
  'growth-busy-room': figure('growth', 'room with 10,000 past records ÷ new room', '', 2, { atMost: 1.2 }),
  'growth-beside': figure('growth', 'cancel p99 beside queries and audit verify ÷ alone', '', 2, { atMost: 2 }),
  'growth-cancel-alone': figure('growth', 'cancel p99 of 4 callers, alone', 'ms', 1, null),
  'growth-cancel-beside': figure('growth', 'cancel p99 of 4 callers, beside', 'ms', 1, null),
  'growth-verify': figure('growth', 'audit verify of a million records beside card work', 's', 1, null),
  'growth-start-small': figure('growth', 'start to ready at 100 k cards', 's', 2, null),
  'growth-start-large': figure('growth', 'start to ready at 1 M cards', 's', 2, null),
  'growth-start-full': figure('growth', 'start to ready at 5 M cards', 's', 2, null),
  'growth-glance-issue': figure('growth', 'first look: issue, p50 at 40 k ÷ 4 k cards', '', 2, null),
  'growth-glance-cancel': figure('growth', 'first look: cancel, p50 at 40 k ÷ 4 k cards', '', 2, null),
  'growth-glance-query': figure('growth', 'first look: queryByRoom, p50 at 40 k ÷ 4 k cards', '', 2, null),
  'agents-memory': figure('agents', 'memory of the server for an idle agent', 'KiB', 1, { atMost: 20 }),
  'agents-return': figure('agents', '10,000 back after a restart, all', 's', 1, { atMost: 30 }),
  'agents-return-cpu': figure('agents', 'server CPU for the return of one', 'ms', 2, null),
  'agents-heap': figure('agents', 'of that memory: heap', 'KiB', 1, null),
  'agents-connect': figure('agents', '10,000 connected for the first time', 's', 1, null),
  'agents-idle-cpu': figure('agents', 'server CPU with 10,000 idle', '% of a core', 1, null),
  'agents-glance-return': figure('agents', 'first look: 2,000 back after a restart, all', 's', 1, null),
  'console-keys': figure('console', 'desk of 1,000 rooms: rooms are there and keys taken', 'ms', 0, { atMost: 1_000 }),
  'console-rooms': figure('console', 'of that: rooms are painted', 'ms', 0, null),
  'console-filter': figure('console', 'longest task while rooms are filtered', 'ms', 0, { atMost: 50 }),
  'console-filter-cpu': figure('console', 'of that: processor time', 'ms', 0, null),
  'console-live-cpu': figure('console', 'server CPU of ten consoles at 20 operations/s', '% of a core', 1, {
    under: 5,
  }),
  'console-no-live-cpu': figure('console', 'server CPU of these operations alone', '% of a core', 1, null),
  'console-requests': figure('console', 'requests of ten consoles meanwhile', '/s', 1, null),
} as const satisfies Record<string, Figure>;
export type FigureName = keyof typeof FIGURES;

/** The values of figures, one of each round. */
export type Values = { readonly [Name in FigureName]?: readonly number[] };

function figure(bench: BenchName, what: string, unit: string, digits: number, target: Target, fair?: Fair): Figure {
  return { bench, what: `${bench}: ${what}`, unit, digits, target, ...(fair !== undefined && { fair }) };
}

export function isMet(target: NonNullable<Target>, value: number): boolean {
  if ('atLeast' in target) return value >= target.atLeast;
  return 'atMost' in target ? value <= target.atMost : value < target.under;
}
