import { parentPort } from 'node:worker_threads';
import type { Violation } from './checks/verdict.ts';
import { drawPlan } from './plan/draw-plan.ts';
import { runPlan } from './run-seed.ts';

/** Runs seeds in a thread of its own, a block at a time. */

export interface Block {
  readonly from: number;
  readonly count: number;
  /** Ends the block with the first violation. */
  readonly stop: boolean;
}

export interface BlockOutcome {
  readonly from: number;
  readonly seeds: number;
  readonly steps: number;
  readonly virtualMs: number;
  readonly operations: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly unknowns: Readonly<Record<string, number>>;
  readonly violations: readonly { readonly seed: number; readonly violation: Violation }[];
}

async function runBlock({ from, count, stop }: Block): Promise<BlockOutcome> {
  const faults: Record<string, number> = {};
  const unknowns: Record<string, number> = {};
  const violations: { seed: number; violation: Violation }[] = [];
  let [seeds, steps, virtualMs, operations] = [0, 0, 0, 0];
  for (let seed = from; seed < from + count; seed += 1) {
    const outcome = await runPlan(drawPlan(seed));
    seeds += 1;
    steps += outcome.steps;
    virtualMs += outcome.virtualMs;
    operations += outcome.operations;
    for (const [kind, times] of outcome.faults) faults[kind] = (faults[kind] ?? 0) + times;
    for (const [cause, times] of outcome.unknowns) unknowns[cause] = (unknowns[cause] ?? 0) + times;
    if (outcome.violation === null) continue;
    violations.push({ seed, violation: outcome.violation });
    if (stop) break;
  }
  return { from, seeds, steps, virtualMs, operations, faults, unknowns, violations };
}

parentPort?.on('message', (block: Block) => {
  runBlock(block).then(
    (outcome) => parentPort?.postMessage(outcome),
    (error: unknown) => {
      throw error;
    },
  );
});
