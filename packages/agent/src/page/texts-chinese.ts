import { CHINESE_CAUSES } from './causes-chinese.ts';
import { CHINESE_OBSTACLES } from './obstacles-chinese.ts';
import type { PageTexts } from './page-texts.ts';

export const CHINESE: PageTexts = {
  title: 'Keyrack 前台',
  noScript: '本页面需要 JavaScript。请为此地址启用后重新加载页面。',
  otherLanguage: { language: 'en', name: 'English' },
  connection: {
    connecting: '正在连接…',
    online: '已连接',
    waiting: '未连接',
    refused: '被服务器拒绝',
    stopped: '已停止',
    'no-agent': '代理程序未运行',
    elsewhere: '已暂停',
  },
  trouble: {
    connecting: { title: '正在连接服务器…', text: '连接成功后即可处理房卡。' },
    waiting: {
      title: '未连接到服务器',
      text: '恢复连接前无法处理房卡。请将原因告知负责本机的人员。',
    },
    refused: {
      title: '服务器拒绝了本前台',
      text: '请管理员在控制台的“前台”中，或在服务器上用 keyrack agents list 查看原因并处理。',
    },
    stopped: { title: '本前台已停止工作', text: '请按“需要处理”中的说明操作，然后重新启动代理程序。' },
    'no-agent': {
      title: '本机的代理程序没有响应',
      text: '下方内容已过时。请启动代理程序，本页面会自动恢复。',
    },
    elsewhere: {
      title: '本页面已在其他窗口打开',
      text: '只有最新打开的窗口会持续更新，下方内容已过时。',
    },
  },
  obstacles: CHINESE_OBSTACLES,
  answer: '（{answer}）',
  retry: '{seconds} 秒后重试。',
  reason: '原因：{reason}',
  useHere: '在此窗口使用',

  encoders: '发卡器',
  noEncoders: {
    'plug-in': {
      title: '本机没有连接发卡器',
      text: '请将读卡器插入本机的 USB 接口，例如 ACR122U 或 ACR1252U，几秒后会在此显示。如仍无显示，请在本机运行“{doctor}”查看原因。',
    },
    'start-with-readers': {
      title: '代理程序启动时未指定发卡器',
      text: '请将读卡器插入本机的 USB 接口，例如 ACR122U 或 ACR1252U，然后停止代理程序，并加上 --pcsc 重新启动。',
    },
  },
  forSignedIn: '卡类型 2 和 3',
  broken: {
    hung: '无响应。请拔下后重新插入。',
    closed: '不可用。请重新插入，或重新启动代理程序。',
  },
  unusable: {
    'not-a-room-card': '此处放的是手机、银行卡或其他非房卡。请放上房卡。',
    'chip-not-written': '此处卡片的类型不受支持。请使用 MIFARE Classic 1K、Ultralight EV1 或 NTAG 卡。',
    'encoder-unfit': '此发卡器无法处理这种卡片。请换一种卡片，或换一种型号的发卡器。',
    'card-not-answering': '卡片没有明确响应，正在重试。请只放一张卡片，平放在中央。',
    'encoder-in-use': '其他程序正在占用此发卡器，正在重试。请关闭该程序。',
    'encoder-hung': '无响应。请拔下后重新插入。',
    'encoder-offline': '未插好，或驱动程序未运行。请重新插入。',
  },
  disputed:
    '前台“{desks}”也有相同 MAC 的发卡器，两处均已暂停。请拔下其中一台，或请管理员在控制台的“前台”中，或用 keyrack encoders show 查看两台。',
  chips: {
    'classic-1k': 'MIFARE Classic 1K',
    'ultralight-ev1': 'MIFARE Ultralight EV1',
    'ntag-213': 'NTAG 213',
    'ntag-215': 'NTAG 215',
    'ntag-216': 'NTAG 216',
  },
  cardLies: '卡片 {serial} 已放置',
  noCard: '未放置卡片',
  nothingAsked: '暂无任务',
  ask: { card: '请将卡片 {serial} 放到 {encoder} 上', anyCard: '请将卡片放到 {encoder} 上' },
  purpose: { issue: '发卡', read: '读卡', cancel: '注销卡片' },
  room: '房间 {room}',
  working: '正在读卡… 请勿移开卡片',
  writing: '正在写卡… 请勿移开卡片',
  secondsLeft: '剩余 {seconds} 秒',
  decline: '拒绝',
  declineLabel: '拒绝：{purpose}，{encoder}',

  member: '成员',
  signedInAs: '已登录：{name}',
  signedInHint: '一段时间无人使用本页面后会自动退出。离开时请退出登录。',
  signOut: '退出登录',
  signedOut: '当前无人登录',
  signedOutHint: '登录后即可在本前台处理类型 2 和 3 的卡片。',
  signInEnded: '已于 {time} 退出登录',
  signInBy: { legend: '登录方式', mobile: '手机', email: '邮箱' },
  fields: { areaCode: '区号', mobile: '手机号码', email: '电子邮箱', password: '密码' },
  problems: {
    areaCode: '请用数字填写区号，例如 86。',
    mobile: '请用数字填写手机号码，不含区号。',
    email: '电子邮箱格式不正确。',
    password: '请输入密码，最多 200 个字符。',
  },
  signIn: '登录',
  signingIn: '正在登录…',
  notSent: '代理程序没有响应，请重试。',

  attention: '需要处理',
  nothingToAttend: '没有需要处理的事项。',
  check: {
    unknown: {
      title: '卡片 {serial}：内容未知',
      text: '写卡中断。请将其放到发卡器上，系统会自动读取。',
    },
    damaged: {
      title: '卡片 {serial}：已损坏',
      text: '此卡无法开门。请将其放到发卡器上并再次注销，卡片即恢复为空白卡。',
    },
  },

  recent: '最近的操作',
  noRecent: '暂无操作。在此处理的卡片会显示在本列表中。',
  operation: {
    issue: { card: '发卡 {serial}', anyCard: '发卡' },
    read: { card: '读卡 {serial}', anyCard: '读卡' },
    cancel: { card: '注销卡片 {serial}', anyCard: '注销卡片' },
  },
  outcomes: {
    succeeded: '完成',
    read: '已读取',
    rejected: '未更改',
    damaged: '卡片损坏',
    unknown: '结果未知',
    refused: '被拒绝',
    'not-written': '未写入',
    withdrawn: '已结束',
    declined: '已拒绝',
  },
  outcomeHints: {
    rejected: '卡片内容未变。请重试，或换一张卡。',
    damaged: '请将卡片放到发卡器上并再次注销。',
    unknown: '请读取卡片以确认其内容。',
    'not-written': '卡片内容未变。时限内会自动重试。',
    declined: '已在本前台拒绝。',
  },
  settledSince: '此后已处理，无需再操作。',

  causes: CHINESE_CAUSES,
};
