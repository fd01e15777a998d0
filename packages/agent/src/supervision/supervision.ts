import type { LastUpdate, UpdateCause } from '../update/index.ts';

/**
 * What a supervisor of an agent does, as data: it runs one version as its child, and changes over to another one when the child asks.
 * The new version is kept only when its agent is connected to the server in time; else the one before runs again. So it does where the
 * new one crashes again and again soon after. It is pure; docs/updates.md has the drawing, and a test beside it goes through every
 * transition.
 */
export type Supervision =
  /** The child of this version runs. */
  | { readonly is: 'running'; readonly version: string; readonly probation: Probation | null }
  /** It is being noted that `next` will be tried. */
  | { readonly is: 'beginning'; readonly version: string; readonly next: string }
  /** The child was told to end. It finishes what it writes first. */
  | { readonly is: 'ending'; readonly version: string; readonly next: string }
  /** The child is of `next`, and hasn't connected yet. */
  | { readonly is: 'trial'; readonly version: string; readonly next: string }
  /** It is connected, and is being made the version to start. */
  | { readonly is: 'keeping'; readonly version: string; readonly next: string }
  /** The child of `next` was told to end, since it won't do. */
  | { readonly is: 'going-back'; readonly version: string; readonly next: string; readonly failure: Failure }
  /** No child runs: the one of `next` crashed too often, and the version before is being made the one to start. */
  | { readonly is: 'reverting'; readonly version: string; readonly next: string; readonly failure: Failure }
  /** The supervisor itself was told to end, and so was the child. */
  | { readonly is: 'stopping' }
  | { readonly is: 'over'; readonly code: number };

/** A version that was changed to lately. */
export interface Probation {
  /** The version that runs again where this one won't do. */
  readonly before: string;
  readonly crashes: number;
}

export interface Failure {
  readonly cause: UpdateCause;
  readonly why: string;
}

export type SupervisionInput =
  /** The child asks for another version, which lies there whole. */
  | { readonly type: 'change-over'; readonly next: string }
  /** What was to be written was, or couldn't be. */
  | { readonly type: 'written' }
  | { readonly type: 'not-written'; readonly why: string }
  /** The child's agent is connected: the server knows who it is, and has its journal. */
  | { readonly type: 'connected' }
  /** The child is gone. `how` says so in words; `code` is null where a signal ended it or it never started. */
  | { readonly type: 'ended'; readonly how: string; readonly code: number | null }
  /** The new version has had its time. */
  | { readonly type: 'trial-over' }
  /** The child has had its time to end. */
  | { readonly type: 'end-over' }
  /** The version has run for so long that its crashes are told to whoever runs the supervisor, as those of any other. */
  | { readonly type: 'probation-over' }
  | { readonly type: 'stop' };

export type SupervisionStep =
  | { readonly do: 'start'; readonly version: string; readonly trial: boolean }
  /** Asks the child to end. */
  | { readonly do: 'end-child' }
  | { readonly do: 'kill-child' }
  /** Tells the child that nothing comes of it. */
  | { readonly do: 'refuse'; readonly failure: Failure }
  /** Makes durable what became of the update. Answered by `written` or `not-written` where `answered` is set. */
  | {
      readonly do: 'note';
      readonly last: Pick<LastUpdate, 'from' | 'to' | 'outcome' | 'cause' | 'why'>;
      readonly answered: boolean;
    }
  /** Measures the time of the probation from now on. */
  | { readonly do: 'watch' }
  /** Makes it the version to start, durably. Answered by `written` or `not-written`. */
  | { readonly do: 'make-current'; readonly version: string }
  /** Removes what no version needs but these. */
  | { readonly do: 'tidy'; readonly keep: readonly string[] }
  /** Removes a version that won't do. */
  | { readonly do: 'discard'; readonly version: string }
  | { readonly do: 'exit'; readonly code: number };

type Next = readonly [Supervision, readonly SupervisionStep[]];

/** The exit code of a supervisor whose child was ended by a signal. */
const FAILED = 1;

