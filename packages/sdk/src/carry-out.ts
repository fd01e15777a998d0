import { type Operation, OperationFailed, OperationOpen } from './operation-end.ts';
import type { CallOptions, Input, RepeatOptions } from './operation-types.ts';
import { pause } from './time-limit.ts';

/** How long an end is waited for. */
export interface EndOptions extends CallOptions {
  /** Milliseconds, 120,000 unless told. What has not ended by then goes on all the same. */
  readonly limitMs?: number | undefined;
}

export interface OperationWaits {
  /**
   * Issues, reads or cancels a card, and waits for the end. Returns the operation that succeeded. Throws OperationFailed
   * where it ended otherwise, and OperationOpen where it has not ended in time.
   */
  carryOut(input: Input<'createOperation'>, options?: EndOptions & RepeatOptions): Promise<Operation>;
  /** The same for an operation that was asked for before. */
  waitForOperation(input: Input<'getOperation'>, options?: EndOptions): Promise<Operation>;
}

/** The two calls of `/v1` that these are made of. */
export interface OperationCalls {
  create(
    input: Input<'createOperation'>,
    options: CallOptions & RepeatOptions & { readonly waitSeconds: number },
  ): Promise<Operation>;
  get(input: Input<'getOperation'>, options: CallOptions & { readonly waitSeconds: number }): Promise<Operation>;
}

const WAIT = {
  limitMs: 120_000,
  /** What one request asks the server to wait. Proxies give up on answers that take longer than half a minute or so. */
  longestSeconds: 20,
  /** Between two requests that the server answers at once: its own limit of waits may be short. */
  leastMs: 500,
  /** What is left of the time and no more than this is over: a timer may end so much too early, and one more request asks nothing. */
  earlyMs: 1,
} as const;

export function operationWaits(calls: OperationCalls): OperationWaits {
  /** Asks until it has ended or the time is over; `ask` is told how many seconds the server may wait. */
  const untilEnded = async (
    ask: (waitSeconds: number, known: Operation | null) => Promise<Operation>,
    { limitMs = WAIT.limitMs, signal }: EndOptions,
  ): Promise<Operation> => {
    const end = performance.now() + limitMs;
    let known: Operation | null = null;
    for (;;) {
      const asked = performance.now();
      const waitSeconds = Math.min(WAIT.longestSeconds, Math.max(1, Math.ceil((end - asked) / 1_000)));
      known = await ask(waitSeconds, known);
      if (known.endedAt !== null) break;
      const now = performance.now();
      if (end - now <= WAIT.earlyMs) throw new OperationOpen(known, limitMs);
      await pause(Math.min(end - now, Math.max(0, asked + WAIT.leastMs - now)), signal);
    }
    if (known.state !== 'succeeded') throw new OperationFailed(known);
    return known;
  };

  return {
    carryOut: (input, { limitMs, idempotencyKey, ...options } = {}) =>
      untilEnded(
        (waitSeconds, known) =>
          known === null
            ? calls.create(input, { ...options, idempotencyKey, waitSeconds })
            : calls.get({ property: input.property, operation: known.id }, { ...options, waitSeconds }),
        { ...options, limitMs },
      ),
    waitForOperation: (input, { limitMs, ...options } = {}) =>
      untilEnded((waitSeconds) => calls.get(input, { ...options, waitSeconds }), { ...options, limitMs }),
  };
}
