import { expect, test } from 'vitest';
import { within } from './within.ts';

test('what comes in time is answered', async () => {
  expect(await within(60_000, Promise.resolve('here'), 'nothing came')).toBe('here');
});

test('what never comes is told, with how long it was waited for', async () => {
  await expect(within(10, new Promise(() => undefined), 'not all agents were welcome')).rejects.toThrow(
    'not all agents were welcome within 0.01 s',
  );
});
