import { PASSWORD_LENGTH } from '../domain/limits.ts';
import type { Language } from './language.ts';

/** What is wrong with what was sent. */
export type PasswordProblem = 'password-short' | 'password-long' | 'passwords-differ';

interface PasswordTexts {
  readonly title: string;
  readonly intro: string;
  readonly code: string;
  readonly codeHint: string;
  readonly password: string;
  readonly passwordHint: string;
  readonly again: string;
  readonly submit: string;
  readonly problems: Readonly<Record<PasswordProblem, string>>;
  readonly wrongCode: string;
  readonly busy: string;
  readonly done: { readonly title: string; readonly text: string };
  readonly otherLanguage: string;
}

const { least, most } = PASSWORD_LENGTH;

export const PASSWORD_TEXTS: Readonly<Record<Language, PasswordTexts>> = {
  en: {
    title: 'Set your password',
    intro:
      'Choose the password that you will work with. The one before, if there was one, holds until you have set it.',
    code: 'Code of the link',
    codeHint: 'What stands behind the # in the link that you were sent.',
    password: 'New password',
    passwordHint: `At least ${least} characters.`,
    again: 'New password again',
    submit: 'Set password',
    problems: {
      'password-short': `Use at least ${least} characters.`,
      'password-long': `Use at most ${most} characters.`,
      'passwords-differ': 'The two passwords differ.',
    },
    wrongCode:
      'This link is not valid any more: it works once and for a limited time. An administrator makes a new one under Members in the console, or with keyrack members link.',
    busy: 'The server can not do it at the moment. Try again in a few seconds.',
    done: {
      title: 'Your password is set',
      text: 'Sign in with it from now on. Wherever you were signed in with the one before, you are signed out. You can close this page.',
    },
    otherLanguage: '中文',
  },
  zh: {
    title: '设置密码',
    intro: '请设置您今后使用的密码。设置完成之前，原密码（如有）仍然有效。',
    code: '链接中的代码',
    codeHint: '您收到的链接中 # 之后的内容。',
    password: '新密码',
    passwordHint: `至少 ${least} 个字符。`,
    again: '再次输入新密码',
    submit: '设置密码',
    problems: {
      'password-short': `请至少使用 ${least} 个字符。`,
      'password-long': `请最多使用 ${most} 个字符。`,
      'passwords-differ': '两次输入的密码不一致。',
    },
    wrongCode:
      '此链接已失效：链接只能使用一次，且有时间限制。请管理员在控制台的“成员”中，或用 keyrack members link 生成新的链接。',
    busy: '服务器暂时无法处理，请几秒钟后重试。',
    done: {
      title: '密码已设置',
      text: '今后请使用新密码登录。使用原密码的登录均已退出。您可以关闭此页面。',
    },
    otherLanguage: 'English',
  },
};
