import type { Mac, OperationId } from '@keyrack/protocol';
import type { Outcomes } from './outcomes.ts';

/** How many operations are under way or wait at each encoder, as far as this node has heard: for the metrics. */
export function watchOperations(outcomes: Outcomes): { lengths(): Iterable<readonly [Mac, number]> } {
  const open = new Map<Mac, Set<OperationId>>();
  outcomes.subscribe((changed) => {
    for (const { id, encoder, state } of changed) {
      const waiting = open.get(encoder) ?? new Set();
      if (state === 'accepted' || state === 'granted') open.set(encoder, waiting.add(id));
      else if (waiting.delete(id) && waiting.size === 0) open.delete(encoder);
    }
  });
  return {
    *lengths() {
      for (const [encoder, waiting] of open) yield [encoder, waiting.size] as const;
    },
  };
}
