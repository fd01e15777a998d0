import type { Texts } from '../texts/texts.ts';

export const english = {
  language: 'Language',
  newPassword: 'New password',
  newPasswordAgain: 'New password again',
  password: 'Password',
  passwordAgain: 'Password again',
  passwordHint: 'At least {least} characters. A few words are easy to keep in mind.',
  tooShort: 'Use at least {least} characters.',
  tooLong: 'Use at most {most} characters.',
  differ: 'The two passwords differ.',
  showIt: 'Show what is typed',
  missing: 'Fill this in.',
  name: 'Your name',
  login: 'Phone or e-mail',
  loginHint: 'You sign in by it. A phone with its country code, such as +86 139 0000 0001.',
  loginWrong: 'This is no e-mail and no phone with its country code.',
} as const;

export const chinese: Texts<typeof english> = {
  language: '语言',
  newPassword: '新密码',
  newPasswordAgain: '再次输入新密码',
  password: '密码',
  passwordAgain: '再次输入密码',
  passwordHint: '至少 {least} 个字符。几个词连在一起更容易记住。',
  tooShort: '请至少使用 {least} 个字符。',
  tooLong: '请最多使用 {most} 个字符。',
  differ: '两次输入的密码不一致。',
  showIt: '显示输入内容',
  missing: '请填写此项。',
  name: '您的姓名',
  login: '手机号或邮箱',
  loginHint: '您用它登录。手机号请带国家代码，例如 +86 139 0000 0001。',
  loginWrong: '这不是邮箱，也不是带国家代码的手机号。',
};
