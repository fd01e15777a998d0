import type { Language } from './page-language.ts';
import type { PageTexts } from './page-texts.ts';
import { CHINESE } from './texts-chinese.ts';
import { ENGLISH } from './texts-english.ts';

export const LANGUAGE_TEXTS: Readonly<Record<Language, PageTexts>> = { en: ENGLISH, zh: CHINESE };
