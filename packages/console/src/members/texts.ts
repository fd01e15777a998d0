import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Members',
} as const;

export const chinese: Texts<typeof english> = {
  title: '成员',
};
