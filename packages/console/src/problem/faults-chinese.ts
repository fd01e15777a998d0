/**
 * What /v1 says of single fields, in Chinese: the `detail` of an error, whole. A test compares them with the server's
 * sources, so that none goes stale.
 */
export const FAULTS_IN_CHINESE: Readonly<Record<string, string>> = {
  'is 1 to 20 letters and digits': '须为 1 至 20 个字母或数字',
  'is 1 to 64 characters': '须为 1 至 64 个字符',
  'has a character that can not be seen or turns the order of others; leave it out':
    '含有不可见或会改变文字方向的字符，请去掉',
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
};

const RUN_TOGETHER = /^Building, floor and room number would run together to (\S+), as another room's do\./;

/** A fault of a field in Chinese; null where there are no words for it. */
export function faultInChinese(detail: string): string | null {
  const joined = RUN_TOGETHER.exec(detail)?.[1];
  if (joined !== undefined) return `楼栋、楼层与房号连在一起是 ${joined}，与另一间房相同，请换一个房号`;
  return FAULTS_IN_CHINESE[detail] ?? null;
}
