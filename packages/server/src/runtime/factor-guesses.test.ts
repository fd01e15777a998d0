import { expect, test } from 'vitest';
import { CODE_GUESSES } from '../domain/limits.ts';
import { createFactorGuesses } from './factor-guesses.ts';

/** One-time codes guessed at from many addresses, by whoever knows the password. */

const DAY = 24 * 60 * 60_000;

function openGuesses() {
  let at = 0;
  const check = createFactorGuesses({ monotonic: () => at });
  let code = 0;
  return {
    /** `right` is no guess: the code that the app shows. */
    async shows(
      personId: string,
      source: string,
      right = false,
      factor: 'authenticator' | 'recovery-code' = 'authenticator',
    ) {
      code += 1;
      const told = await check({ factor, personId, way: { by: 'source', source }, code: String(code) }, () => right);
      return told === null ? 'right' : told === 'wrong' ? 'wrong' : told.cause;
    },
    wait: (ms: number) => {
      at += ms;
    },
  };
}

test('fifty wrong codes in a day, from however many addresses, close the app but where it was used lately', async () => {
  const guesses = openGuesses();
  expect(await guesses.shows('ada', 'home', true)).toBe('right');
  const told: string[] = [];
  for (let n = 0; n < 200; n += 1) told.push(await guesses.shows('ada', `address ${n}`));
  const tried = told.filter((each) => each === 'wrong');
  expect(tried).toHaveLength(CODE_GUESSES.overall?.failures ?? 0);
  expect(await guesses.shows('ada', 'fresh', true)).toBe('too-many-failures');
  expect(await guesses.shows('ada', 'home', true)).toBe('right');
  // A recovery code gets her in anywhere, and nobody else is kept out.
  expect(await guesses.shows('ada', 'fresh', true, 'recovery-code')).toBe('right');
  expect(await guesses.shows('bob', 'fresh', true)).toBe('right');
  guesses.wait(DAY);
  expect(await guesses.shows('ada', 'fresh', true)).toBe('right');
});

test('as many at the same instant are no way around it', async () => {
  const guesses = openGuesses();
  const told = await Promise.all(Array.from({ length: 200 }, (_, n) => guesses.shows('ada', `address ${n}`)));
  expect(told.filter((each) => each === 'wrong').length).toBeLessThanOrEqual(CODE_GUESSES.overall?.failures ?? 0);
});
