import { accessOf, decodeCardImage, imageOf, propertyTagOf, type Reading } from '@keyrack/protocol';
import type { Cause } from './causes.ts';

/**
 * Why a card with this content isn't written to, or null. One that no key of this property opens may be another property's and
 * is left alone. What is behind the card's own keys of this property is this property's: a torn write may have mixed up even
 * the property's tag, and then it can be erased, but isn't issued over.
 *
 * Behind factory keys a card is new plastic (an NTAG comes with a few bytes written) or was torn on its way. A whole image
 * of another property isn't issued over even then: data goes before keys, so that a torn issue of that one leaves it so.
 *
 * @param isTorn the records know that a write of this property left it so: then it may be issued over, whatever it looks like
 */
export function judgeContent(
  kind: 'issue' | 'cancel',
  content: Reading,
  propertyId: string,
  isTorn: boolean,
): Cause | null {
  if (content === 'unreadable') return 'card-unreadable';
  if (kind === 'cancel' || isTorn) return null;
  const found = decodeCardImage(imageOf(content));
  const ours = found.kind === 'image' && found.image.propertyTag === propertyTagOf(propertyId);
  if (ours || found.kind === 'blank') return null;
  if (accessOf(content) === 'keyed') return 'card-garbled';
  return found.kind === 'image' ? 'foreign-card' : null;
}
