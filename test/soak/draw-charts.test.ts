import { describe, expect, test } from 'vitest';
import { type Chart, drawCharts } from './draw-charts.ts';

const MEMORY: Chart = {
  title: 'Memory',
  unit: 'MB',
  lines: [
    {
      name: 'server',
      points: [
        [0, 100],
        [60, 180],
      ],
    },
    {
      name: 'desk 1',
      points: [
        [0, 0],
        [60, 90],
      ],
    },
  ],
};

/** What stands in the drawing as text, and where. */
function textsOf(svg: string) {
  return [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</g)].map(([, x, y, text]) => ({
    x: Number(x),
    y: Number(y),
    text,
  }));
}

function linesOf(svg: string): number[][][] {
  return [...svg.matchAll(/<polyline points="([^"]*)"/g)].map(([, points]) =>
    (points as string).split(' ').map((point) => point.split(',').map(Number)),
  );
}

describe('a chart', () => {
  test('says what it shows, with units on both axes and the name of each line', () => {
    const texts = textsOf(drawCharts('An hour', [MEMORY])).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['An hour', 'Memory (MB)', 'minutes', 'server', 'desk 1']));
  });

  test('has round numbers from 0 up to beyond the highest value and the last minute', () => {
    const texts = textsOf(drawCharts('An hour', [MEMORY])).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['0', '50', '100', '150', '200', '10', '20', '60']));
    expect(texts).not.toContain('250');
  });

  test('draws every value where its axes say that it is', () => {
    const svg = drawCharts('An hour', [MEMORY]);
    const texts = textsOf(svg);
    const heightOf = (value: string) => (texts.find(({ text, x }) => text === value && x < 64)?.y ?? 0) - 4;
    const placeOf = (minute: string) => texts.find(({ text, x }) => text === minute && x >= 64)?.x;
    const [server, desk] = linesOf(svg);
    expect(server?.[0]).toEqual([placeOf('0'), heightOf('100')]);
    expect(desk?.[0]).toEqual([placeOf('0'), heightOf('0')]);
    expect(server?.[1]?.[0]).toBe(placeOf('60'));
    expect(server?.[1]?.[1]).toBeCloseTo(heightOf('150') + (3 / 5) * (heightOf('200') - heightOf('150')), 0);
  });

  test('stands below the one before it, on a light ground', () => {
    const svg = drawCharts('An hour', [MEMORY, { ...MEMORY, title: 'Heap' }]);
    const [first, second] = ['Memory (MB)', 'Heap (MB)'].map((title) =>
      textsOf(svg).find(({ text }) => text === title),
    );
    expect(second?.y).toBeGreaterThan(first?.y as number);
    expect(svg).toMatch(/^<svg [^>]*>\n<title>An hour<\/title>\n<rect width="900" height="\d+" fill="#fff"\/>/);
  });

  test.each([
    ['nothing', []],
    ['nothing but zeros', [[0, 0] as const, [1, 0] as const]],
    ['one value', [[0.2, 7.3] as const]],
    ['tiny values', [[0, 0.0004] as const, [0.01, 0.0009] as const]],
  ])('of %s has numbers everywhere', (_, points) => {
    expect(drawCharts('Little', [{ title: 'x', unit: 'y', lines: [{ name: 'z', points }] }])).not.toMatch(
      /NaN|Infinity|undefined/,
    );
  });

  test('takes names with signs that mean something in SVG', () => {
    expect(drawCharts('a < b & c', [])).toContain('>a &lt; b &amp; c</text>');
  });
});
