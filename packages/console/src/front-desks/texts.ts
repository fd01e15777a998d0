import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Front desks',
  pair: 'Pair a computer',
} as const;

export const chinese: Texts<typeof english> = {
  title: '前台',
  pair: '配对电脑',
};
