import type { Input } from '@keyrack/sdk';

type Body = Input<'createOperation'>;

/** A name for what somebody wants once. Pages of a house's network are not secure contexts, where `randomUUID` would be. */
export function newIntent(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Names of what is asked for on one part of a page. */
export interface Intents {
  /**
   * The name of a request: that of the one before, where it is the very same at the same sight. So a press that is repeated after no
   * answer came, or before a slow page shows what was accepted, joins the first and makes no second card.
   */
  nameOf(body: Body): string;
  /** The operation that stands there from now on, or null for none. What is asked for at another sight is wanted anew. */
  show(operation: string | null): void;
}

export function createIntents(draw: () => string = newIntent): Intents {
  let before: { readonly body: string; readonly name: string } | null = null;
  let shown: string | null = null;
  return {
    nameOf(body) {
      const text = JSON.stringify(body);
      if (before?.body !== text) before = { body: text, name: draw() };
      return before.name;
    },
    show(operation) {
      if (operation !== shown) before = null;
      shown = operation;
    },
  };
}
