import type { Texts } from '../texts/texts.ts';

export const english = {
  rows: '{rows, plural, =0 {Collecting…} one {# row so far} other {# rows so far}}',
  giveUp: 'Give up',
} as const;

export const chinese: Texts<typeof english> = {
  rows: '{rows, plural, =0 {正在收集…} other {已收集 # 行}}',
  giveUp: '放弃',
};
