import type { Usage } from '../faults/answer-parent.ts';
import type { Part } from '../faults/part.ts';
import type { Chart } from './draw-charts.ts';
import { type Point, quantile } from './growth.ts';
import type { Measured } from './steady-load.ts';

/** What one process took over time. */
export interface Watched {
  readonly name: string;
  readonly points: { readonly [Value in keyof Usage]: Point[] };
}

const MINUTE_MS = 60_000;
const MEGABYTE = 1024 * 1024;
/** In how many parts of a run answers are put together, to tell how long most of them took. */
const WINDOWS = 60;

export interface Watch {
  readonly watched: readonly Watched[];
  stop(): void;
}

/** Asks every part what it takes, again and again. */
export function watch(parts: readonly Part[], everyMs: number): Watch {
  const began = performance.now();
  const watched = parts.map(({ name }) => ({ name, points: { rssBytes: [], heapBytes: [], descriptors: [] } }));
  const look = async (part: Part, { points }: Watched) => {
    const usage = await part.usage();
    if (usage === null) return;
    const minutes = (performance.now() - began) / MINUTE_MS;
    for (const value of ['rssBytes', 'heapBytes', 'descriptors'] as const) points[value].push([minutes, usage[value]]);
  };
  const timer = setInterval(() => {
    for (const [i, part] of parts.entries()) void look(part, watched[i] as Watched);
  }, everyMs);
  return { watched, stop: () => clearInterval(timer) };
}

/** All that a run saw, to be drawn. */
export function chartsOf(watched: readonly Watched[], measured: readonly Measured[], minutes: number): Chart[] {
  const linesOf = (value: keyof Usage, unit: number) =>
    watched.map(({ name, points }) => ({
      name,
      points: points[value].map(([minutes, amount]): Point => [minutes, amount / unit]),
    }));
  return [
    { title: 'Memory of each process', unit: 'MB resident', lines: linesOf('rssBytes', MEGABYTE) },
    { title: 'Objects in it', unit: 'MB of heap in use', lines: linesOf('heapBytes', MEGABYTE) },
    { title: 'Open descriptors', unit: 'number', lines: linesOf('descriptors', 1) },
    {
      title: 'From request to answer',
      unit: 'ms',
      lines: [
        { name: '99 of 100', points: timesOf(measured, 0.99, minutes) },
        { name: '1 of 2', points: timesOf(measured, 0.5, minutes) },
      ],
    },
  ];
}

function timesOf(measured: readonly Measured[], share: number, minutes: number): Point[] {
  const windows = Array.from({ length: WINDOWS }, (): number[] => []);
  // What is answered after the end was asked before it.
  for (const { at, ms } of measured)
    windows[Math.min(WINDOWS - 1, Math.floor((at * WINDOWS) / (minutes * MINUTE_MS)))]?.push(ms);
  return windows.flatMap((times, i): Point[] => {
    const value = quantile(times, share);
    return value === undefined ? [] : [[((i + 1) * minutes) / WINDOWS, value]];
  });
}
