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
    /** `{minutes}` stands for a number. */
    readonly pairingCode: string;
    readonly agentHow: string;
    readonly needsTls: string;
    readonly plugIn: string;
    readonly another: string;
  };
  readonly zones: {
    readonly choose: string;
    readonly here: string;
    /** Parts of the world, where they have another name than in the list. */
    readonly areas: Readonly<Record<string, string>>;
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
      timeZone: 'Cards begin and end by its clocks. Beside each place is the time there now; type its first letters.',
      password: `At least ${SETUP_LIMITS.password.least} characters.`,
    },
    submit: 'Set up',
    problems: {
      missing: 'Fill this in.',
      number: 'Up to 20 letters and digits, nothing else.',
      'too-long': `At most ${SETUP_LIMITS.name} characters on one line.`,
      'time-zone': 'This is no time zone of the list; choose a place of it.',
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
      agent: 'First front desk',
      pairingCode: 'Pairing code, good for one computer and for {minutes} minutes:',
      agentHow: 'On the front-desk computer, in the folder where Keyrack is installed, type this line:',
      needsTls:
        'This line works on the server’s own computer alone. Desks on other computers need TLS: see docs/reverse-proxy.md.',
      plugIn: 'The agent then tells the address of the desk’s page, which says what to plug in.',
      another: 'For another desk, or when the time is over, type this on the server’s computer. It prints a new line:',
    },
    zones: { choose: 'Choose a place …', here: 'Where this browser is', areas: {} },
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
      timeZone: '房卡的生效和到期按此时区计算。每个地点旁边是当地的当前时间；可键入地名首字母（英文）查找。',
      password: `至少 ${SETUP_LIMITS.password.least} 个字符。`,
    },
    submit: '完成设置',
    problems: {
      missing: '请填写此项。',
      number: '只能使用字母和数字，最多 20 个。',
      'too-long': `单行文字，最多 ${SETUP_LIMITS.name} 个字符。`,
      'time-zone': '列表中无此时区，请从列表中选择。',
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
      agent: '第一个前台',
      pairingCode: '配对码，只能用于一台电脑，{minutes} 分钟内有效：',
      agentHow: '在前台电脑上，进入 Keyrack 的安装文件夹，输入以下命令：',
      needsTls: '此命令只能在服务器本机上使用。其他电脑上的前台需要 TLS，请参阅 docs/reverse-proxy.md。',
      plugIn: '代理程序启动后会显示前台页面的地址，页面会提示需要连接什么设备。',
      another: '如需添加其他前台，或配对码已过期，请在服务器上输入以下命令，它会显示新的命令行：',
    },
    zones: {
      choose: '请选择地点……',
      here: '此浏览器所在时区',
      areas: {
        Africa: '非洲',
        America: '美洲',
        Antarctica: '南极洲',
        Arctic: '北极',
        Asia: '亚洲',
        Atlantic: '大西洋',
        Australia: '澳大利亚',
        Europe: '欧洲',
        Indian: '印度洋',
        Pacific: '太平洋',
      },
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
