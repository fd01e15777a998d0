import { createTranslator } from 'use-intl/core';
import { type Language, useLanguage } from './language.tsx';

/** The shape of a text module in the other language: the same keys, and any wording. */
export type Texts<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Texts<English[Key]>;
};

/** What a folder's `texts.ts` exports, both languages together. */
export interface TextModule<English> {
  readonly english: English;
  readonly chinese: Texts<English>;
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

/**
 * The texts of one part of the console, in the language of this browser: `t('key', { count })`. Keys and their arguments
 * are checked by the compiler; texts.test.ts checks that both languages take the same arguments.
 */
export function useTexts<const English extends Record<string, unknown>>(texts: TextModule<English>) {
  const { language } = useLanguage();
  return translator(texts, language);
}

const known = new WeakMap<object, Partial<Record<Language, unknown>>>();

/** The same outside of React. One for each module and language: what it has parsed is parsed for all who use it. */
export function translator<const English extends Record<string, unknown>>(
  texts: TextModule<English>,
  language: Language,
): ReturnType<typeof makeTranslator<English>> {
  const made = known.get(texts) ?? {};
  known.set(texts, made);
  made[language] ??= makeTranslator(texts, language);
  return made[language] as ReturnType<typeof makeTranslator<English>>;
}

function makeTranslator<const English extends Record<string, unknown>>(texts: TextModule<English>, language: Language) {
  return createTranslator({
    locale: LOCALES[language],
    messages: (language === 'zh' ? texts.chinese : texts.english) as English,
    timeZone: 'UTC',
    onError(error) {
      // A text that is missing or can't be filled is a fault of ours, and tests look for it.
      console.error(error);
    },
  });
}
