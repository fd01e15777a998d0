import { expect, test } from 'vitest';
import { compareVersions } from './version-order.ts';

const IN_ORDER = [
  '0.0.9',
  '0.1.0',
  '0.1.10',
  '0.2.0-alpha',
  '0.2.0-alpha.1',
  '0.2.0-alpha.beta',
  '0.2.0-beta.2',
  '0.2.0-beta.11',
  '0.2.0',
  '1.0.0',
  '10.0.0',
];

test('versions stand in the order of Semantic Versioning', () => {
  for (const [at, one] of IN_ORDER.entries()) {
    for (const [place, other] of IN_ORDER.entries()) {
      expect(Math.sign(compareVersions(one, other) ?? Number.NaN), `${one} and ${other}`).toBe(Math.sign(at - place));
    }
  }
});

test('what stands behind a plus sign is no part of it', () => {
  expect(compareVersions('1.0.0+one', '1.0.0+two')).toBe(0);
});

test.each(['', '1', '1.0', 'v1.0.0', '1.0.0-', '1.0.0 ', '1.0.x'])('"%s" is no version', (text) => {
  expect(compareVersions(text, '1.0.0')).toBe(null);
  expect(compareVersions('1.0.0', text)).toBe(null);
});
