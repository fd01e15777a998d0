import type { Reading } from '@keyrack/protocol';

export interface FoundContent {
  readonly content: Reading;
  /** Which of the given keys opened the card, counted from 0; null for factory keys and for `unreadable`. */
  readonly key: number | null;
}

export const UNREADABLE: FoundContent = { content: 'unreadable', key: null };
