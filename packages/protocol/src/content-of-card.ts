import { accessOf, type CardAccess, type CardContent, contentOf, imageOf, type Reading } from './card-content.ts';
import { type DecodedCardImage, decodeCardImage } from './card-image.ts';
import type { Serial } from './identifiers.ts';
import type { CardAtLock } from './reference-lock.ts';

/** What an agent's reading of a card says, in the words of the card image. MACs are unverified. */
export type CardFinding =
  | { readonly kind: 'unreadable' }
  /** Erased or new: zeros behind factory keys. */
  | { readonly kind: 'blank' }
  /** Zeros, still behind the card's own keys: an erasing that was torn. Opens nothing, and can be erased again. */
  | { readonly kind: 'half-erased' }
  /** Behind factory keys it is a writing or erasing that was torn: no whole operation leaves a card so. */
  | (Exclude<DecodedCardImage, { kind: 'blank' }> & { readonly access: CardAccess });

export function findingOf(reading: Reading): CardFinding {
  if (reading === 'unreadable') return { kind: 'unreadable' };
  const access = accessOf(reading);
  const decoded = decodeCardImage(imageOf(reading));
  if (decoded.kind === 'blank') return { kind: access === 'factory' ? 'blank' : 'half-erased' };
  return { ...decoded, access };
}

/** A card as it is when it was issued whole: the image behind the card's own keys. */
export function issuedContent(image: Uint8Array): CardContent {
  return contentOf('keyed', image);
}

/** The same card held to a lock, which takes the image whatever keys it lies behind. */
export function atLock(serial: Serial, reading: Reading): CardAtLock {
  return { serial, image: reading === 'unreadable' ? null : imageOf(reading) };
}
