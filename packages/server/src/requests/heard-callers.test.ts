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

/** What was recorded, at which time. */
function recording() {
  const clock = createVirtualClock(0);
  const recorded: [number, string, unknown][] = [];
  const run = (async (name: string, input: object) => {
    const { operations, operation, caller } = input as Record<string, unknown>;
    const ids = (operations as { readonly operation: string }[] | undefined)?.map((each) => each.operation);
    recorded.push([clock.monotonic(), name, ids ?? [operation, caller]]);
    return null;
  }) as unknown as Run;
  const heardCallers = createHeardCallers(run, clock, () => {});
  const hear = (id: string, hungUp = new AbortController()) => {
    heardCallers.recordHeard({ ...OPERATION, id: id as Operation['id'] }, hungUp.signal);
    return hungUp;
  };
  return { clock, recorded, heardCallers, hear };
}

test('callers who heard are recorded a second later, together with those of the same moment', async () => {
  const { clock, recorded, hear } = recording();
  hear('a');
  hear('b');
  await clock.advance(100);
  hear('c');
  await clock.advance(100);
  hear('d');
  await clock.advance(100);
  hear('not yet');
  await clock.advance(949);
  const [together, later] = [
    [1_000, 'callersTold', ['a', 'b']],
    [1_250, 'callersTold', ['c', 'd']],
  ];
  expect(recorded).toEqual([together]);
  await clock.advance(1);
  expect(recorded).toEqual([together, later]);
  await clock.advance(3_000);
  hear('alone');
  await clock.advance(999);
  expect(recorded).toEqual([together, later, [1_500, 'callersTold', ['not yet']]]);
  await clock.advance(1);
  expect(recorded.at(-1)).toEqual([5_250, 'callersTold', ['alone']]);
});

test('a caller who hangs up meanwhile is recorded at once, and never as one who heard', async () => {
  const { clock, recorded, hear } = recording();
  const left = hear('left');
  hear('heard');
  await clock.advance(500);
  left.abort();
  hear('gone before', left);
  await clock.advance(3_000);
  expect(recorded).toEqual([
    [500, 'noteCaller', ['left', 'left']],
    [500, 'noteCaller', ['gone before', 'left']],
    [1_000, 'callersTold', ['heard']],
  ]);
});

test('at the stop all who heard are recorded, in transactions of a bounded length', async () => {
  const { clock, recorded, heardCallers, hear } = recording();
  for (let n = 0; n < 300; n += 1) hear(String(n));
  heardCallers.stop();
  expect(recorded.map(([at, name, ids]) => [at, name, (ids as string[]).length])).toEqual([
    [0, 'callersTold', 256],
    [0, 'callersTold', 44],
  ]);
  await clock.advance(3_000);
  expect(recorded).toHaveLength(2);
});
