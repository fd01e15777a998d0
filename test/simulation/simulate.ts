import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { tellHistory } from './history.ts';
import { CAUGHT_BY_FILE, MOST_SEEDS, mutantNames, readCaughtBy, runMutant } from './mutants/run-mutants.ts';
import { drawPlan } from './plan/draw-plan.ts';
import { runPlan } from './run-seed.ts';
import { runSeeds, type Totals } from './run-seeds.ts';
import { shrinkPlan } from './shrink.ts';

/**
 * `npm run simulate -- --seeds N [--from S]`, `--seed S` to replay one, `--mutants [NAME …]` to see that planted faults
 * are caught; `--record` then notes which seed caught each.
 */

/** Violations that are told in full. */
const TOLD = 3;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seeds: { type: 'string' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      mutants: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
    },
  });
  if (values.mutants) return mutants(positionals, values.record);
  if (values.seed !== undefined) return replay(Number(values.seed));
  return many(Number(values.from), Number(values.seeds ?? 1_000));
}

async function many(from: number, seeds: number): Promise<void> {
  const totals = await runSeeds({ from, seeds, stop: false });
  for (const { seed, violation } of totals.violations.slice(0, TOLD)) await tell(seed, violation.rule);
  for (const { seed, violation } of totals.violations.slice(TOLD)) say(`seed ${seed} breaks "${violation.rule}"`);
  tellTotals(totals);
  say(`seeds ${totals.seeds}, steps ${totals.steps}, violations ${totals.violations.length}`);
  if (totals.violations.length > 0) process.exitCode = 1;
}

async function replay(seed: number): Promise<void> {
  const { violation, steps } = await runPlan(drawPlan(seed));
  if (violation !== null) await tell(seed, violation.rule);
  say(`seeds 1, steps ${steps}, violations ${violation === null ? 0 : 1}`);
  if (violation !== null) process.exitCode = 1;
}

/** Tells how a seed fails, with the few of its faults that matter. */
async function tell(seed: number, rule: Parameters<typeof shrinkPlan>[1]): Promise<void> {
  const least = await shrinkPlan(drawPlan(seed), rule);
  say(`${tellHistory(least, await runPlan(least, true))}\n`);
}

function tellTotals({ virtualMs, operations, faults, unknowns }: Totals): void {
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, times]) => `${name} ${times}`)
      .join(', ');
  say(`virtual hours ${Math.round(virtualMs / 360_000) / 10}, operations ${operations}`);
  say(`faults: ${list(faults)}`);
  say(`unknown for a while: ${list(unknowns)}`);
}

async function mutants(wanted: readonly string[], record: boolean): Promise<void> {
  const caughtBy = { ...readCaughtBy() };
  const names = mutantNames().filter((name) => wanted.length === 0 || wanted.includes(name));
  let caught = 0;
  for (const name of names) {
    try {
      const found = await runMutant(name, caughtBy[name]?.seed ?? null, MOST_SEEDS);
      if (found === null) {
        say(`${name} survives ${MOST_SEEDS} seeds`);
        continue;
      }
      caught += 1;
      caughtBy[name] = { seed: found.seed, rule: found.rule };
      say(`${name} is caught by seed ${found.seed} after ${found.after}: ${found.rule}: ${found.text.slice(0, 160)}`);
    } catch (error) {
      say(`${name} can't be run: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (record) {
    const sorted = Object.fromEntries(Object.entries(caughtBy).sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(CAUGHT_BY_FILE, `${JSON.stringify(sorted, null, 2)}\n`);
  }
  say(`mutants ${names.length}, caught ${caught}`);
  if (caught < names.length) process.exitCode = 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
