import type { Texts } from '../texts/texts.ts';

export const english = {
  newer:
    'A new version of this console is here. It comes by itself on the next page you open, or when nothing is being filled in.',
  load: 'Load it now',
  part: 'This part is of an older version of the console. Finish what you are filling in, then load the new one.',
} as const;

export const chinese: Texts<typeof english> = {
  newer: '控制台有新版本。打开下一个页面时，或没有正在填写的内容时，会自动加载。',
  load: '立即加载',
  part: '此部分属于旧版控制台。请先完成正在填写的内容，再加载新版本。',
};
