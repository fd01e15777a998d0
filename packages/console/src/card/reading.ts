import type { Answer, Operation } from '@keyrack/sdk';

export type Reading = NonNullable<Operation['reading']>;
export type Card = Answer<'getCard'>;
type Facts = NonNullable<Reading['card']>;

/** What is known of a card that was read, besides what it says. */
export interface Known {
  /** Until when a lock may open for it though it is out of use; null where none does any more. */
  readonly mayOpenUntil: string | null;
  /** Until when the room's guest has it, by all of their cards; null where that is somebody else's stay, or nobody's. */
  readonly stayUntil: string | null;
}

/** What somebody who holds the card has to know, first of all. */
export type Verdict =
  | { readonly kind: 'blank' | 'cancelled' | 'unknown' }
  | { readonly kind: 'opens'; readonly until: string }
  /** The stay is longer than the card: it wasn't there when the stay was extended. */
  | { readonly kind: 'opensLess'; readonly until: string; readonly stayUntil: string }
  | { readonly kind: 'later'; readonly from: string }
  | { readonly kind: 'expired'; readonly until: string }
  | { readonly kind: 'superseded' | 'lost'; readonly mayOpenUntil: string | null };

export function verdictOf({ state, card }: Reading, { mayOpenUntil, stayUntil }: Known, now: number): Verdict {
  if (card === null || state === 'blank') return { kind: 'blank' };
  switch (state) {
    case 'active':
      if (Date.parse(card.validFrom) > now) return { kind: 'later', from: card.validFrom };
      return stayUntil !== null && isLater(stayUntil, card.validUntil)
        ? { kind: 'opensLess', until: card.validUntil, stayUntil }
        : { kind: 'opens', until: card.validUntil };
    case 'expired':
      return { kind: 'expired', until: card.validUntil };
    case 'superseded':
    case 'lost':
      return { kind: state, mayOpenUntil };
    default:
      return { kind: state };
  }
}

/** A card knows no seconds. */
function isLater(one: string, other: string): boolean {
  return Math.floor(Date.parse(one) / 60_000) > Math.floor(Date.parse(other) / 60_000);
}

/** What its lock answers, from when on; null for now. */
export interface DoorLine {
  readonly from: string | null;
  readonly answer: 'opens' | 'perhaps' | 'expired' | 'early' | 'superseded';
}

export function atTheDoor(verdict: Verdict, card: Facts | null): readonly DoorLine[] {
  if (card === null) return [];
  const expired: DoorLine = { from: card.validUntil, answer: 'expired' };
  switch (verdict.kind) {
    case 'blank':
      return [];
    case 'opens':
    case 'opensLess':
      return [{ from: null, answer: 'opens' }, expired];
    case 'later':
      return [{ from: null, answer: 'early' }, { from: verdict.from, answer: 'opens' }, expired];
    case 'expired':
      return [{ from: null, answer: 'expired' }];
    case 'superseded':
    case 'lost':
      return verdict.mayOpenUntil === null
        ? [{ from: null, answer: 'superseded' }]
        : [
            { from: null, answer: 'perhaps' },
            { from: verdict.mayOpenUntil, answer: 'expired' },
          ];
    default:
      return [{ from: null, answer: 'perhaps' }, expired];
  }
}

/** The fields of a card that are compared, in the order in which people look at them. */
export const FIELDS = [
  'room',
  'validUntil',
  'validFrom',
  'sequence',
  'keyVersion',
  'normallyOpen',
  'networked',
  'lossReport',
  'sharedDoors',
] as const satisfies readonly (keyof Facts)[];
export type Field = (typeof FIELDS)[number];

export interface Compared {
  readonly field: Field;
  readonly card: string | number | boolean | null;
  readonly record: string | number | boolean | null;
  readonly differs: boolean;
}

/** Card beside record, what differs first. Nothing for a blank card: it says nothing. */
export function compared({ card, record, differences }: Reading): readonly Compared[] {
  if (card === null) return [];
  const differing = new Set(differences.map(({ field }) => field));
  const rows = FIELDS.map((field) => ({
    field,
    card: card[field],
    record: record === null ? null : record[field],
    differs: record !== null && differing.has(field),
  }));
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
}
