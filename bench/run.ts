import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../test/command-line/run-program.ts';
import { type Command, readCommandLine, USAGE } from './command-line.ts';
import type { BenchName } from './figures.ts';
import type { Measure } from './measure.ts';
import { BenchError } from './parts/bench-error.ts';
import { killParts } from './parts/part.ts';
import { removeRunFolders } from './parts/run-folder.ts';
import { writeDocuments } from './report/documents.ts';
import {
  describeRun,
  measurementOf,
  NO_RESULTS,
  type Results,
  readResults,
  withBench,
  writeResults,
} from './report/results.ts';
import { plainTable, tableOf } from './report/table.ts';

// `npm run bench`: USAGE says what it takes, docs/performance.md what it shows.

/** Loaded when they are wanted: each brings much of Keyrack with it. */
const MEASURES: Readonly<Record<BenchName, () => Promise<Measure>>> = {
  road: async () => (await import('./road/road.ts')).measureRoad,
  lone: async () => (await import('./lone/lone.ts')).measureLone,
  growth: async () => (await import('./growth/growth.ts')).measureGrowth,
  agents: async () => (await import('./agents/agents.ts')).measureAgents,
  console: async () => (await import('./console/console.ts')).measureConsole,
};

const say = (text: string) => void process.stderr.write(`${text}\n`);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    clear();
    process.exit(128 + constants.signals[signal]);
  });
}

/** Nothing that was started or written may outlive the bench. */
function clear(): void {
  killParts();
  removeRunFolders();
}

await runProgram({ usage: USAGE, read: readCommandLine }, async (command) => {
  try {
    switch (command.do) {
      case 'run':
        return await runOther(command.program, command.args);
      case 'prepare':
        return await (await import('./growth/prepare.ts')).prepare(command, say);
      case 'measure':
        return await measure(command);
    }
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    // At once: whatever still waits for a part that is killed now would fail as well, and tell nothing new.
    clear();
    say(error.message);
    process.exit(1);
  } finally {
    clear();
  }
});

async function measure(command: Extract<Command, { do: 'measure' }>): Promise<number> {
  const { benches, servers, save } = command;
  let found = NO_RESULTS;
  for (const bench of benches) {
    const run = describeRun(servers);
    const results = await (await MEASURES[bench]())({ ...command, checkouts: servers, say });
    const measurements = results.map(measurementOf);
    found = withBench(found, bench, run, measurements);
    say(`${bench}: ${run.commit}, ${run.machine}, load ${run.load} before it began`);
    // One by one: what was measured is kept when the next one is broken off.
    if (save) saveResults(withBench(readResults(), bench, run, measurements));
  }
  process.stdout.write(`${plainTable(tableOf(found))}\n`);
  if (save) say('written: bench/results.json, docs/performance.md and its plots');
  return 0;
}

function saveResults(results: Results): void {
  writeResults(results);
  writeDocuments(results);
}

/** Runs one of the programs that print for themselves, and ends as it does. */
async function runOther(program: string, args: readonly string[]): Promise<number> {
  const file = fileURLToPath(new URL(`programs/${program}.ts`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { stdio: 'inherit' });
  const stop = () => child.kill('SIGTERM');
  process.once('exit', stop);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('exit', stop);
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']);
    });
  });
}
