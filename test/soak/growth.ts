/** One value over time: minutes since the beginning, and the value. */
export type Point = readonly [minutes: number, value: number];

/** A process takes more than this only when it grows without end: less is its warming up, and when garbage is collected. */
export const BOUNDS = { memoryBytes: 48 * 1024 * 1024, memoryPercent: 25, descriptors: 16 } as const;

export interface Growth {
  readonly from: number;
  readonly to: number;
  readonly percent: number;
}

/**
 * From the second quarter of a run, when all is warm, to the last: the median of each. Nothing grows where there are
 * too few points to tell.
 */
export function growthOf(points: readonly Point[]): Growth {
  const end = points.at(-1)?.[0] ?? 0;
  const within = (least: number, most: number) =>
    median(points.filter(([at]) => at >= least * end && at <= most * end).map(([, value]) => value));
  const [from, to] = [within(0.25, 0.5), within(0.75, 1)];
  if (from === undefined || to === undefined) return { from: 0, to: 0, percent: 0 };
  return { from, to, percent: from === 0 ? 0 : Math.round((100 * (to - from)) / from) };
}

export function isUnboundedMemory({ from, to, percent }: Growth): boolean {
  return to - from > BOUNDS.memoryBytes && percent > BOUNDS.memoryPercent;
}

/** The value that so large a share of the values (0 to 1) doesn't exceed; undefined where there are none. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

function median(values: readonly number[]): number | undefined {
  return quantile(values, 0.5);
}
