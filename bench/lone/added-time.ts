import type { Done } from '../load/caller.ts';

/**
 * What each operation took beyond its agent's own work: the server, and the ways between. An operation whose agent told
 * nothing can't be split, and more than a few of those mean that something else was measured.
 */
export function addedBeyondOwnWork(
  done: readonly Pick<Done, 'ms' | 'operationId'>[],
  ownWork: ReadonlyMap<string, number>,
): { readonly added: readonly number[]; readonly own: readonly number[] } {
  const split = done.flatMap(({ ms, operationId }) => {
    const own = operationId === undefined ? undefined : ownWork.get(operationId);
    return own === undefined ? [] : [{ added: ms - own, own }];
  });
  if (split.length < done.length * MOST_KNOWN)
    throw new Error(`of ${done.length} operations, the agents told their own work of ${split.length} alone`);
  return { added: split.map(({ added }) => added), own: split.map(({ own }) => own) };
}

const MOST_KNOWN = 0.95;
