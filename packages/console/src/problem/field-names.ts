import type { Language } from '../texts/language.tsx';

/** What lists are filtered by, as people call it: no field of a form stands beside what the server says of these. */
const FILTERS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  search: { en: 'Search', zh: '搜索' },
  from: { en: 'First day', zh: '起始日期' },
  until: { en: 'Last day', zh: '结束日期' },
  actor: { en: 'By whom', zh: '操作者' },
  action: { en: 'Action', zh: '操作' },
  requester: { en: 'Asked for by', zh: '请求者' },
  encoder: { en: 'Encoder', zh: '发卡器' },
  operation: { en: 'Operation', zh: '操作记录' },
  card: { en: 'Card', zh: '房卡' },
  room: { en: 'Room', zh: '房间' },
};

/** What a field of a request is called; another one has the name that the server has for it. */
export function nameOfField(path: string, language: Language): string {
  return Object.hasOwn(FILTERS, path) ? (FILTERS[path]?.[language] ?? path) : path;
}
