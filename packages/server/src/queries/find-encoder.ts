import type { Encoder } from '../domain/places.ts';
import type { Hint } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';

/** The encoder with this number in its property. */
export function findEncoder(
  tx: ReadTx,
  { propertyId, id }: { readonly propertyId: string; readonly id: number },
): Encoder | null {
  const [found] = tx.find('encoders', 'byId', [propertyId, id], { limit: 1 });
  return found === undefined || found.forgotten ? null : found;
}

findEncoder.hints = (hint: Hint, { propertyId, id }: { readonly propertyId: string; readonly id: number }) => {
  hint.find('encoders', 'byId', [propertyId, id], { limit: 1 });
};
