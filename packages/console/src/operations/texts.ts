import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Operations',
} as const;

export const chinese: Texts<typeof english> = {
  title: '操作记录',
};
