import { CommandLineError } from '../command-line/read-arguments.ts';
import { readCommandLine, USAGE } from './command-line.ts';
import { tellHistory } from './history.ts';
import { writeMutantList } from './mutants/mutant-list.ts';
import {
  MOST_SEEDS,
  mutantNames,
  readCaughtBy,
  removeCopies,
  runMutant,
  writeCaughtBy,
} from './mutants/run-mutants.ts';
import { drawPlan } from './plan/draw-plan.ts';
import { createProgress } from './progress.ts';
import { runPlan } from './run-seed.ts';
import { runSeeds, type Totals } from './run-seeds.ts';
import { shrinkPlan } from './shrink.ts';

/** `npm run simulate`: `USAGE` says what it takes. Exits with 1 where something is wrong with Keyrack, 2 with the call. */

/** Violations that are told in full. */
const TOLD = 3;

async function main(): Promise<void> {
  const command = readCommandLine(process.argv.slice(2), mutantNames());
  switch (command.do) {
    case 'help':
      return say(USAGE);
    case 'run seeds':
      return many(command.from, command.seeds);
    case 'replay':
      return replay(command.seed);
    case 'run mutants':
      return mutants(command.names, command.record);
  }
}

async function many(from: number, seeds: number): Promise<void> {
  const progress = createProgress('simulation', seeds);
  let told = 0;
  const totals = await runSeeds({
    from,
    seeds,
    stop: false,
    onBlock(done) {
      progress(done.seeds, done.violations.length);
      // At once, so that nobody waits for the end of a long run.
      for (const { seed, violation } of done.violations.slice(told)) say(`seed ${seed} breaks "${violation.rule}"`);
      told = done.violations.length;
    },
  });
  for (const { seed, violation } of totals.violations.slice(0, TOLD)) await tell(seed, violation.rule);
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

/** The seed that is known to catch a mutant is tried first, but of those that are named to be recorded anew. */
async function mutants(named: readonly string[], record: boolean): Promise<void> {
  const names = named.length > 0 ? named : mutantNames();
  const anew = record && named.length > 0;
  const known = readCaughtBy();
  let caught = 0;
  for (const name of names) {
    const progress = createProgress(name, MOST_SEEDS);
    try {
      const found = await runMutant(name, {
        known: anew ? null : (known[name]?.seed ?? null),
        seeds: MOST_SEEDS,
        onSeeds: (done) => progress(done, 0),
      });
      if (found === null) {
        say(`${name} SURVIVES ${MOST_SEEDS} seeds`);
        continue;
      }
      caught += 1;
      say(`${name} is caught by seed ${found.seed}: ${found.rule}: ${found.text.slice(0, 160)}`);
      if (record) writeCaughtBy({ ...readCaughtBy(), [name]: { seed: found.seed, rule: found.rule } });
    } catch (error) {
      say(`${name} CAN'T BE RUN: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  removeCopies();
  if (record) writeMutantList(readCaughtBy());
  say(`mutants ${names.length}, caught ${caught}`);
  if (caught < names.length) process.exitCode = 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof CommandLineError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
