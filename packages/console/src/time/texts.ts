import type { Texts } from '../texts/texts.ts';

export const english = {
  when: 'When',
  any: 'Any time',
  today: 'Today',
  week: '7 days',
  month: '31 days',
  year: 'A year',
  days: 'Days…',
  first: 'From',
  last: 'To',
} as const;

export const chinese: Texts<typeof english> = {
  when: '时间',
  any: '全部时间',
  today: '今天',
  week: '7 天',
  month: '31 天',
  year: '一年',
  days: '指定日期…',
  first: '从',
  last: '到',
};
