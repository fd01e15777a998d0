import type { Texts } from '../../texts/texts.ts';

export const english = {
  about: 'A computer becomes a front desk by a code that is good once, for ten minutes.',
  aboutAnew:
    'The computer that uses the code takes the place of {name}: with its encoders’ names, its records and its id.',
  make: 'Make a code',
  another: 'Make another code',
  code: 'Pairing code',
  copyCode: 'the code',
  oneComputer: 'For one computer, until {time}.',
  left: '{minutes}:{seconds} left',
  over: 'This code has ended.',
  gone: 'This code is no longer shown. Make another one.',
  system: 'System of that computer',
  first: 'Once: copy the folder of Keyrack to that computer, which needs Node 20 or newer with npm. In the folder:',
  copyFirst: 'the line that installs what it needs',
  readersLinux: 'For card readers, as its administrator:',
  copyReaders: 'the line for card readers',
  thenWindows: 'Then in the Command Prompt, in the folder of Keyrack',
  thenLinux: 'Then in a terminal, in the folder of Keyrack',
  copyCommand: 'the line for the front desk',
  noReader: 'Without a reader, write --sim-encoder 7C778A6C7D9C instead of --pcsc: cards are made of memory then.',
  thisComputer:
    'This line is for the server’s own computer. For another one, open the console by the name that computer knows the server by, or set KEYRACK_PUBLIC_URL.',
  plain:
    'The agent refuses this address from another computer: the keys of cards would travel in plain text. Put TLS in front of this server, and set KEYRACK_PUBLIC_URL.',
  waiting: 'Waiting for the computer. It appears here by itself.',
  paired: '{name} is paired, and connects now.',
  there: '{name} is connected.',
  encoders:
    '{count, plural, =0 {It has no encoder yet: plug one in.} one {It has one encoder.} other {It has # encoders.}}',
  more: 'Pair another computer',
} as const;

export const chinese: Texts<typeof english> = {
  about: '使用配对码将一台电脑设为前台。配对码只能使用一次，十分钟内有效。',
  aboutAnew: '使用此配对码的电脑将取代 {name}，并沿用其编号、记录和发卡器名称。',
  make: '生成配对码',
  another: '重新生成配对码',
  code: '配对码',
  copyCode: '配对码',
  oneComputer: '仅限一台电脑使用，{time} 前有效。',
  left: '剩余 {minutes}:{seconds}',
  over: '此配对码已失效。',
  gone: '此配对码不再显示。请重新生成。',
  system: '该电脑的系统',
  first: '首次：把 Keyrack 文件夹复制到该电脑（需要 Node 20 或更高版本及 npm），在该文件夹中运行：',
  copyFirst: '安装命令',
  readersLinux: '使用读卡器时，以管理员身份运行：',
  copyReaders: '读卡器命令',
  thenWindows: '然后在 Keyrack 文件夹中打开命令提示符，运行',
  thenLinux: '然后在 Keyrack 文件夹中打开终端，运行',
  copyCommand: '前台命令',
  noReader: '没有读卡器时，把 --pcsc 换成 --sim-encoder 7C778A6C7D9C，房卡将只存在于内存中。',
  thisComputer:
    '此命令仅适用于服务器本机。如需配对其他电脑，请用那台电脑能访问的服务器名称打开控制台，或设置 KEYRACK_PUBLIC_URL。',
  plain: '其他电脑上的代理程序会拒绝此地址，因为卡片密钥将以明文传输。请为服务器启用 TLS，并设置 KEYRACK_PUBLIC_URL。',
  waiting: '正在等待该电脑连接，连接后会自动显示在这里。',
  paired: '{name} 已配对，正在连接。',
  there: '{name} 已连接。',
  encoders: '{count, plural, =0 {尚无发卡器，请插上一台。} other {有 # 台发卡器。}}',
  more: '配对另一台电脑',
};
