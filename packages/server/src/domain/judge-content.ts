import { accessOf, decodeCardImage, imageOf, propertyTagOf, type Reading } from '@keyrack/protocol';
import type { Cause } from './causes.ts';

/**
 * Why a card with this content isn't written to, or null. A card that no key of this property opens may be another
 * property's, and is left alone. A card behind keys of this property is its own: a torn write may have mixed up even the
 * property's tag. Such a card can be erased, but isn't issued over.
 *
 * A card behind factory keys is new plastic (an NTAG comes with a few bytes written), or a write to it was torn. A whole
 * image of another property isn't issued over even then: that property writes data before keys, so a torn issue of its own
 * looks like this.
 *
 * @param isTorn the records know that a write of this property left it so: then it may be issued over, whatever it holds
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
