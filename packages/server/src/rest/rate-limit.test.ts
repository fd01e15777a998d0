import { expect, it } from 'vitest';
import { ProblemError } from './problems.ts';
import { createRequestLimit } from './rate-limit.ts';

it('a credential may ask so often at once, is told how often still, and gains it back; others notice nothing', () => {
  let now = 0;
  const limit = createRequestLimit(() => now, { burst: 2, perSecond: 1 });
  expect(limit('a')).toEqual({ 'ratelimit-policy': '"credential";q=2;w=2', ratelimit: '"credential";r=1;t=1' });
  expect(limit('a').ratelimit).toBe('"credential";r=0;t=2');
  const refused = () => {
    try {
      limit('a');
    } catch (error) {
      return error as ProblemError;
    }
    throw new Error('it was not refused');
  };
  expect(refused()).toMatchObject({ problem: 'too-many-requests', facts: { headers: { 'retry-after': '1' } } });
  expect(limit('b').ratelimit).toBe('"credential";r=1;t=1');
  now = 1_000;
  expect(limit('a').ratelimit).toBe('"credential";r=0;t=2');
  expect(refused()).toBeInstanceOf(ProblemError);
});
