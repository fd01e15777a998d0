import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Dashboard',
} as const;

export const chinese: Texts<typeof english> = {
  title: '概览',
};
