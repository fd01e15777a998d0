import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Sign in',
} as const;

export const chinese: Texts<typeof english> = {
  title: '登录',
};
