import type { Input } from '@keyrack/sdk';

type Body = Input<'createOperation'>;

/** A name for what somebody wants once. Pages of a house's network are not secure contexts, where `randomUUID` would be. */
export function newIntent(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A request that was sent, and its name. */
export interface Intent {
  readonly body: string;
  /** The operation that the page showed where it was asked for; null for none. */
  readonly shown: string | null;
  readonly name: string;
}

/**
 * Which name a request gets: that of the one before, where it is the very same request, asked for at the same sight. So a press that
 * is repeated after no answer came, or before a slow page shows what was accepted, joins the first and makes no second card.
 */
export function intentFor(
  body: Body,
  shown: string | null,
  before: Intent | null,
  draw: () => string = newIntent,
): Intent {
  const text = JSON.stringify(body);
  return before !== null && before.body === text && before.shown === shown
    ? before
    : { body: text, shown, name: draw() };
}
