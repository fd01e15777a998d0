import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * How long commands take from their start to their end: medians of wall time and of the processor's, which a busy machine
 * changes less. The first run of each fills the compile cache and isn't counted.
 */

const MAIN = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const RUNS = 11;
const COMMANDS = [
  '--version',
  '--help',
  'sign --help',
  'sim list',
  'agents list --property 1',
  'agent --help',
  'serve --help',
];

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function once(words: readonly string[]): { readonly wallMs: number; readonly cpuMs: number } {
  const start = performance.now();
  const timed = spawnSync('/bin/sh', ['-c', '"$0" "$@" >/dev/null 2>&1; times', process.execPath, MAIN, ...words]);
  const wallMs = performance.now() - start;
  // The last line of `times`: what the children of the shell took, as `0m0.123s 0m0.045s`.
  const [, children = ''] = timed.stdout.toString().trim().split('\n');
  const seconds = Array.from(children.matchAll(/(\d+)m([\d.]+)s/g), ([, m, s]) => Number(m) * 60 + Number(s));
  return { wallMs, cpuMs: seconds.reduce((sum, each) => sum + each, 0) * 1_000 };
}

for (const line of COMMANDS) {
  const words = line.split(' ');
  once(words);
  const runs = Array.from({ length: RUNS }, () => once(words));
  const wall = median(runs.map(({ wallMs }) => wallMs));
  const cpu = median(runs.map(({ cpuMs }) => cpuMs));
  process.stdout.write(
    `${line.padEnd(26)} ${wall.toFixed(0).padStart(5)} ms, ${cpu.toFixed(0).padStart(5)} ms of processor\n`,
  );
}
