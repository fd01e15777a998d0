import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Front desks',
} as const;

export const chinese: Texts<typeof english> = {
  title: '前台',
};
