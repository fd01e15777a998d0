import type { Texts } from '../texts/texts.ts';

export const english = {
  loading: 'Loading',
  again: 'Try again',
  reference: 'Reference {id}',
  offline: 'The server can’t be reached. Nothing was changed by this page. It tries again by itself.',
  failed: 'This part can’t be shown',
  copied: 'Copied',
  copy: 'Copy',
  notCopied: 'Not copied: select and copy it',
  close: 'Close',
  missing: 'Nothing is at this address',
  missingAdvice: 'Check how it is written: small and capital letters count. A page may also have been removed.',
  home: 'Go to the first page',
  broken: 'This page has failed.',
  brokenAdvice: 'Load it again. Where it fails again, tell whoever runs the server what you did.',
  reload: 'Load again',
  ownComputer:
    'This link opens on the server’s own computer alone. For another one, open the console by the name that computer knows the server by, and make a link there.',
} as const;

export const chinese: Texts<typeof english> = {
  loading: '正在加载',
  again: '重试',
  reference: '编号 {id}',
  offline: '无法连接服务器。本页面没有更改任何内容，会自动重试。',
  failed: '此部分无法显示',
  copied: '已复制',
  copy: '复制',
  notCopied: '未能复制：请选中后复制',
  close: '关闭',
  missing: '此地址没有内容',
  missingAdvice: '请检查地址的写法，字母区分大小写。该页面也可能已被移除。',
  home: '返回首页',
  broken: '此页面出错了。',
  brokenAdvice: '请重新加载。如果仍然出错，请把您的操作告诉服务器管理员。',
  reload: '重新加载',
  ownComputer: '此链接只能在服务器本机打开。如需发给其他电脑，请用那台电脑能访问的服务器名称打开控制台，再生成链接。',
};
