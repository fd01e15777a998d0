import { expect, it } from 'vitest';
import { REPEATS } from '../domain/limits.ts';
import type { Run } from '../runtime/runner.ts';
import { recordingLog } from '../testing/recording-log.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { forgetRepeatsInTime } from './forget-repeats.ts';

function started(answers: boolean[]) {
  const clock = createVirtualClock(1_000_000);
  const asked: number[] = [];
  const run = (async (_name: string, { now }: { readonly now: number }) => {
    asked.push(now - 1_000_000);
    return answers.shift() ?? false;
  }) as unknown as Run;
  return { clock, asked, forgetting: forgetRepeatsInTime({ run, clock, log: recordingLog().log }) };
}

it('secrets are forgotten in time, also those of an earlier process, until none are left', async () => {
  const { clock, asked, forgetting } = started([true, false]);
  await clock.advance(3 * REPEATS.secretMs);
  expect(asked).toEqual([REPEATS.secretMs, 2 * REPEATS.secretMs]);
  forgetting.keptSecret();
  forgetting.keptSecret();
  await clock.advance(REPEATS.secretMs);
  expect(asked).toHaveLength(3);
});

it('nothing is left running behind the end', async () => {
  const { clock, asked, forgetting } = started([]);
  forgetting.stop();
  forgetting.keptSecret();
  expect(clock.pending()).toBe(0);
  await clock.advance(2 * REPEATS.secretMs);
  expect(asked).toEqual([]);
});
