import type { Answer, Operation } from '@keyrack/sdk';
import { aheadOf, isUsable } from '../../encoder/encoder-state.ts';
import type { Encoder } from '../../encoder/encoders.ts';

export type CopySet = Answer<'getCopySet'>;

/** What is known of one thing that was asked for at an encoder. */
export interface Followed {
  /** The newest one, of several copies. */
  readonly operation: Operation;
  /** Null where one card alone was asked for. */
  readonly set: CopySet | null;
  /** Null while it isn't known. */
  readonly encoder: Encoder | null;
}

/**
 * Where an operation stands, as somebody at the desk has to know it.
 * - `away`: nothing comes through to its encoder, e.g. its computer can't be reached; `held`: the server waits for it after a restore.
 * - `preparing`: it isn't known yet whether others come first. A card that is put too early would become theirs.
 * - `queued`: others come first. `put`: a card is waited for; `trouble` says why the one that lies there won't do.
 * - `between`: one copy is made, and the next one is about to be asked for.
 * - `stopped`: some copies were made, and no further one is.
 * - `blind`: no news come, so that it may have gone on or be over.
 * - `failed`: no card was changed. `damaged`: one holds nothing whole now.
 */
export type Step =
  | {
      readonly kind: 'away' | 'held' | 'preparing' | 'writing' | 'between' | 'done' | 'stopped' | 'withdrawn' | 'blind';
    }
  | { readonly kind: 'queued'; readonly ahead: number }
  | { readonly kind: 'put'; readonly trouble: string | null }
  | { readonly kind: 'failed' | 'damaged' | 'unknown' | 'written-off'; readonly cause: string | null };

export function stepOf({ operation, set, encoder }: Followed): Step {
  const { state, cause } = operation;
  switch (state) {
    case 'accepted':
      return waitingStep(operation, encoder);
    case 'granted':
      return operation.held ? { kind: 'held' } : { kind: 'writing' };
    case 'unknown':
    case 'damaged':
    case 'written-off':
      return { kind: state, cause };
    case 'withdrawn':
      return { kind: 'withdrawn' };
    case 'succeeded':
      if (set === null || set.state === 'done' || operation.copy?.number === operation.copy?.of)
        return { kind: 'done' };
      return { kind: set.state === 'running' ? 'between' : 'stopped' };
    default:
      return { kind: 'failed', cause };
  }
}

function waitingStep(operation: Operation, encoder: Encoder | null): Step {
  if (operation.held) return { kind: 'held' };
  if (encoder === null) return { kind: 'preparing' };
  if (!isUsable(encoder)) return { kind: 'away' };
  const ahead = aheadOf(encoder, operation.id);
  if (ahead === null) return { kind: 'preparing' };
  if (ahead > 0) return { kind: 'queued', ahead };
  return { kind: 'put', trouble: operation.cause };
}

/** Whether nothing more happens by itself. What nobody can tell yet may still be answered. */
export function isOver(step: Step): boolean {
  switch (step.kind) {
    case 'done':
    case 'stopped':
    case 'withdrawn':
    case 'failed':
    case 'damaged':
    case 'written-off':
      return true;
    default:
      return false;
  }
}

/** Whether it can be withdrawn: until the server has given its word that a card may be written. */
export function canWithdraw(step: Step): boolean {
  return ['away', 'held', 'preparing', 'queued', 'put', 'between'].includes(step.kind);
}

/** Whether it goes on by itself, and so may be over by now where no news come. */
export function isUnderWay(step: Step): boolean {
  return canWithdraw(step) || step.kind === 'writing';
}

/** What became of each copy. `never`: no further one is made. */
export interface CopyMark {
  readonly number: number;
  readonly state: 'done' | 'waiting' | 'put' | 'writing' | 'todo' | 'never' | 'failed' | 'damaged' | 'unknown';
  /** When it was made. */
  readonly at: string | null;
  readonly serial: string | null;
}

export function copiesOf(followed: Followed): readonly CopyMark[] {
  const { operation, set } = followed;
  const of = set?.of ?? operation.copy?.of ?? 1;
  const made = set?.operations ?? [operation];
  const hasStopped = set !== null ? set.state === 'stopped' : isOver(stepOf(followed));
  return Array.from({ length: of }, (_, index) => {
    const number = index + 1;
    // The operation that is followed may be newer than what the set said last.
    const known =
      (operation.copy?.number ?? 1) === number ? operation : made.find((each) => (each.copy?.number ?? 1) === number);
    if (known === undefined) return { number, state: hasStopped ? 'never' : 'todo', at: null, serial: null };
    const at = known.state === 'succeeded' ? known.endedAt : null;
    return { number, state: stateOfCopy(known, followed), at, serial: known.serial };
  });
}

function stateOfCopy(copy: Operation, followed: Followed): CopyMark['state'] {
  switch (copy.state) {
    case 'succeeded':
      return 'done';
    case 'granted':
      return 'writing';
    case 'damaged':
    case 'unknown':
      return copy.state;
    case 'accepted':
      return stepOf({ ...followed, operation: copy }).kind === 'put' ? 'put' : 'waiting';
    case 'withdrawn':
      return 'never';
    case 'written-off':
      return 'unknown';
    default:
      return 'failed';
  }
}

/** How many copies are missing. */
export function missingCopies(followed: Followed): number {
  return copiesOf(followed).filter(({ state }) => state !== 'done').length;
}

/**
 * Of two tellings of one operation the one that is newer. The stream and an answer may cross, and what has ended never goes back;
 * the rest is asked for again.
 */
export function newerOf(known: Operation | undefined, told: Operation): Operation {
  return known !== undefined && known.endedAt !== null && told.endedAt === null ? known : told;
}
