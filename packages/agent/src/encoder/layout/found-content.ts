import type { CardKey, Reading } from '@keyrack/protocol';

export interface FoundContent {
  readonly content: Reading;
  /** Which of the given keys opened the card, counted from 0; null for factory keys and for `unreadable`. */
  readonly key: number | null;
}

export const UNREADABLE: FoundContent = { content: 'unreadable', key: null };

/** The key that is most probably a card's, which is tried before the others; null where nobody knows. */
export type LikelyKey = CardKey | 'factory' | null;
