import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Set up',
} as const;

export const chinese: Texts<typeof english> = {
  title: '初始设置',
};
