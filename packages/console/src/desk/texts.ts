import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Key rack',
} as const;

export const chinese: Texts<typeof english> = {
  title: '房卡架',
};
