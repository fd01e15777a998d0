import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type BenchName, FIGURES, type FigureName, type Values } from '../figures.ts';
import type { Curves, Found } from '../measure.ts';
import { type Spread, spreadOf } from './statistics.ts';

/** What was measured of one Keyrack. */
export interface Measurement {
  readonly figures: { readonly [Name in FigureName]?: Spread };
  readonly curves: Curves;
}

/** The content of bench/results.json. */
export interface Results {
  /** When, where and of which commit each bench was measured. */
  readonly runs: { readonly [Name in BenchName]?: Run };
  readonly now: Measurement;
  /** Of the Keyrack that it was measured against in the same runs, if any. */
  readonly before: Measurement | null;
}

export interface Run {
  readonly at: string;
  readonly commit: string;
  readonly beforeCommit: string | null;
  readonly machine: string;
  /** Load of the machine before the run began, in processes that want to run. */
  readonly load: number;
}

export const RESULTS_FILE = fileURLToPath(new URL('../results.json', import.meta.url));
const NOTHING: Measurement = { figures: {}, curves: {} };
export const NO_RESULTS: Results = { runs: {}, now: NOTHING, before: null };

export function readResults(): Results {
  try {
    return parseResults(readFileSync(RESULTS_FILE, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_RESULTS;
    throw error;
  }
}

/** JSON has no word for what couldn't be measured: null stands for it. */
export function parseResults(text: string): Results {
  return parse(text) as Results;
}

function parse(text: string): unknown {
  const isNumber = (key: string) => key === 'median' || key === 'least' || key === 'most';
  return JSON.parse(text, (key, value: unknown) => (value === null && isNumber(key) ? Number.NaN : value));
}

export function writeResults(results: Results): void {
  writeFileSync(RESULTS_FILE, `${JSON.stringify(results, null, 2)}\n`);
}

export function measurementOf({ values, curves = {} }: Found): Measurement {
  return { figures: summarise(values), curves: rounded(curves) };
}

/**
 * Puts what a bench found in the place of all that an earlier run of it had found: whatever stands there is of one run. What
 * other benches found is kept.
 */
export function withBench(
  results: Results,
  bench: BenchName,
  run: Run,
  [now = NOTHING, before = NOTHING]: readonly Measurement[],
): Results {
  const merged = merge(withoutBench(results.before ?? NOTHING, bench), before);
  return {
    runs: { ...results.runs, [bench]: run },
    now: merge(withoutBench(results.now, bench), now),
    before: Object.keys(merged.figures).length === 0 ? null : merged,
  };
}

function merge(one: Measurement, other: Measurement): Measurement {
  return { figures: { ...one.figures, ...other.figures }, curves: { ...one.curves, ...other.curves } };
}

const CURVES: Readonly<Record<keyof Curves, BenchName>> = { callers: 'road', history: 'growth' };

function withoutBench({ figures, curves }: Measurement, bench: BenchName): Measurement {
  const others = <Part extends object>(part: Part, benchOf: (name: string) => BenchName | undefined) =>
    Object.fromEntries(Object.entries(part).filter(([name]) => benchOf(name) !== bench)) as Part;
  return {
    figures: others(figures, (name) => FIGURES[name as FigureName]?.bench),
    curves: others(curves, (name) => CURVES[name as keyof Curves]),
  };
}

function summarise(values: Values): Measurement['figures'] {
  return Object.fromEntries(
    Object.entries(values).map(([name, each]) => {
      const { rounds, ...numbers } = spreadOf(each);
      return [name, { ...rounded(numbers), rounds }];
    }),
  );
}

/** More digits than these tell nothing. Whole numbers, as of cards, stay what they are. */
function rounded<Value>(value: Value): Value {
  const text = JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'number' && !Number.isInteger(each) ? Number(each.toPrecision(4)) : each,
  );
  return parse(text) as Value;
}

/** Where and when a run happens. */
export function describeRun([checkout, before]: readonly string[]): Run {
  const [processor] = cpus();
  const gigabytes = Math.round(totalmem() / 1024 ** 3);
  return {
    at: new Date().toISOString().slice(0, 16),
    commit: commitOf(checkout ?? ''),
    beforeCommit: before === undefined ? null : commitOf(before),
    machine: `${availableParallelism()} cores (${processor?.model ?? 'unknown'}), ${gigabytes} GB, Node ${process.versions.node}, ${process.platform}`,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

/** What of a checkout is measured: a commit that changes anything else changes no figure. */
const MEASURED = ['packages', 'packaging', 'package-lock.json'];

function commitOf(checkout: string): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: checkout, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    const isChanged = git('status', '--porcelain', ...MEASURED) !== '';
    return git('log', '-1', '--format=%h', '--', ...MEASURED) + (isChanged ? ', changed' : '');
  } catch {
    return 'unknown';
  }
}
