import type { Texts } from '../texts/texts.ts';

export const english = {
  title: 'Set your password',
  about: 'For {name}. The password before, if there was one, holds until you have set this one.',
  aboutAt: 'For {name} at {property}. The password before, if there was one, holds until you have set this one.',
  set: 'Set password',
  over: 'This link is not valid any more',
  overAbout: 'It works once and for a limited time. An administrator makes a new one, under Members.',
  otherLink: 'This link is not for a password. Open it as it was sent.',
  none: 'Open the link that you were sent: it ends in /password# and a long word.',
  done: 'Your password is set',
  doneAbout: 'Sign in with it from now on. Wherever you were signed in with the one before, you are signed out.',
  doneMember: 'It is for {property} alone. To sign in here with it, choose “Use a property’s own password”.',
  signIn: 'To the sign-in',
} as const;

export const chinese: Texts<typeof english> = {
  title: '设置密码',
  about: '{name} 的密码。设置完成之前，原密码（如有）仍然有效。',
  aboutAt: '{name} 在 {property} 的密码。设置完成之前，原密码（如有）仍然有效。',
  set: '设置密码',
  over: '此链接已失效',
  overAbout: '链接只能使用一次，且有时间限制。管理员可在“成员”中生成新的链接。',
  otherLink: '此链接不是用于设置密码的。请按发送时的样子打开它。',
  none: '请打开您收到的链接，它以 /password# 和一长串字符结尾。',
  done: '密码已设置',
  doneAbout: '今后请用新密码登录。使用原密码的登录均已退出。',
  doneMember: '此密码只用于 {property}。在此登录时，请选择“使用某家酒店的密码”。',
  signIn: '前往登录',
};
