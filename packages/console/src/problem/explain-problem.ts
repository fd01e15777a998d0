import { isProblem } from '@keyrack/sdk';
import { explainCause } from '../cause/explain-cause.ts';
import type { Language } from '../texts/language.tsx';
import { PROBLEMS_IN_CHINESE } from './problems-chinese.ts';

/** A problem in a sentence or two, with what to do. In Chinese where there are words for it; else as the server says it. */
export function explainProblem(error: unknown, language: Language): string {
  if (!isProblem(error)) return error instanceof Error ? error.message : String(error);
  if (error.cause !== undefined) return explainCause(error.cause, language, error.detail);
  if (language === 'zh') {
    const words = PROBLEMS_IN_CHINESE[error.problem];
    if (words !== undefined) return words;
  }
  return `${error.title}. ${error.detail}`;
}
