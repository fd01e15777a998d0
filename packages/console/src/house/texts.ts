import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Rooms and locks',
} as const;

export const chinese: Texts<typeof english> = {
  title: '房间与门锁',
};
