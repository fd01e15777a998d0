import type { Texts } from '../texts/texts.ts';

export const english = {
  kinds: { issue: 'Issue', read: 'Read', cancel: 'Cancel' },
  copyOf: 'card {number, number} of {of, number}',
  states: {
    accepted: 'Waiting',
    held: 'Held',
    granted: 'Writing',
    succeeded: 'Done',
    rejected: 'Not done',
    damaged: 'Damaged',
    unknown: 'Unknown',
    expired: 'No card came',
    withdrawn: 'Withdrawn',
    'written-off': 'Written off',
  },
  /** Of one that expired, though something lay there or its computer was away. */
  noneFit: 'Not in time',
  plastic: {
    accepted: 'No card has been touched.',
    held: 'Nothing happens to it until its front desk has told what it did before the restore.',
    granted: 'The card may be written now. It can’t be stopped.',
    succeeded: 'The card was written and read back, or was read.',
    rejected: 'The card is as it was before.',
    damaged: 'The card holds neither the old nor the new. It opens no door.',
    unknown: 'Nobody can tell yet what the card holds.',
    expired: 'The card is as it was before.',
    withdrawn: 'The card is as it was before.',
    'written-off': 'It says nothing about the card. Read the card before it is used.',
  },
} as const;

export const chinese: Texts<typeof english> = {
  kinds: { issue: '发卡', read: '读卡', cancel: '注销' },
  copyOf: '第 {number, number} 张，共 {of, number} 张',
  states: {
    accepted: '等待中',
    held: '暂停',
    granted: '写入中',
    succeeded: '完成',
    rejected: '未完成',
    damaged: '卡已损坏',
    unknown: '结果未知',
    expired: '未放卡',
    withdrawn: '已撤回',
    'written-off': '已核销',
  },
  noneFit: '未及时完成',
  plastic: {
    accepted: '尚未触及任何卡片。',
    held: '在其前台上报恢复之前的情况之前，不会对它做任何操作。',
    granted: '现在可能正在写卡，无法停止。',
    succeeded: '卡片已写入并回读确认，或已读取。',
    rejected: '卡片内容未变。',
    damaged: '卡片内容既非旧的也非新的，打不开任何门。',
    unknown: '目前还不知道卡片的内容。',
    expired: '卡片内容未变。',
    withdrawn: '卡片内容未变。',
    'written-off': '这不说明卡片的情况。使用前请先读卡。',
  },
};
