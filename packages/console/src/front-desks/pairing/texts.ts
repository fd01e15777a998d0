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
  without: {
    checkout: {
      about: 'This server has no packages for front desks. A copy of its own folder does.',
      windows: 'Then in the Command Prompt, in the folder of Keyrack',
      linux: 'Then in a terminal, in the folder of Keyrack',
    },
    package: {
      about:
        'This server offers no packages for front desks; its log says why. Install the agent on that computer from where this server came from.',
      windows: 'Then in the Command Prompt, in the folder of the agent’s package',
      linux: 'Then in a terminal; where the agent’s archive was unpacked, write ./keyrack in its folder',
    },
  },
  package: {
    line: 'One line for a terminal of that computer: it downloads, checks and unpacks the agent, pairs it and starts it.',
    download: 'Download for {system}',
    size: 'Version {version}, {size} MB.',
    checksum: 'Checksum (SHA-256)',
    copyChecksum: 'the checksum',
    elsewhere: 'For another computer: a link',
    copyLink: 'the link, which works once without signing in',
    unpack: 'Right-click the downloaded file, and choose “Extract All”.',
    install: 'Double-click install.cmd in the new folder. It asks for the code, and for this address:',
    copyServer: 'the server’s address',
  },
  first: 'Once: copy the folder of Keyrack to that computer, which needs Node 20 or newer with npm. In the folder:',
  copyFirst: 'the line that installs what it needs',
  readersLinux: 'For card readers, as its administrator:',
  copyReaders: 'the line for card readers',
  copyCommand: 'the line for the front desk',
  noReader: 'Without a reader, write --sim-encoder 7C778A6C7D9C instead of --pcsc: cards are made of memory then.',
  thisComputer:
    'This works on the server’s own computer alone. For another one, open the console by the name that computer knows the server by, or set KEYRACK_PUBLIC_URL.',
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
  without: {
    checkout: {
      about: '此服务器没有前台安装包，可以复制服务器自己的文件夹。',
      windows: '然后在 Keyrack 文件夹中打开命令提示符，运行',
      linux: '然后在 Keyrack 文件夹中打开终端，运行',
    },
    package: {
      about: '此服务器未提供前台安装包，原因见服务器日志。请从获取服务器程序的地方，在该电脑上安装代理程序。',
      windows: '然后在代理程序文件夹中打开命令提示符，运行',
      linux: '然后打开终端运行；如为解压的代理程序，请在其文件夹中把“keyrack”写成“./keyrack”',
    },
  },
  package: {
    line: '在该电脑的终端中运行以下一行命令：下载、校验并解压代理程序，然后配对并启动。',
    download: '下载 {system} 版',
    size: '版本 {version}，{size} MB。',
    checksum: '校验和（SHA-256）',
    copyChecksum: '校验和',
    elsewhere: '用于其他电脑：下载链接',
    copyLink: '下载链接（无需登录，只能使用一次）',
    unpack: '右键单击下载的文件，选择“全部解压缩”。',
    install: '在解压出的文件夹中双击 install.cmd，它会询问配对码和以下地址：',
    copyServer: '服务器地址',
  },
  first: '首次：把 Keyrack 文件夹复制到该电脑（需要 Node 20 或更高版本及 npm），在该文件夹中运行：',
  copyFirst: '安装命令',
  readersLinux: '使用读卡器时，以管理员身份运行：',
  copyReaders: '读卡器命令',
  copyCommand: '前台命令',
  noReader: '没有读卡器时，把 --pcsc 换成 --sim-encoder 7C778A6C7D9C，房卡将只存在于内存中。',
  thisComputer:
    '以上内容仅适用于服务器本机。如需配对其他电脑，请用那台电脑能访问的服务器名称打开控制台，或设置 KEYRACK_PUBLIC_URL。',
  plain: '其他电脑上的代理程序会拒绝此地址，因为卡片密钥将以明文传输。请为服务器启用 TLS，并设置 KEYRACK_PUBLIC_URL。',
  waiting: '正在等待该电脑连接，连接后会自动显示在这里。',
  paired: '{name} 已配对，正在连接。',
  there: '{name} 已连接。',
  encoders: '{count, plural, =0 {尚无发卡器，请插上一台。} other {有 # 台发卡器。}}',
  more: '配对另一台电脑',
};
