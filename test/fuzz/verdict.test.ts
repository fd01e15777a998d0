import { describe, expect, test } from 'vitest';
import { type Outcome, verdictOn } from './verdict.ts';

const MB = 1024 * 1024;
const server = { name: 'server', start: 100 * MB, first: 200 * MB, last: 210 * MB, peak: 300 * MB, descriptorsMore: 3 };
const held: Outcome = {
  inputs: 1_000_000,
  figures: { crashes: 0, fiveHundreds: 0, slow: 0, kept: 0, deaths: 0 },
  memory: [server],
  right: { answered: 4_000, failed: 0, worstMs: 812.4 },
  rightWithinMs: 2_000,
  broken: null,
};
const withFigures = (figures: Partial<Outcome['figures']>): Outcome => ({
  ...held,
  figures: { ...held.figures, ...figures },
});

test('a run in which nothing was wrong says so with its numbers', () => {
  expect(verdictOn(held)).toEqual({
    reasons: [],
    line:
      'held: inputs 1000000, crashes 0, 5xx 0, slow 0, kept 0, deaths 0; memory server +5.0 %; ' +
      'right requests 4000, failed 0, slowest 812 ms',
  });
});

test('a run without programs says nothing of their memory and of right requests', () => {
  expect(verdictOn({ ...held, memory: [], right: null }).line).toBe(
    'held: inputs 1000000, crashes 0, 5xx 0, slow 0, kept 0, deaths 0',
  );
});

describe('a run failed', () => {
  test.each<[string, Outcome, string]>([
    ['with a crash', withFigures({ crashes: 1 }), 'crashes 1'],
    ['with an answer 5xx', withFigures({ fiveHundreds: 2 }), '5xx 2'],
    ['with a slow answer', withFigures({ slow: 1 }), 'slow 1'],
    ['with a connection that was kept', withFigures({ kept: 1 }), 'connections kept 1'],
    ['with a death', withFigures({ deaths: 1 }), 'deaths 1'],
    ['that broke off', { ...held, broken: 'server died 5 times' }, 'server died 5 times'],
    [
      'where memory grew by more than 10 %',
      { ...held, memory: [{ ...server, last: 221 * MB }] },
      'memory of the server grew by 10.5 %',
    ],
    [
      'where a short run grew by more than its programs need to be warm',
      { ...held, inputs: 20_000, memory: [{ ...server, last: 300 * MB }] },
      'memory of the server grew by 50.0 %',
    ],
    [
      'where much was held at once',
      { ...held, memory: [{ ...server, peak: 360 * MB }] },
      'the server held 360 MB at once',
    ],
    [
      'where descriptors stayed',
      { ...held, memory: [{ ...server, descriptorsMore: 40 }] },
      'the server kept 40 descriptors',
    ],
    [
      'where a right request failed',
      { ...held, right: { answered: 9, failed: 1, worstMs: 1 } },
      'right requests failed 1',
    ],
    [
      'where a right request was late',
      { ...held, right: { answered: 9, failed: 0, worstMs: 2_100 } },
      'a right request took 2100 ms',
    ],
    [
      'where nobody asked rightly',
      { ...held, right: { answered: 0, failed: 0, worstMs: 0 } },
      'no right request was answered',
    ],
  ])('%s', (_, outcome, reason) => {
    const { reasons, line } = verdictOn(outcome);
    expect(reasons).toEqual([reason]);
    expect(line).toMatch(/^failed \(/);
  });

  test('not where a short run grew by what its programs need to be warm', () => {
    expect(verdictOn({ ...held, inputs: 20_000, memory: [{ ...server, last: 290 * MB }] }).reasons).toEqual([]);
  });
});