/** How often a version may crash in its probation. Once may be chance: the system ran out of memory, or somebody killed it. */
const MOST_CRASHES = 1;

/** `before`: the version that this one took the place of lately; null where it runs for long. */
export function beginSupervision(version: string, before: string | null = null): Next {
  const start = { do: 'start', version, trial: false } as const;
  if (before === null) return [{ is: 'running', version, probation: null }, [start]];
  return [{ is: 'running', version, probation: { before, crashes: 0 } }, [start, { do: 'watch' }]];
}

/** What is done about an input, and what is waited for then. An input that doesn't fit changes nothing: it came late. */
export function supervise(state: Supervision, input: SupervisionInput): Next {
  const nothing: Next = [state, []];
  if (state.is === 'over') return nothing;
  if (input.type === 'stop') return stop(state);
  if (input.type === 'end-over') return isEnding(state) ? [state, [{ do: 'kill-child' }]] : nothing;
  switch (state.is) {
    case 'running':
      if (input.type === 'change-over') return begin(state.version, input.next);
      if (input.type === 'probation-over') return [{ ...state, probation: null }, []];
      if (input.type === 'ended')
        return state.probation === null ? over(input.code ?? FAILED) : endedEarly(state, input);
      return nothing;
    case 'beginning': {
      const { version, next } = state;
      if (input.type === 'written') return [{ is: 'ending', version, next }, [{ do: 'end-child' }]];
      if (input.type === 'not-written') {
        const failure = { cause: 'disk-full' as const, why: `It can't be noted that ${next} is tried: ${input.why}` };
        return [{ is: 'running', version, probation: null }, [{ do: 'refuse', failure }]];
      }
      // It ended by itself, e.g. since its journal can't be written. What was noted is of no trial.
      if (input.type === 'ended') return overWith(input.code ?? FAILED, stopped(version, next));
      return nothing;
    }
    case 'ending': {
      const { version, next } = state;
      if (input.type !== 'ended') return nothing;
      return [{ is: 'trial', version, next }, [{ do: 'start', version: next, trial: true }]];
    }
    case 'trial': {
      const { version, next } = state;
      if (input.type === 'connected') return [{ ...state, is: 'keeping' }, [{ do: 'make-current', version: next }]];
      if (input.type === 'ended')
        return backTo(version, next, {
          cause: 'crashed',
          why: `Version ${next} ${input.how} before it was connected.`,
        });
      if (input.type === 'trial-over') {
        const why = `Version ${next} wasn't connected to the server in time.`;
        return goBack(version, next, { cause: 'never-connected', why });
      }
      return nothing;
    }
    case 'keeping': {
      const { version, next } = state;
      if (input.type === 'written') return kept(version, next);
      if (input.type === 'not-written') {
        const why = `Version ${next} connected, but can't be made the one to start: ${input.why}`;
        return goBack(version, next, { cause: 'not-kept', why });
      }
      // It was connected, so this end is one as any other. `current` may name either by now.
      if (input.type === 'ended') return over(input.code ?? FAILED);
      return nothing;
    }
    case 'going-back':
      return input.type === 'ended' ? backTo(state.version, state.next, state.failure) : nothing;
    case 'reverting':
      if (input.type === 'written') return backTo(state.version, state.next, state.failure);
      // The new one is what is started: whoever runs the supervisor does that, or not.
      return input.type === 'not-written' ? over(FAILED) : nothing;
    case 'stopping':
      return input.type === 'ended' ? over(input.code ?? FAILED) : nothing;
  }
}

const isEnding = ({ is }: Supervision) => is === 'ending' || is === 'going-back' || is === 'stopping';

function begin(version: string, next: string): Next {
  const last = { from: version, to: next, outcome: 'trial', cause: null, why: null } as const;
  return [{ is: 'beginning', version, next }, [{ do: 'note', last, answered: true }]];
}

function kept(version: string, next: string): Next {
  const last = { from: version, to: next, outcome: 'done', cause: null, why: null } as const;
  // The one before is kept, to go back to by hand.
  const steps = [
    { do: 'note', last, answered: false },
    { do: 'tidy', keep: [version, next] },
    { do: 'watch' },
  ] as const;
  return [{ is: 'running', version: next, probation: { before: version, crashes: 0 } }, steps];
}

