import { expect, test } from 'vitest';
import { pathOf } from './qr-code.tsx';

test('dark runs of each row become bars, and nothing else does', () => {
  expect(
    pathOf([
      [true, true, false],
      [false, false, false],
      [true, false, true],
    ]),
  ).toBe('M0 0h2v1H0zM0 2h1v1H0zM2 2h1v1H2z');
});
