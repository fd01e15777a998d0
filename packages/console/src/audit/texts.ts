import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Audit log',
} as const;

export const chinese: Texts<typeof english> = {
  title: '审计日志',
};