/** A version in its probation ended by itself. It is started again, or the one before is where it crashed too often. */
function endedEarly(
  { version, probation }: Extract<Supervision, { is: 'running' }>,
  { how, code }: Extract<SupervisionInput, { type: 'ended' }>,
): Next {
  if (probation === null || code === 0) return over(code ?? FAILED);
  const { before, crashes } = probation;
  if (crashes < MOST_CRASHES) {
    const again = { is: 'running', version, probation: { before, crashes: crashes + 1 } } as const;
    return [again, [{ do: 'start', version, trial: false }]];
  }
  const why = `Version ${version} was connected, and soon crashed ${crashes + 1} times: at last it ${how}.`;
  const failure = { cause: 'crashed', why } as const;
  return [{ is: 'reverting', version: before, next: version, failure }, [{ do: 'make-current', version: before }]];
}

function goBack(version: string, next: string, failure: Failure): Next {
  return [{ is: 'going-back', version, next, failure }, [{ do: 'end-child' }]];
}

function backTo(version: string, next: string, { cause, why }: Failure): Next {
  const last = { from: version, to: next, outcome: 'failed', cause, why } as const;
  // Noted first: the old version reads it when it starts, and tells people and the server.
  return [
    { is: 'running', version, probation: null },
    [
      { do: 'note', last, answered: false },
      { do: 'start', version, trial: false },
      { do: 'discard', version: next },
    ],
  ];
}

/** A person who stops the agent is no fault of the new version: it may be tried again. */
const stopped = (version: string, next: string): SupervisionStep => ({
  do: 'note',
  last: { from: version, to: next, outcome: 'stopped', cause: null, why: null },
  answered: false,
});

function stop(state: Exclude<Supervision, { is: 'over' }>): Next {
  switch (state.is) {
    case 'running':
      return [{ is: 'stopping' }, [{ do: 'end-child' }]];
    case 'stopping':
      // Asked for a second time: at once.
      return [state, [{ do: 'kill-child' }]];
    case 'keeping':
      // `current` may name either by now. The trial that was noted tells by that which it was.
      return [{ is: 'stopping' }, [{ do: 'end-child' }]];
    case 'reverting':
      // No child is left to wait for. `current` may name either by now.
      return over(FAILED);
    case 'going-back': {
      const { version, next, failure } = state;
      const last = { from: version, to: next, outcome: 'failed', ...failure } as const;
      return [{ is: 'stopping' }, [{ do: 'note', last, answered: false }]];
    }
    case 'ending':
      // It was told to end already.
      return [{ is: 'stopping' }, [stopped(state.version, state.next)]];
    case 'beginning':
    case 'trial':
      return [{ is: 'stopping' }, [stopped(state.version, state.next), { do: 'end-child' }]];
  }
}

const over = (code: number): Next => [{ is: 'over', code }, [{ do: 'exit', code }]];

const overWith = (code: number, step: SupervisionStep): Next => [{ is: 'over', code }, [step, { do: 'exit', code }]];

/**
 * What a record that stands there at a start says: a trial that nobody ended was cut off, by the power say. It counts as a failure:
 * a version that takes the computer down must not be tried again and again.
 */
export function settleRecord(last: LastUpdate, current: string): LastUpdate {
  if (last.outcome !== 'trial') return last;
  if (current === last.to) return { ...last, outcome: 'done' };
  const why = `The computer or the agent was cut off while version ${last.to} was being tried.`;
  return { ...last, outcome: 'failed', cause: 'interrupted', why };
}

/**
 * The version that the current one took the place of within so many milliseconds, as the record says; null where it runs for longer, or was
 * started by a person's hand.
 */
export function lateChange(last: LastUpdate | null, current: string, now: number, withinMs: number): string | null {
  if (last === null || last.outcome !== 'done' || last.to !== current) return null;
  const age = now - last.at;
  return age >= 0 && age < withinMs ? last.from : null;
}
