import { describe, expect, test } from 'vitest';
import { type GuessesSoFar, judgeGuess } from './guess-limit.ts';
import { CODE_GUESSES, PASSWORD_GUESSES } from './limits.ts';

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;

/** So many failures, one a second, the last of them so long ago. */
const failures = (count: number, lastAgo = MINUTE) =>
  Array.from({ length: count }, (_, n) => NOW - lastAgo - (count - 1 - n) * 1_000);

const judge = (soFar: {
  on?: readonly number[];
  all?: readonly number[];
  underWay?: number;
  allUnderWay?: number;
  lately?: boolean;
}) => {
  const { on = [], all = on, underWay = 0, allUnderWay = underWay, lately = false } = soFar;
  const guesses: GuessesSoFar = {
    onWay: { failures: on, underWay },
    overall: { failures: all, underWay: allUnderWay },
    succeededLately: lately,
  };
  return judgeGuess(guesses, NOW, PASSWORD_GUESSES).verdict;
};

describe('a way to a password', () => {
  test.each([
    ['is open at first', {}, 'open'],
    ['is open after nine failures', { on: failures(9) }, 'open'],
    ['is closed by ten', { on: failures(10) }, 'closed'],
    ['is open when the first of ten is 15 minutes old', { on: failures(10, 15 * MINUTE - 9_000) }, 'open'],
    ['is closed while the first of ten is younger', { on: failures(10, 15 * MINUTE - 9_001) }, 'closed'],
    ['waits where ten checks are under way', { underWay: 10 }, 'wait'],
    ['waits where failures and checks under way make ten', { on: failures(4), underWay: 6 }, 'wait'],
    ['is open where they make nine', { on: failures(4), underWay: 5 }, 'open'],
    ['is open after failures on other ways', { all: failures(1_000) }, 'open'],
    ['is open while there are checks on other ways', { all: failures(99), allUnderWay: 50 }, 'open'],
    ['is open after nine failures, where there were 99 by all ways', { on: failures(9), all: failures(99) }, 'open'],
    ['is closed by its first failure, where there were 100', { on: failures(1), all: failures(100) }, 'closed'],
    ['waits for the one that may be the 100th', { on: failures(1), all: failures(99), allUnderWay: 1 }, 'wait'],
    [
      'keeps its ten after a late success',
      { on: failures(9), all: failures(500), allUnderWay: 50, lately: true },
      'open',
    ],
    ['is closed by ten after a late success, too', { on: failures(10), all: failures(500), lately: true }, 'closed'],
    [
      'is open after its first failure, where the 100th of all is an hour old',
      { on: failures(1), all: [...failures(1, 60 * MINUTE), ...failures(99)] },
      'open',
    ],
  ] as const)('%s', (_, soFar, verdict) => expect(judge(soFar)).toBe(verdict));

  test('opens again when the failure that decides is 15 minutes old', () => {
    const soFar = (on: number[], all: number[]): GuessesSoFar => ({
      onWay: { failures: on, underWay: 0 },
      overall: { failures: all, underWay: 0 },
      succeededLately: false,
    });
    const ten = failures(10);
    const until = (ten[0] as number) + 15 * MINUTE;
    expect(judgeGuess(soFar(ten, ten), NOW, PASSWORD_GUESSES)).toEqual({ verdict: 'closed', until });
    expect(judgeGuess(soFar(ten, ten), until, PASSWORD_GUESSES)).toEqual({ verdict: 'open' });
    const strict = judgeGuess(soFar(failures(2), failures(100)), NOW, PASSWORD_GUESSES);
    expect(strict).toEqual({ verdict: 'closed', until: NOW - MINUTE + 15 * MINUTE });
  });
});

describe('a way to one-time codes, of which few are possible', () => {
  const soFar = (all: readonly number[], underWay = 0, succeededLately = false): GuessesSoFar => ({
    onWay: { failures: [], underWay: 0 },
    overall: { failures: all, underWay },
    succeededLately,
  });
  const HOUR = 60 * MINUTE;

  test('is closed by too many failures on others, though it had none, until the day of the first is over', () => {
    const all = [NOW - 23 * HOUR, ...failures(49)];
    expect(judgeGuess(soFar(all.slice(1)), NOW, CODE_GUESSES)).toEqual({ verdict: 'open' });
    expect(judgeGuess(soFar(all), NOW, CODE_GUESSES)).toEqual({ verdict: 'closed', until: NOW + HOUR });
    expect(judgeGuess(soFar(all), NOW + HOUR, CODE_GUESSES)).toEqual({ verdict: 'open' });
  });

  test('waits for checks that may be too many together', () => {
    expect(judgeGuess(soFar(failures(49), 1), NOW, CODE_GUESSES)).toEqual({ verdict: 'wait' });
    expect(judgeGuess(soFar(failures(48), 1), NOW, CODE_GUESSES)).toEqual({ verdict: 'open' });
  });

  test('stays open after a late success', () => {
    expect(judgeGuess(soFar(failures(500), 0, true), NOW, CODE_GUESSES)).toEqual({ verdict: 'open' });
  });
});
