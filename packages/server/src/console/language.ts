/** The languages of pages for people. */
export type Language = 'en' | 'zh';

/** The first language that the browser prefers and that there is. */
export function chooseLanguage(acceptLanguage: string | undefined): Language {
  for (const part of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const tag = part.trim().slice(0, 2);
    if (tag === 'en' || tag === 'zh') return tag;
  }
  return 'en';
}
