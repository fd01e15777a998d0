import { isProblem } from '@keyrack/sdk';
import { explainCause } from '../cause/explain-cause.ts';
import type { Language } from '../texts/language.tsx';
import { hasFaults, sayFault } from './explain-fault.ts';
import { nameOfField } from './field-names.ts';
import { PROBLEMS_IN_CHINESE } from './problems-chinese.ts';

const COLON: Readonly<Record<Language, string>> = { en: ': ', zh: '：' };

/** A problem in a sentence or two, with what to do. In Chinese where there are words for it; else as the server says it. */
export function explainProblem(error: unknown, language: Language): string {
  if (!isProblem(error)) return error instanceof Error ? error.message : String(error);
  if (error.cause !== undefined) return explainCause(error.cause, language, error.detail);
  // No field stands beside these, as it does in a form.
  const ofFilters = error.errors.filter((each) => each.in === 'query');
  if (ofFilters.length > 0)
    return ofFilters
      .map(({ path, detail }) => `${nameOfField(path, language)}${COLON[language]}${sayFault(detail, language)}`)
      .join(' ');
  if (language === 'zh') {
    const words = PROBLEMS_IN_CHINESE[error.problem];
    if (words !== undefined) return words;
  }
  // What the server says of these is for programs: it names the list of errors, which a page shows beside its fields.
  if (error.problem === 'invalid-request')
    return hasFaults(error)
      ? 'Something here can’t be taken. Correct the fields that are marked, and send it again.'
      : 'The server can’t take this request. Load the page anew, and try again.';
  if (error.problem === 'rooms-not-imported')
    return 'Nothing was changed. Correct the lines that are marked, and try again.';
  return `${error.title}. ${error.detail}`;
}
