import { z } from 'zod';

/**
 * Why nothing can be done with what lies on an encoder, or with the encoder itself. The agent tells the server, which
 * tells whoever asked: else a guest's phone on the encoder reads as "no card was put there". The server has a sentence for
 * each under the same name (`CAUSES`), and the page at the desk another.
 */
export const unusableReason = z.enum([
  /** A phone, a bank card, or another card with a processor. It was sent nothing. */
  'not-a-room-card',
  /** A chip that Keyrack doesn't write, e.g. a MIFARE Classic 4K. */
  'chip-not-written',
  /** This encoder can't do with this card what must be done: it takes no keys, or hands no commands on. */
  'encoder-unfit',
  /** The card gives no clear answer: it lies badly, two lie there, or it was garbled on the air. Tried again. */
  'card-not-answering',
  /** Another program of the computer holds the encoder. Tried again. */
  'encoder-in-use',
  /** A command to the encoder is overdue. Tried again once that ends. */
  'encoder-hung',
  /** The encoder is unplugged, or its driver is not running. Tried again. */
  'encoder-offline',
]);
export type UnusableReason = z.infer<typeof unusableReason>;

/** Reasons that say nothing of a card: they are over once the encoder can be used again. */
const OF_THE_ENCODER: ReadonlySet<string> = new Set<UnusableReason>([
  'encoder-in-use',
  'encoder-hung',
  'encoder-offline',
]);

export function isOfTheEncoder(reason: string): boolean {
  return OF_THE_ENCODER.has(reason);
}
