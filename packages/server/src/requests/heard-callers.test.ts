import { expect, test } from 'vitest';
import type { Operation } from '../domain/operation.ts';
import type { Run } from '../runtime/runner.ts';
import { StoreError } from '../store/store.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { createHeardCallers } from './heard-callers.ts';

const OPERATION = { propertyId: 'p', id: 'o', callerAt: 0, kind: 'issue', state: 'succeeded' } as unknown as Operation;

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
  const heardCallers = createHeardCallers(run, clock, () => {});
  expect(await heardCallers.recordNotHeard(OPERATION, 'told-open')).toBeNull();
  expect(timers).toHaveLength(1);
  heardCallers.stop();
  expect(await heardCallers.recordNotHeard(OPERATION, 'told-open')).toBeNull();
  expect(timers).toHaveLength(1);
});

/** A store that fails as it is told, and who hears of it. */
function failing() {
  const errors: unknown[] = [];
  const clock = createVirtualClock(0);
  let failure: Error = new StoreError('aborted', 'the disk is full');
  const run = (() => Promise.reject(failure)) as unknown as Run;
  return {
    heardCallers: createHeardCallers(run, clock, (error) => errors.push(error)),
    clock,
    errors,
    failWith: (error: Error) => {
      failure = error;
    },
  };
}

test.each(['a later try', 'a caller who is being told'])('a bug of the recording is told of: %s', async (when) => {
  const { heardCallers, clock, errors, failWith } = failing();
  const bug = new TypeError('a bug');
  if (when === 'a later try') await heardCallers.recordNotHeard(OPERATION, 'left');
  failWith(bug);
  if (when !== 'a later try') heardCallers.recordHeard(OPERATION, new AbortController().signal);
  // An unhandled rejection would fail the run, and end a server.
  await clock.advance(60_000);
  expect(errors).toEqual([bug]);
});

test('trouble of the store is told of by the store alone', async () => {
  const { heardCallers, clock, errors } = failing();
  await heardCallers.recordNotHeard(OPERATION, 'left');
  heardCallers.recordHeard(OPERATION, new AbortController().signal);
  await clock.advance(10_000);
  heardCallers.stop();
  await clock.advance(10_000);
  expect(errors).toEqual([]);
});
