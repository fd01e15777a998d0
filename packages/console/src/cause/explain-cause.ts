import type { Language } from '../texts/language.tsx';
import { chinese, english } from './texts.ts';

/** A cause in a sentence, with what to do. One that this console doesn't know yet is told as the server says it. */
export function explainCause(cause: string, language: Language, explanation: string | null = null): string {
  const texts: Readonly<Record<string, string>> = language === 'zh' ? chinese : english;
  return (Object.hasOwn(texts, cause) ? texts[cause] : undefined) ?? explanation ?? cause;
}
