import type { Operation } from '@keyrack/sdk';

type Made = Pick<Operation, 'serial'> & { readonly superseded: readonly { readonly serial: string }[] };

/** How many old cards stop by new ones. The plastic of an old one may have become a new one: that one doesn't stop. */
export function oldCardsOf(operations: readonly Made[]): number {
  const made = new Set(operations.map(({ serial }) => serial));
  return new Set(operations.flatMap(({ superseded }) => superseded.map(({ serial }) => serial))).difference(made).size;
}
