import { Children, Fragment, type ReactNode } from 'react';
import { type Language, useLanguage } from './language.tsx';

/** What a language puts between words and sentences. Chinese has signs of its own, and no space behind them. */
export interface Signs {
  readonly stop: string;
  /** Between a name and what is said of it. */
  readonly colon: string;
  /** Between the members of a list. */
  readonly comma: string;
  /** Between two sentences. */
  readonly gap: string;
}

export const SIGNS: Readonly<Record<Language, Signs>> = {
  en: { stop: '.', colon: ': ', comma: ', ', gap: ' ' },
  zh: { stop: '。', colon: '：', comma: '、', gap: '' },
};

export function useSigns(): Signs {
  return SIGNS[useLanguage().language];
}

/** One sentence behind the other, with the gap of the page's language. Those that are null or false are left out. */
export function Sentences({ children }: { readonly children: ReactNode }) {
  const { gap } = useSigns();
  return Children.toArray(children)
    .filter((sentence) => sentence !== '')
    .map((sentence, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: sentences keep no state of their own
      <Fragment key={at}>
        {at > 0 && gap}
        {sentence}
      </Fragment>
    ));
}
