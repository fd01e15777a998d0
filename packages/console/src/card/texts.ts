import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Read a card',
} as const;

export const chinese: Texts<typeof english> = {
  title: '读卡',
};
