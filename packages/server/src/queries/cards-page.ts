import type { Serial } from '@keyrack/protocol';
import type { Card } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';
import { type CardRecordDetail, detailOfRecord } from './card-records-page.ts';
import { knownRecord } from './known-card.ts';

/** A card with what the records believe to be on it. */
export interface ListedCard {
  readonly card: Card;
  readonly record: CardRecordDetail | null;
}

export interface CardsQuery {
  readonly propertyId: string;
  /** Null for any. */
  readonly plastic: Card['plastic'] | null;
  readonly after: { readonly serial: Serial } | null;
  readonly limit: number;
  readonly now: number;
}

/** Cards that are looked at for one page: many may be others than those that are wanted. */
const LOOKED_AT = 1_000;

/** Cards by their serials. Damaged and unknown ones are found among their like alone. A page may be short. */
export function cardsPage(
  tx: ReadTx,
  query: CardsQuery,
): { readonly cards: ListedCard[]; readonly next: { readonly serial: Serial } | null } {
  const { propertyId, plastic, limit, now } = query;
  const looked = lookedAt(tx, query);
  const wanted = looked.filter((card) => (plastic ?? card.plastic) === card.plastic);
  const page = wanted.slice(0, limit);
  const last = wanted.length > limit ? page.at(-1) : looked.length < LOOKED_AT ? undefined : looked.at(-1);
  return {
    cards: page.map((card) => {
      const record = knownRecord(tx, propertyId, card.serial);
      return { card, record: record && detailOfRecord(tx, record, now) };
    }),
    next: last === undefined ? null : { serial: last.serial },
  };
}

function lookedAt(tx: ReadTx, { propertyId, plastic, after }: CardsQuery): Card[] {
  const page = { ...(after !== null && { after: { propertyId, ...after } }), limit: LOOKED_AT };
  return plastic === 'damaged' || plastic === 'unknown'
    ? tx.find('cards', 'inDoubt', [propertyId, plastic], page)
    : tx.find('cards', 'key', [propertyId], page);
}
