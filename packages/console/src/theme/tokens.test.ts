import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MEANINGS } from './meanings.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const tokens = new Map<string, readonly [string, string]>([['on-solid', ['#ffffff', '#ffffff']]]);
for (const [, name = '', light = '', dark = ''] of css.matchAll(
  /--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
))
  tokens.set(name, [light, dark]);

const PAGES = ['panel', 'back', 'sunken', 'raised', 'hover'];
/** Text needs 4.5, shapes and lines 3 (WCAG 2.2, 1.4.3 and 1.4.11). */
const PAIRS: readonly (readonly [string, string, number])[] = [
  ...PAGES.flatMap((back) => ['ink', 'muted', 'accent'].map((text) => [text, back, 4.5] as const)),
  ...MEANINGS.flatMap((meaning): [string, string, number][] => [
    [meaning, `${meaning}-tint`, 4.5],
    [meaning, 'panel', 4.5],
    [meaning, 'back', 4.5],
    ['ink', `${meaning}-tint`, 4.5],
    ['muted', `${meaning}-tint`, 4.5],
    ['on-solid', `${meaning}-solid`, 4.5],
    [`${meaning}-mark`, 'panel', 3],
    [`${meaning}-mark`, 'back', 3],
    [`${meaning}-mark`, `${meaning}-tint`, 3],
  ]),
  ['on-solid', 'accent-press', 4.5],
  ...['panel', 'back', 'raised'].map((back) => ['edge', back, 3] as const),
  ...['panel', 'back', 'accent-tint'].map((back) => ['focus', back, 3] as const),
];

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('in the %s theme', (_theme, index) => {
  test.each(PAIRS)('%s can be read on %s (%d)', (front, back, least) => {
    expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(least);
  });

  function colour(name: string): string {
    const value = tokens.get(name)?.[index];
    if (value === undefined) throw new Error(`tokens.css has no --${name} of two colours`);
    return value;
  }
});

function contrast(one: string, other: string): number {
  const [brighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (brighter + 0.05) / (darker + 0.05);
}

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return red * 0.2126 + green * 0.7152 + blue * 0.0722;
}
