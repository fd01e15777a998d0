import { expect, test } from 'vitest';
import { longestOf } from './longest-task.ts';

const named = (tid: number, name: string) => ({ name: 'thread_name', ph: 'M', pid: 1, tid, args: { name } });
const task = (tid: number, ms: number, name = 'ThreadControllerImpl::RunTask') => ({
  ...{ name, ph: 'X', pid: 1, tid },
  dur: ms * 1_000,
  // Half of its time another process had the core.
  tdur: ms * 500,
});

test('the longest task is one of the page, and not of the threads beside it', () => {
  const events = [named(1, 'CrRendererMain'), named(2, 'Compositor'), task(1, 12), task(1, 34), task(2, 900)];
  expect(longestOf([...events, task(1, 500, 'Layout')])).toEqual({ ms: 34, cpuMs: 17 });
  expect(longestOf([named(1, 'CrRendererMain')])).toEqual({ ms: 0, cpuMs: 0 });
});
