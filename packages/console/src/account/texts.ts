import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Your account',
} as const;

export const chinese: Texts<typeof english> = {
  title: '您的账号',
};
