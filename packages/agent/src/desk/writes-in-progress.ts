import type { Nonce, OperationId } from '@keyrack/protocol';

/**
 * The nonces whose grants this process obeyed and whose end isn't durable yet. From the moment that a `catch-up` names
 * them, each leaves only with its journaled result, or with `not-written` on the connection that was granted it.
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
