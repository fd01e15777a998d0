import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Block, BlockOutcome } from './seed-worker.ts';

export interface SeedsOptions {
  readonly from: number;
  readonly seeds: number;
  /** Stops soon after the first violation. */
  readonly stop: boolean;
  /** The worker's file: that of a copy of the sources, for mutants. */
  readonly worker?: URL;
  /** Hears after every block how things stand. */
  readonly onBlock?: (done: Totals) => void;
}

export interface Totals {
  seeds: number;
  steps: number;
  virtualMs: number;
  operations: number;
  readonly faults: Map<string, number>;
  readonly unknowns: Map<string, number>;
  readonly violations: BlockOutcome['violations'][number][];
}

const BLOCK = 50;
/** A block that takes longer than this hangs: an endless loop without a single event. A busy machine takes minutes. Milliseconds. */
const HANGS_MS = 600_000;

/** Runs seeds on all cores. Rejects when a worker fails otherwise than by a violation. */
export async function runSeeds({ from, seeds, stop, worker, onBlock }: SeedsOptions): Promise<Totals> {
  const totals: Totals = {
    seeds: 0,
    steps: 0,
    virtualMs: 0,
    operations: 0,
    faults: new Map(),
    unknowns: new Map(),
    violations: [],
  };
  let next = from;
  let failed = false;
  // Blocks are given in order and each ends with its first violation: the least seed that fails is among those found.
  const take = (): Block | null => {
    const count = Math.min(BLOCK, from + seeds - next);
    if (count <= 0 || failed || (stop && totals.violations.length > 0)) return null;
    const block = { from: next, count, stop };
    next += count;
    return block;
  };
  const file = worker ?? new URL('./seed-worker.ts', import.meta.url);
  const threads = Math.min(availableParallelism(), Math.ceil(seeds / BLOCK));
  await Promise.all(
    Array.from({ length: threads }, () =>
      work(file, take, (outcome) => {
        add(totals, outcome);
        onBlock?.(totals);
      }).catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    ),
  );
  totals.violations.sort((a, b) => a.seed - b.seed);
  return totals;
}

function work(file: URL, take: () => Block | null, done: (outcome: BlockOutcome) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(file);
    let timer: NodeJS.Timeout | undefined;
    let under: Block | null = null;
    const end = (error?: Error) => {
      clearTimeout(timer);
      void thread.terminate();
      if (error === undefined) resolve();
      else reject(error);
    };
    const give = () => {
      clearTimeout(timer);
      const block = take();
      under = block;
      if (block === null) return end();
      timer = setTimeout(() => end(new Error(`${named(block)} hang: an endless loop without an event`)), HANGS_MS);
      thread.postMessage(block);
    };
    thread.on('message', (outcome: BlockOutcome) => {
      done(outcome);
      give();
    });
    thread.on('error', (cause: unknown) => {
      const text = cause instanceof Error ? cause.message : String(cause);
      end(new Error(`the program of ${under === null ? 'the thread' : named(under)} fails: ${text}`, { cause }));
    });
    give();
  });
}

function named({ from, count }: Block): string {
  return `seeds ${from} to ${from + count - 1}`;
}

function add(totals: Totals, outcome: BlockOutcome): void {
  totals.seeds += outcome.seeds;
  totals.steps += outcome.steps;
  totals.virtualMs += outcome.virtualMs;
  totals.operations += outcome.operations;
  for (const [kind, times] of Object.entries(outcome.faults))
    totals.faults.set(kind, (totals.faults.get(kind) ?? 0) + times);
  for (const [cause, times] of Object.entries(outcome.unknowns))
    totals.unknowns.set(cause, (totals.unknowns.get(cause) ?? 0) + times);
  totals.violations.push(...outcome.violations);
}
