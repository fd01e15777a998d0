import type { Nonce, OperationId } from '@keyrack/protocol';

/**
 * The nonces of grants that this process obeyed and whose end isn't journaled yet. A `catch-up` names them, so that the
 * server waits for their end. Each leaves only with its journaled result, or with `not-written` on the connection of its
 * grant.
 */
export interface WritesInProgress {
  begin(nonce: Nonce, operation: OperationId): void;
  end(nonce: Nonce): void;
  has(nonce: Nonce): boolean;
  list(): { nonce: Nonce; operation: OperationId }[];
}

export function createWritesInProgress(): WritesInProgress {
  const open = new Map<Nonce, OperationId>();
  return {
    begin: (nonce, operation) => {
      open.set(nonce, operation);
    },
    end: (nonce) => {
      open.delete(nonce);
    },
    has: (nonce) => open.has(nonce),
    list: () => Array.from(open, ([nonce, operation]) => ({ nonce, operation })),
  };
}
