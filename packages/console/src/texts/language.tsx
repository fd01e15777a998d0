import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

/** The languages of the console. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT = 'keyrack-language';

interface Chosen {
  readonly language: Language;
  choose(language: Language): void;
}

const LanguageContext = createContext<Chosen>({ language: 'en', choose() {} });

/** What this browser chose, or else prefers. */
export function languageOf(kept: string | null, preferred: readonly string[]): Language {
  const first = kept ?? preferred.find((each) => /^(?:en|zh)\b/i.test(each)) ?? 'en';
  return first.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(() => languageOf(localStorage.getItem(KEPT), navigator.languages));
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const chosen = useMemo<Chosen>(
    () => ({
      language,
      choose(next) {
        localStorage.setItem(KEPT, next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <LanguageContext value={chosen}>{children}</LanguageContext>;
}

export function useLanguage(): Chosen {
  return useContext(LanguageContext);
}
