import { SETUP_LIMITS, type SetupField, type SetupProblem } from './setup-form.ts';

export type Language = 'en' | 'zh';

interface SetupTexts {
  readonly title: string;
  readonly intro: string;
  readonly labels: Readonly<Record<SetupField | 'token', string>>;
  readonly hints: Readonly<Partial<Record<SetupField, string>>>;
  readonly submit: string;
  readonly problems: Readonly<Record<SetupProblem, string>>;
  readonly wrongToken: string;
  readonly alreadyDone: string;
  readonly otherLanguage: string;
  readonly done: {
    readonly title: string;
    readonly keep: string;
    readonly account: string;
    readonly agent: string;
    readonly agentHow: string;
  };
}

export const SETUP_TEXTS: Readonly<Record<Language, SetupTexts>> = {
  en: {
    title: 'Set up Keyrack',
    intro: 'This server is empty. Name your property and the person who administers it.',
    labels: {
      propertyNumber: 'Property number',
      propertyName: 'Name of the property',
      timeZone: 'Time zone',
      administratorName: 'Your name',
      email: 'Your e-mail address',
      password: 'Password',
      passwordAgain: 'Password again',
      token: 'Set-up token',
    },
    hints: {
      propertyNumber: 'Up to 20 letters and digits. Programs name the property by it (communityNo).',
      timeZone: 'For example Asia/Shanghai. Validity of cards is told in it.',
      password: `At least ${SETUP_LIMITS.password.least} characters.`,
    },
    submit: 'Set up',
    problems: {
      missing: 'Fill this in.',
      number: 'Up to 20 letters and digits, nothing else.',
      'too-long': `At most ${SETUP_LIMITS.name} characters on one line.`,
      'time-zone': 'This is no time zone; choose one of the list, such as Europe/Berlin.',
      email: 'This is no e-mail address.',
      'password-short': `Use at least ${SETUP_LIMITS.password.least} characters.`,
      'password-long': `Use at most ${SETUP_LIMITS.password.most} characters.`,
      'passwords-differ': 'The two passwords differ.',
    },
    wrongToken: 'This link is not valid any more. Use the newest one that the server printed when it started.',
    alreadyDone: 'This server is set up already.',
    otherLanguage: '中文',
    done: {
      title: 'Keyrack is set up',
      keep: 'Keep these now: they are shown this once and can’t be looked up later.',
      account: 'Developer account of the room-card API',
      agent: 'Front-desk agent',
      agentHow: 'On the front-desk computer, put the token into a file and start the agent:',
    },
  },
  zh: {
    title: '设置 Keyrack',
    intro: '本服务器尚无数据。请填写物业信息和管理员信息。',
    labels: {
      propertyNumber: '物业编号',
      propertyName: '物业名称',
      timeZone: '时区',
      administratorName: '您的姓名',
      email: '您的电子邮箱',
      password: '密码',
      passwordAgain: '再次输入密码',
      token: '设置令牌',
    },
    hints: {
      propertyNumber: '最多 20 个字母或数字，程序用它来指定物业（communityNo）。',
      timeZone: '例如 Asia/Shanghai。房卡有效期按此时区表示。',
      password: `至少 ${SETUP_LIMITS.password.least} 个字符。`,
    },
    submit: '完成设置',
    problems: {
      missing: '请填写此项。',
      number: '只能使用字母和数字，最多 20 个。',
      'too-long': `单行文字，最多 ${SETUP_LIMITS.name} 个字符。`,
      'time-zone': '无此时区，请从列表中选择，例如 Asia/Shanghai。',
      email: '电子邮箱格式不正确。',
      'password-short': `请至少使用 ${SETUP_LIMITS.password.least} 个字符。`,
      'password-long': `请最多使用 ${SETUP_LIMITS.password.most} 个字符。`,
      'passwords-differ': '两次输入的密码不一致。',
    },
    wrongToken: '此链接已失效，请使用服务器启动时最新显示的链接。',
    alreadyDone: '本服务器已完成设置。',
    otherLanguage: 'English',
    done: {
      title: 'Keyrack 设置完成',
      keep: '请立即保存以下信息：它们只显示这一次，以后无法查看。',
      account: '房卡接口的开发者账户',
      agent: '前台代理程序',
      agentHow: '在前台电脑上，将令牌存入文件并启动代理程序：',
    },
  },
};

/** The page's language: what its address says, else the first one that the browser prefers and that there is. */
export function chooseLanguage(asked: string | null, acceptLanguage: string | undefined): Language {
  if (asked === 'en' || asked === 'zh') return asked;
  for (const part of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const tag = part.trim().slice(0, 2);
    if (tag === 'en' || tag === 'zh') return tag;
  }
  return 'en';
}
