import { accessOf, decodeCardImage, imageOf, propertyTagOf, type Reading } from '@keyrack/protocol';
import type { Cause } from './causes.ts';

/**
 * Why a card with this content isn't written to, or null. One that no key of this house opens may be another house's and
 * is left alone. All others are this house's or nobody's, whatever they hold:
 *
 * - Behind the card's own keys of this house it is this house's card. A torn write may have mixed up even the property's
 *   tag; then it can be erased, but isn't issued over.
 * - Behind factory keys it is new plastic (an NTAG comes with a few bytes written) or was torn on its way: no whole
 *   operation of any house leaves a card so.
 */
export function judgeContent(kind: 'issue' | 'cancel', content: Reading, propertyId: string): Cause | null {
  if (content === 'unreadable') return 'card-unreadable';
  if (kind === 'cancel' || accessOf(content) === 'factory') return null;
  const found = decodeCardImage(imageOf(content));
  if (found.kind === 'blank') return null;
  const whole = found.kind === 'image' && found.image.propertyTag === propertyTagOf(propertyId);
  return whole ? null : 'card-unreadable';
}
