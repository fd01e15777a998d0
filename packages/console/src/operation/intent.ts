import type { Input } from '@keyrack/sdk';

type Body = Input<'createOperation'>;

/** A name for what somebody wants once. Pages of a house's network are not secure contexts, where `randomUUID` would be. */
export function newIntent(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Which name a request gets: that of the one before, where it is the very same request and nobody knows yet whether that was
 * done. So a press of the button that is repeated, after no answer came, joins the first and makes no second card.
 */
export function intentFor(
  body: Body,
  before: { readonly body: string; readonly intent: string } | null,
  draw: () => string = newIntent,
): { readonly body: string; readonly intent: string } {
  const text = JSON.stringify(body);
  return before !== null && before.body === text ? before : { body: text, intent: draw() };
}
