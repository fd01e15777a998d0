/**
 * What /v1 says of single fields, in Chinese: the `detail` of an error, whole. A test compares them with the server's
 * sources, so that none goes stale.
 */
export const FAULTS_IN_CHINESE: Readonly<Record<string, string>> = {
  'is 1 to 20 letters and digits': '须为 1 至 20 个字母或数字',
  'has a character that can not be seen or turns the order of others; leave it out':
    '含有不可见或会改变文字方向的字符，请去掉',
  'holds NUL or half a surrogate pair, which no text has; leave it out': '含有无效字符，请去掉',
  'stands on an earlier line already; leave one of them out': '与前面的某一行重复，请去掉其中一行',
  "is no version of this property's card key; see its card keys": '不是本酒店的密钥版本，请查看密钥版本',
  'is left out, and the number behind the highest is none; name a free one': '没有可用的锁号，请填写一个未用过的锁号',
  'is or was the lock number of another room; leave it out to get a free one':
    '是或曾是其他房间的锁号；留空即可自动分配',
  "is not the number of this room's lock, which never changes; leave it out":
    '与此房间的锁号不符；锁号不会改变，请留空',
  'is the id of no building of this property': '找不到该楼栋，请刷新后重试',
  'is the id of no floor of this property': '找不到该楼层，请刷新后重试',
  'is the id of no room of this property': '找不到该房间，请刷新后重试',
  'is the line that `keyrack locks new-key` prints': '须为 `keyrack locks new-key` 输出的那一行',
  'is 1 to 4 digits, without a plus': '须为 1 至 4 位数字，不含加号',
  'is 4 to 15 digits, without the area code': '须为 4 至 15 位数字，不含区号',
  'is an e-mail address of 254 characters at most': '须为不超过 254 个字符的邮箱地址',
  'is needed where there is no mobile: a member is known by one of them': '手机号和邮箱至少填写一个',
  'comes with `areaCode`: send both, or null for both': '手机号和区号须同时填写，或都留空',
  'is 10 characters or more': '至少 10 个字符',
  'is 200 characters at most': '最多 200 个字符',
  'is a name of the time zone database, e.g. Asia/Shanghai': '须为时区数据库中的名称，例如 Asia/Shanghai',
  'is a time of day, e.g. 12:00': '须为一天中的时间，例如 12:00',
  'lies outside of the years 1 to 9999 in UTC': '时间不在公元 1 至 9999 年之间',
  'is needed where there is no mobile: a person signs in by one of them': '手机号和邮箱至少填写一个，用于登录',
  'is given as `password` or as `passwordMd5`: send one of them': '密码只能以一种方式填写',
  'is the md5 of the password: 32 digits and letters a to f': '须为密码的 MD5：32 位数字及字母 a 至 f',
  'is 1 to 6 digits': '须为 1 至 6 位数字',
  'is 4 to 20 digits': '须为 4 至 20 位数字',
  'needs areaCode and mobile together, or neither': '手机号和区号须同时填写，或都留空',
  'is the six digits that the app shows': '须为应用显示的 6 位数字',
  'is no https address': '须为 https 地址',
  'is without TLS; use https, or have the operator list its network in KEYRACK_WEBHOOK_NETWORKS':
    '此地址没有 TLS。请使用 https，或由运行服务器的人把其网络加入 KEYRACK_WEBHOOK_NETWORKS',
  'holds a name or password, which nobody would send': '地址中不能含有用户名或密码',
  'has a fragment (#…), which nobody would send': '地址中不能含有 # 及其后的内容',
  'is an address that nothing is sent to, unless the operator lists it in KEYRACK_WEBHOOK_NETWORKS':
    '不会向此地址发送，除非服务器管理员把它加入 KEYRACK_WEBHOOK_NETWORKS',
  'is a type of event; docs/events.md lists them': '没有这种事件，请从列表中选择',
  'is 32 letters and digits': '须为 32 个字母或数字',
  'is 16 to 128 letters, digits and signs, without blanks': '须为 16 至 128 个字母、数字或符号，不含空格',
  'is an IP address or a range of them, e.g. 203.0.113.0/24': '须为 IP 地址或地址段，例如 203.0.113.0/24',
  'comes with `sid`: send both, or neither to have them drawn': 'sid 和密钥须同时填写，或都留空以自动生成',
  'has passed; send a later time': '此时间已过，请选择更晚的时间',
  'is the id of no property that this credential reaches': '找不到该酒店，请刷新后重试',
  'lies within the next 90 days; send such a time, or null': '须为今后 90 天内的时间，或留空',
  'lies within the next 30 days; send such a time, or leave it out': '须为今后 30 天内的时间，或留空',
  'is the id of no front desk of this property': '找不到该前台，请刷新后重试',
  'is not known here; leave it out': '此处不接受该字段，请刷新页面后重试',
};

/** Each kind of name has a length of its own. */
const LENGTH = /^is 1 to (\d+) characters$/;
const RUN_TOGETHER = /^Building, floor and room number would run together to (\S+), as another room's do\./;

/** A fault of a field in Chinese; null where there are no words for it. */
export function faultInChinese(detail: string): string | null {
  const most = LENGTH.exec(detail)?.[1];
  if (most !== undefined) return `须为 1 至 ${most} 个字符`;
  const joined = RUN_TOGETHER.exec(detail)?.[1];
  if (joined !== undefined) return `楼栋、楼层与房号连在一起是 ${joined}，与另一间房相同，请换一个房号`;
  return FAULTS_IN_CHINESE[detail] ?? null;
}
