import { isProblem } from '@keyrack/sdk';
import type { Language } from '../texts/language.tsx';
import { faultInChinese } from './faults-chinese.ts';

/** What is wrong with a field, by its path in the body, to be shown beside it; null where nothing is. */
export function explainFault(error: unknown, path: string, language: Language): string | null {
  if (!isProblem(error)) return null;
  const found = error.errors.find((each) => each.in === 'body' && each.path === path);
  return found === undefined ? null : sayFault(found.detail, language);
}

/** The `detail` of an error as a sentence of its own. */
export function sayFault(detail: string, language: Language): string {
  // English within a Chinese page would help fewer than a plain word; a test keeps the table whole.
  if (language === 'zh') return faultInChinese(detail) ?? '填写有误，请更正';
  return /^[a-z]/.test(detail) ? `It ${detail}.` : detail;
}

/** Whether the server named fields: then they say it, each beside itself. */
export function hasFaults(error: unknown): boolean {
  return isProblem(error) && error.errors.some(({ in: place }) => place === 'body');
}
