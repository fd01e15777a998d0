import type { Point } from './growth.ts';

/** One frame with lines over time, or over something else that grows in steps. */
export interface Chart {
  readonly title: string;
  /** Of the values, as it stands beside the axis. */
  readonly unit: string;
  /** What the points are over: their first number counts these steps from 0. Minutes unless told. */
  readonly across?: { readonly name: string; readonly steps: readonly string[] };
  readonly lines: readonly { readonly name: string; readonly points: readonly Point[] }[];
}

const WIDTH = 900;
const CHART_HEIGHT = 230;
const HEAD_HEIGHT = 44;
/** What stands around a frame: values on the left, title above, minutes or steps below. */
const AROUND = { left: 64, right: 130, top: 30, bottom: 40 } as const;
/** From the edge to the name of what the points are over, so that a long last step has its place before it. */
const AT_EDGE = 8;
/** Okabe and Ito's colours, which colour-blind people can tell apart. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const;

/** Draws charts below each other as one SVG on a light ground. */
export function drawCharts(title: string, charts: readonly Chart[]): string {
  const height = HEAD_HEIGHT + charts.length * CHART_HEIGHT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`,
    `  role="img" font-family="system-ui, sans-serif" font-size="12" fill="#333">`,
    `<title>${escapeText(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="${AROUND.left}" y="28" font-size="16" font-weight="600">${escapeText(title)}</text>`,
    ...charts.map((chart, i) => drawChart(chart, HEAD_HEIGHT + i * CHART_HEIGHT)),
    '</svg>',
    '',
  ].join('\n');
}

function drawChart({ title, unit, across: over, lines }: Chart, y: number): string {
  const points = lines.flatMap((line) => line.points);
  const across = over === undefined ? axis(Math.max(0, ...points.map(([minutes]) => minutes))) : stepsOf(over.steps);
  const up = axis(Math.max(0, ...points.map(([, value]) => value)));
  const frame = {
    left: AROUND.left,
    right: WIDTH - AROUND.right,
    top: y + AROUND.top,
    bottom: y + CHART_HEIGHT - AROUND.bottom,
  };
  const xOf = (minutes: number) => round(frame.left + ((frame.right - frame.left) * minutes) / across.end);
  const yOf = (value: number) => round(frame.bottom - ((frame.bottom - frame.top) * value) / up.end);
  return [
    `<text x="${frame.left}" y="${y + 20}" font-weight="600">${escapeText(title)} (${escapeText(unit)})</text>`,
    ...up.ticks.map(
      (value) =>
        `<path d="M${frame.left} ${yOf(value)}H${frame.right}" stroke="#ddd"/>` +
        `<text x="${frame.left - 8}" y="${yOf(value) + 4}" text-anchor="end">${value}</text>`,
    ),
    ...across.ticks.map(
      (minutes) =>
        `<path d="M${xOf(minutes)} ${frame.bottom}v5" stroke="#999"/>` +
        `<text x="${xOf(minutes)}" y="${frame.bottom + 18}" text-anchor="middle">${over?.steps[minutes] ?? minutes}</text>`,
    ),
    `<text x="${WIDTH - AT_EDGE}" y="${frame.bottom + 18}" text-anchor="end">${escapeText(over?.name ?? 'minutes')}</text>`,
    `<path d="M${frame.left} ${frame.bottom}H${frame.right}" stroke="#999"/>`,
    ...lines.map(({ points: line }, i) => {
      const path = line.map(([minutes, value]) => `${xOf(minutes)},${yOf(value)}`).join(' ');
      return `<polyline points="${path}" fill="none" stroke="${colour(i)}" stroke-width="1.5"/>`;
    }),
    ...lines.map(
      ({ name }, i) =>
        `<text x="${frame.right + 12}" y="${frame.top + 12 + i * 17}" fill="${colour(i)}">${escapeText(name)}</text>`,
    ),
  ].join('\n');
}

/** Steps at equal distances, whatever they stand for. */
function stepsOf({ length }: readonly string[]): { readonly ticks: readonly number[]; readonly end: number } {
  return { ticks: Array.from({ length }, (_, step) => step), end: Math.max(1, length - 1) };
}

/** Round numbers from 0 to at least `most`: 4 to 10 of them. */
function axis(most: number): { readonly ticks: readonly number[]; readonly end: number } {
  const rough = most > 0 ? most / 6 : 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const count = Math.max(1, Math.ceil(most / step));
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(6)));
  return { ticks, end: ticks.at(-1) ?? step };
}

function colour(i: number): string {
  return COLOURS[i % COLOURS.length] as string;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
