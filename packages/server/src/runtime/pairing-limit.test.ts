import { expect, test } from 'vitest';
import { PAIRING_CODE_GUESSES } from '../domain/limits.ts';
import { createPairingLimit } from './pairing-limit.ts';

const HERE = '192.0.2.1';

/** So many codes that begin alike are being looked up for one address; they end as told. */
function underWay(count: number) {
  const limit = createPairingLimit(() => 0);
  const ends: PromiseWithResolvers<boolean>[] = [];
  const results = Array.from({ length: count }, (_, n) =>
    limit(`ABC0000${n}`, HERE, () => {
      const end = Promise.withResolvers<boolean>();
      ends.push(end);
      return end.promise;
    }).catch(() => 'failed'),
  );
  return { limit, ends, results };
}

test.each([
  ['one of them was right', (end: PromiseWithResolvers<boolean>, n: number) => end.resolve(n === 0)],
  ['none could be looked up', (end: PromiseWithResolvers<boolean>) => end.reject(new Error('the disk is full'))],
])('a right code waits for as many that are under way as would spend it, and is taken where %s', async (_, endOf) => {
  const { limit, ends, results } = underWay(PAIRING_CODE_GUESSES.perWay.failures);
  await expect.poll(() => ends.length).toBe(PAIRING_CODE_GUESSES.perWay.failures);
  const right = limit('ABCRIGHT', HERE, async () => true);
  for (const [n, end] of ends.entries()) endOf(end, n);
  await Promise.all(results);
  expect(await right).toBe('right');
});

test('it is spent where all of those were wrong', async () => {
  const { limit, ends } = underWay(PAIRING_CODE_GUESSES.perWay.failures);
  await expect.poll(() => ends.length).toBe(PAIRING_CODE_GUESSES.perWay.failures);
  const right = limit('ABCRIGHT', HERE, async () => true);
  for (const end of ends) end.resolve(false);
  expect(await right).toBe('wrong');
});
