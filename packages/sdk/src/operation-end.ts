import type { CauseName } from './api-operations.ts';
import type { components } from './api-types.ts';

/** One command to a card, from request to recorded outcome. */
export type Operation = components['schemas']['Operation'];

/** The operation has ended, and what was asked for was not done. `message` says what to do. */
export class OperationFailed extends Error {
  override readonly name = 'OperationFailed';
  /** As it was answered last. */
  readonly operation: Operation;
  readonly state: Operation['state'];
  /** Why, in the words that the room-card API has too. */
  override readonly cause: CauseName | (string & Record<never, never>) | undefined;

  constructor(operation: Operation) {
    const { id, kind, state, cause, explanation } = operation;
    super(explanation ?? `The ${kind} ${id} ended as ${state}: get it, and see docs/api.md for what that means.`);
    this.operation = operation;
    this.state = state;
    this.cause = cause ?? undefined;
  }
}

/**
 * The operation goes on, or nobody can tell yet how it ended. Neither is a failure: ask for no other card, but wait again by
 * its id, or withdraw it.
 */
export class OperationOpen extends Error {
  override readonly name = 'OperationOpen';
  /** As it was answered last. */
  readonly operation: Operation;

  constructor(operation: Operation, limitMs: number) {
    const { id, kind, state } = operation;
    super(`The ${kind} ${id} has not ended within ${limitMs} ms, and is ${state}. Wait for it again, or withdraw it.`);
    this.operation = operation;
  }
}

/** Whether an operation ended without success, for one of these causes where some are named. */
export function isOperationFailed<Cause extends CauseName>(
  error: unknown,
  ...causes: readonly Cause[]
): error is OperationFailed & { readonly cause: Cause } {
  return (
    error instanceof OperationFailed &&
    (causes.length === 0 || (causes as readonly string[]).includes(error.cause ?? ''))
  );
}

export function isOperationOpen(error: unknown): error is OperationOpen {
  return error instanceof OperationOpen;
}
