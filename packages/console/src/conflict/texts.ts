import type { Texts } from '../texts/texts.ts';

export const english = {
  theirs: 'Somebody else changed this meanwhile. It is now <b>{now}</b>. Yours was not saved.',
  theirsNotYours: 'Somebody else changed this meanwhile. It is now <b>{now}</b>. Yours, <b>{yours}</b>, was not saved.',
  empty: 'empty',
  saveMine: 'Save mine all the same',
  leaveTheirs: 'Leave theirs',
} as const;

export const chinese: Texts<typeof english> = {
  theirs: '其他人刚刚修改了它。现在是 <b>{now}</b>。您的修改没有保存。',
  theirsNotYours: '其他人刚刚修改了它。现在是 <b>{now}</b>。您的 <b>{yours}</b> 没有保存。',
  empty: '空',
  saveMine: '仍然保存我的',
  leaveTheirs: '保留对方的',
};
