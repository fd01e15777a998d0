import { describe, expect, test } from 'vitest';
import {
  beginSupervision,
  lateChange,
  type Supervision,
  type SupervisionInput,
  type SupervisionStep,
  settleRecord,
  supervise,
} from './supervision.ts';

const A = '0.1.0';
const B = '0.2.0';

const stateAfter = (...inputs: readonly SupervisionInput[]) => run(...inputs).state;

/** The steps of a run from its start on, in words, and where it stands. */
function run(...inputs: readonly SupervisionInput[]): { readonly state: Supervision; readonly did: readonly string[] } {
  let [state, steps] = beginSupervision(A);
  const did = steps.map(inWords);
  for (const input of inputs) {
    [state, steps] = supervise(state, input);
    did.push(...steps.map(inWords));
  }
  return { state, did };
}

function inWords(step: SupervisionStep): string {
  switch (step.do) {
    case 'start':
      return `start ${step.version}${step.trial ? ' in trial' : ''}`;
    case 'note':
      return `note ${step.last.outcome} ${step.last.cause ?? ''}`.trim();
    case 'refuse':
      return `refuse ${step.failure.cause}`;
    case 'make-current':
      return `make-current ${step.version}`;
    case 'tidy':
      return `tidy but ${step.keep.join(' ')}`;
    case 'discard':
      return `discard ${step.version}`;
    case 'exit':
      return `exit ${step.code}`;
    default:
      return step.do;
  }
}

const changeOver = { type: 'change-over', next: B } as const;
const written = { type: 'written' } as const;
const notWritten = { type: 'not-written', why: 'the disk is full' } as const;
const connected = { type: 'connected' } as const;
const ended = { type: 'ended', how: 'ended with code 0', code: 0 } as const;
const crashed = { type: 'ended', how: 'ended with code 3', code: 3 } as const;
const killed = { type: 'ended', how: 'was ended by SIGKILL', code: null } as const;
const trialOver = { type: 'trial-over' } as const;
const endOver = { type: 'end-over' } as const;
const probationOver = { type: 'probation-over' } as const;
const stop = { type: 'stop' } as const;
const ALL: readonly SupervisionInput[] = [
  changeOver,
  written,
  notWritten,
  connected,
  ended,
  crashed,
  killed,
  trialOver,
  endOver,
  probationOver,
  stop,
];

const TRIAL = [changeOver, written, ended];
const KEPT = ['make-current 0.2.0', 'note done', 'tidy but 0.1.0 0.2.0', 'watch'];
const BEGUN = ['start 0.1.0', 'note trial', 'end-child', 'start 0.2.0 in trial'];

test('a version that connects is made the one to start, and then the older ones go', () => {
  const { state, did } = run(...TRIAL, connected, written);
  expect(did).toEqual([...BEGUN, ...KEPT]);
  expect(state).toEqual({ is: 'running', version: B, probation: { before: A, crashes: 0 } });
});

describe('a version that was changed to lately', () => {
  const kept = [...TRIAL, connected, written];
  const again = 'start 0.2.0';

  test.each([
    ['exits', crashed, 'ended with code 3'],
    ['is killed', killed, 'was ended by SIGKILL'],
  ] as const)('is started again where it %s once, and the one before where it does so twice', (_, end, how) => {
    const { state, did } = run(...kept, end, end, written);
    const back = ['make-current 0.1.0', 'note failed crashed', 'start 0.1.0', 'discard 0.2.0'];
    expect(did).toEqual([...BEGUN, ...KEPT, again, ...back]);
    expect(state).toEqual({ is: 'running', version: A, probation: null });
    const [, steps] = supervise(stateAfter(...kept, end, end), written);
    expect(steps[0]).toMatchObject({
      last: { from: A, to: B, why: `Version 0.2.0 was connected, and soon crashed 2 times: at last it ${how}.` },
    });
  });

  test('runs on where the version before can not be made the one to start, by whoever starts the supervisor', () => {
    expect(run(...kept, crashed, crashed, notWritten).did.slice(-2)).toEqual(['make-current 0.1.0', 'exit 1']);
  });

  test('may end in its own time', () => {
    expect(run(...kept, ended).did.at(-1)).toBe('exit 0');
  });

  test('is like any other when it has run for long', () => {
    expect(run(...kept, crashed, probationOver, crashed).did.slice(-2)).toEqual([again, 'exit 3']);
  });

  test('is watched again by a supervisor that was started meanwhile', () => {
    const [begun, steps] = beginSupervision(B, A);
    expect(steps.map(inWords)).toEqual([again, 'watch']);
    const [once] = supervise(begun, crashed);
    expect(supervise(once, crashed)[1].map(inWords)).toEqual(['make-current 0.1.0']);
    const last = { from: A, to: B, outcome: 'done', cause: null, why: null, at: 1_000 } as const;
    expect(lateChange(last, B, 1_999, 1_000)).toBe(A);
    expect(lateChange(last, B, 2_000, 1_000)).toBe(null);
    // Somebody set the clock back: nobody can tell how long it has run.
    expect(lateChange(last, B, 999, 1_000)).toBe(null);
    // A person went back by hand.
    expect(lateChange(last, A, 1_999, 1_000)).toBe(null);
    expect(lateChange({ ...last, outcome: 'failed' }, B, 1_999, 1_000)).toBe(null);
    expect(lateChange(null, B, 1_999, 1_000)).toBe(null);
  });
});

