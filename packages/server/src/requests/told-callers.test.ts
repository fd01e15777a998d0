import { expect, test } from 'vitest';
import type { Operation } from '../domain/operation.ts';
import type { Run } from '../runtime/runner.ts';
import { StoreError } from '../store/store.ts';
import { createToldCallers } from './told-callers.ts';

test('a caller who cannot be recorded after the stop is tried again by no timer', async () => {
  const timers: object[] = [];
  const clock = {
    now: () => 0,
    monotonic: () => 0,
    setTimeout: () => {
      timers.push({});
      return timers.at(-1) as object;
    },
    clearTimeout: () => {},
  };
  const run = (() => Promise.reject(new StoreError('aborted', 'the disk is full'))) as unknown as Run;
  const told = createToldCallers(run, clock);
  const operation = { propertyId: 'p', id: 'o', callerAt: 0 } as unknown as Operation;
  expect(await told.untold(operation, 'told-open')).toBeNull();
  expect(timers).toHaveLength(1);
  told.stop();
  expect(await told.untold(operation, 'told-open')).toBeNull();
  expect(timers).toHaveLength(1);
});
