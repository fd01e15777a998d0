import type { AgentQuotas } from '../../domain/limits.ts';
import type { Clock } from '../../runtime/clock.ts';
import { createOutcomes, type Outcomes } from '../../runtime/outcomes.ts';
import { createPairingLimit } from '../../runtime/pairing-limit.ts';
import type { Read, Run } from '../../runtime/runner.ts';
import { createDispatcher, type Dispatcher, type DispatcherParts } from '../dispatcher.ts';

/** A listener that throws is a bug: the run of tests fails by an exception that nobody catches. */
export function failTheTest(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

export interface DispatcherOptions {
  readonly outcomes?: Outcomes;
  readonly quotas?: Partial<AgentQuotas>;
  readonly checkMember?: DispatcherParts['credentials']['checkMember'];
  readonly failures?: DispatcherParts['failures'];
}

const nobody = () => Promise.reject(new Error('nobody signs in here'));

/** A dispatcher at which nobody signs in, unless it is told how. */
export function dispatcherOver(
  run: Run,
  read: Read,
  clock: Clock,
  {
    outcomes = createOutcomes(failTheTest),
    quotas = {},
    checkMember = nobody,
    failures = { note: () => {} },
  }: DispatcherOptions = {},
): Dispatcher {
  return createDispatcher({
    run,
    read,
    clock,
    outcomes,
    quotas,
    credentials: { checkMember },
    unsealCardKey: () => new Uint8Array(32),
    signInIdleMs: 60_000,
    newId: () => 'id',
    newChallenge: () => 'c'.repeat(43),
    limitPairing: createPairingLimit(() => clock.monotonic()),
    log: { step: () => {}, error: () => {} },
    failures,
  });
}