describe('the old one runs again, and why is noted before', () => {
  test.each<[string, readonly SupervisionInput[], readonly string[]]>([
    ['the new one ends', [crashed], ['note failed crashed']],
    ['the new one is killed', [killed], ['note failed crashed']],
    ['the new one does not connect', [trialOver, ended], ['end-child', 'note failed never-connected']],
    [
      'the new one does not even end',
      [trialOver, endOver, killed],
      ['end-child', 'kill-child', 'note failed never-connected'],
    ],
    ['it comes too late', [trialOver, connected, ended], ['end-child', 'note failed never-connected']],
    ['it cannot be kept', [connected, notWritten, ended], ['make-current 0.2.0', 'end-child', 'note failed not-kept']],
  ])('when %s', (_, inputs, steps) => {
    const { state, did } = run(...TRIAL, ...inputs);
    expect(did).toEqual([...BEGUN, ...steps, 'start 0.1.0', 'discard 0.2.0']);
    expect(state).toEqual({ is: 'running', version: A, probation: null });
  });
});

test('an old version that does not end is killed: its journal says what it did', () => {
  expect(run(changeOver, written, endOver, killed).did).toEqual([
    'start 0.1.0',
    'note trial',
    'end-child',
    'kill-child',
    'start 0.2.0 in trial',
  ]);
});

test('nothing is begun that cannot be noted', () => {
  const { state, did } = run(changeOver, notWritten);
  expect(did).toEqual(['start 0.1.0', 'note trial', 'refuse disk-full']);
  expect(state).toEqual({ is: 'running', version: A, probation: null });
});

test('without an update it ends as its child does', () => {
  expect(run(crashed)).toEqual({ state: { is: 'over', code: 3 }, did: ['start 0.1.0', 'exit 3'] });
  expect(run(killed).did).toEqual(['start 0.1.0', 'exit 1']);
  expect(run(...TRIAL, connected, written, probationOver, crashed).did.at(-1)).toBe('exit 3');
});

describe('told to end, it ends its child and waits for it', () => {
  test.each<[string, readonly SupervisionInput[], readonly string[]]>([
    ['while it runs', [], ['end-child']],
    ['as it begins', [changeOver], ['note stopped', 'end-child']],
    ['while the old one ends', [changeOver, written], ['note stopped']],
    ['in the trial', TRIAL, ['note stopped', 'end-child']],
    // Whether it is kept is being written; the trial that was noted tells it at the next start.
    ['as the new one is kept', [...TRIAL, connected], ['end-child']],
    ['on the way back', [...TRIAL, trialOver], ['note failed never-connected']],
  ])('%s', (_, before, steps) => {
    const { did } = run(...before);
    expect(run(...before, stop, written, connected, trialOver, ended).did).toEqual([...did, ...steps, 'exit 0']);
    expect(run(...before, stop, stop, killed).did).toEqual([...did, ...steps, 'kill-child', 'exit 1']);
    expect(run(...before, stop, endOver, killed).did.slice(-2)).toEqual(['kill-child', 'exit 1']);
  });
});

test('in whatever order things happen, one child runs at a time, and none is left when it is over', () => {
  const seen = new Set<string>();
  const search = (inputs: readonly SupervisionInput[], depth: number) => {
    const { state, did } = run(...inputs);
    let children = 0;
    // An `ended` is heard of a child alone, and of one only.
    let at = 1;
    let [now] = beginSupervision(A);
    children = 1;
    for (const input of inputs) {
      if (input.type === 'ended') {
        if (children === 0) return;
        children -= 1;
      }
      const [after, steps] = supervise(now, input);
      now = after;
      at += steps.length;
      children += steps.filter((step) => step.do === 'start').length;
      expect(children, did.join()).toBeLessThanOrEqual(1);
    }
    expect(at).toBe(did.length);
    if (state.is === 'over') expect(children, did.join()).toBe(0);
    else expect(children, did.join()).toBe(state.is === 'reverting' ? 0 : 1);
    const key = JSON.stringify([state, children]);
    if (depth === 0 || seen.has(key)) return;
    seen.add(key);
    for (const input of ALL) search([...inputs, input], depth - 1);
  };
  search([], 8);
  expect(new Set([...seen].map((key) => JSON.parse(key)[0].is))).toEqual(
    new Set(['running', 'beginning', 'ending', 'trial', 'keeping', 'going-back', 'reverting', 'stopping', 'over']),
  );
});

test('a trial that was cut off counts as failed, unless its version is the one to start', () => {
  const last = { from: A, to: B, outcome: 'trial', cause: null, why: null, at: 1 } as const;
  expect(settleRecord(last, A)).toMatchObject({ outcome: 'failed', cause: 'interrupted' });
  expect(settleRecord(last, B)).toMatchObject({ outcome: 'done' });
  expect(settleRecord({ ...last, outcome: 'stopped' }, A)).toMatchObject({ outcome: 'stopped' });
});
