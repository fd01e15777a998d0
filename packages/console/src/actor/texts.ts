import type { Texts } from '../texts/texts.ts';

export const english = {
  kinds: {
    member: 'Member',
    person: 'Person',
    apiKey: 'API key',
    account: 'Developer account',
    agent: 'Front desk',
    owner: 'Owner',
    server: 'Server',
    operator: 'Operator',
  },
  gone: '{kind} {end}',
} as const;

export const chinese: Texts<typeof english> = {
  kinds: {
    member: '成员',
    person: '人员',
    apiKey: 'API 密钥',
    account: '开发者账户',
    agent: '前台',
    owner: '所有者',
    server: '服务器',
    operator: '运维人员',
  },
  gone: '{kind} {end}',
};
