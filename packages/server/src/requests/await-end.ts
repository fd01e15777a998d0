import { isTerminal, type Operation } from '../domain/operation.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Outcomes } from '../runtime/outcomes.ts';

/** Resolves with the operation when it has ended, the wait is over, or one of the signals says that nobody waits. */
export function awaitEnd(
  { outcomes, clock }: { readonly outcomes: Outcomes; readonly clock: Clock },
  operation: Operation,
  until: number,
  giveUp: readonly AbortSignal[],
): Promise<Operation> {
  return new Promise((resolve) => {
    let latest = operation;
    const stop = () => {
      unsubscribe();
      clock.clearTimeout(timer);
      for (const signal of giveUp) signal.removeEventListener('abort', stop);
      resolve(latest);
    };
    const unsubscribe = outcomes.watch(operation.id, (news) => {
      latest = news;
      if (isTerminal(news)) stop();
    });
    const timer = clock.setTimeout(stop, Math.max(0, until - clock.monotonic()));
    // Not one signal made of them: the process keeps such a one, with all it leads to, until it is aborted.
    for (const signal of giveUp) signal.addEventListener('abort', stop);
    const end = outcomes.endOf(operation.id);
    if (end !== undefined) latest = end;
    if (end !== undefined || giveUp.some(({ aborted }) => aborted)) stop();
  });
}
