import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Developers',
  about: 'What software may do at this property, and how to try it',
  parts: 'Parts of this page',
  accounts: 'Accounts',
  keys: 'API keys',
  webhooks: 'Webhooks',
  workbench: 'Workbench',
  shownOnce: 'It is shown this once. Keep it where only that software reads it.',
  notShown: 'It was made, and is no longer shown. Make another one.',
  kept: 'I have kept it',
  copySecret: 'it',
} as const;

export const chinese: Texts<typeof english> = {
  title: '开发者',
  about: '软件在此酒店的权限，以及如何试用',
  parts: '本页各部分',
  accounts: '账号',
  keys: 'API 密钥',
  webhooks: 'Webhook',
  workbench: '接口调试',
  shownOnce: '仅显示这一次。请保存到只有该软件能读取的地方。',
  notShown: '已生成，但不再显示。请重新生成。',
  kept: '我已保存',
  copySecret: '密钥',
};
