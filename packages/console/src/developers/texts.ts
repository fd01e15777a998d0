import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Developers',
} as const;

export const chinese: Texts<typeof english> = {
  title: '开发者',
};
