import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Property',
} as const;

export const chinese: Texts<typeof english> = {
  title: '酒店设置',
};
