import { expect, test } from 'vitest';
import { type AbsenceVerdict, judgeAbsence } from './agent-absence.ts';
import { CLOCK_TOLERANCE_MS } from './limits.ts';

const AFTER = 30 * 60_000;
const NOW = 1_700_000_000_000;
const absent = { state: 'active', isConnected: false } as const;

test.each<[string, number, boolean, Partial<Parameters<typeof judgeAbsence>[1]>, AbsenceVerdict]>([
  ['is short', AFTER - 1, false, {}, 'wait'],
  ['is long', AFTER, false, {}, 'tell'],
  ['was told', AFTER * 100, true, {}, 'wait'],
  ['is over', AFTER, false, { isConnected: true }, 'over'],
  ['is of a suspended agent', AFTER, false, { state: 'suspended' }, 'over'],
  ['is of a revoked agent', AFTER, true, { state: 'revoked' }, 'over'],
  ['began a little in the future', -CLOCK_TOLERANCE_MS, false, {}, 'wait'],
  ['began in the future, before the clock was set back', -CLOCK_TOLERANCE_MS - 1, false, {}, 'count-anew'],
  ['was told before the clock was set back', -AFTER, true, {}, 'wait'],
])('an absence that %s', (_, age, told, facts, verdict) => {
  expect(judgeAbsence({ since: NOW - age, told }, { ...absent, now: NOW, afterMs: AFTER, ...facts })).toBe(verdict);
});
