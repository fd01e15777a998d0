import { z } from 'zod';

/** Size of the area that Keyrack uses on every chip, in bytes: one card image. */
export const CONTENT_BYTES = 48;

/**
 * What Keyrack's area of a card holds, whatever the chip: `ACCESS:IMAGE`.
 *
 * ACCESS is `factory` when the area opens with the keys that the chip was sold with, and `keyed` when it opens
 * with the card's own keys. IMAGE is the 48 bytes in lower-case hex. Two contents are equal exactly when the
 * strings are.
 */
export const cardContent = z
  .string()
  .regex(/^(?:factory|keyed):[0-9a-f]{96}$/)
  .brand<'CardContent'>();
export type CardContent = z.infer<typeof cardContent>;

/** What an agent found on a card: its content, or that no key that it was given opens it. */
export const reading = z.union([cardContent, z.literal('unreadable')]);
export type Reading = z.infer<typeof reading>;

export type CardAccess = 'factory' | 'keyed';

/** An erased card: zeros behind factory keys. */
export const BLANK = contentOf('factory', new Uint8Array(CONTENT_BYTES));

/** Builds a content. Throws a RangeError when the image isn't 48 bytes long. */
export function contentOf(access: CardAccess, image: Uint8Array): CardContent {
  if (image.length !== CONTENT_BYTES)
    throw new RangeError(`a card content has ${CONTENT_BYTES} bytes, not ${image.length}`);
  return `${access}:${Buffer.from(image).toString('hex')}` as CardContent;
}

export function accessOf(content: CardContent): CardAccess {
  return content.startsWith('keyed:') ? 'keyed' : 'factory';
}

export function imageOf(content: CardContent): Uint8Array {
  return new Uint8Array(Buffer.from(content.slice(content.indexOf(':') + 1), 'hex'));
}
