/** The languages of pages for people. */
export type Language = 'en' | 'zh';

/** A page's language: what its address says, else the first one that the browser prefers and that there is. */
export function chooseLanguage(asked: string | null, acceptLanguage: string | undefined): Language {
  if (asked === 'en' || asked === 'zh') return asked;
  for (const part of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const tag = part.trim().slice(0, 2);
    if (tag === 'en' || tag === 'zh') return tag;
  }
  return 'en';
}
