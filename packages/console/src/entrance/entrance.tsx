import type { ReactNode } from 'react';
import { useTitle } from '../page/page.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import icon from '../theme/icon.svg';
import classes from './entrance.module.css';
import * as texts from './texts.ts';

/** A page for who isn't signed in yet: one question, in the middle, in their language. */
export function Entrance(props: { readonly title: string; readonly about?: ReactNode; readonly children: ReactNode }) {
  const t = useTexts(texts);
  useTitle(props.title);
  return (
    <div className={classes.entrance}>
      <header className={classes.brand}>
        <img src={icon} alt="" width="28" height="28" />
        <b>Keyrack</b>
      </header>
      <main id="main" className={classes.card}>
        <h1>{props.title}</h1>
        {props.about && <p className={classes.about}>{props.about}</p>}
        {props.children}
      </main>
      <footer className={classes.foot}>
        <Languages label={t('language')} />
      </footer>
    </div>
  );
}

/** The languages, each in its own words. */
export function Languages({ label }: { readonly label: string }) {
  const { language, choose } = useLanguage();
  const button = (code: 'en' | 'zh', name: string) => (
    <button
      type="button"
      lang={code === 'zh' ? 'zh-CN' : 'en'}
      aria-pressed={language === code}
      className={classes.language}
      onClick={() => choose(code)}
    >
      {name}
    </button>
  );
  return (
    <fieldset className={classes.languages} aria-label={label}>
      {button('en', 'English')}
      {button('zh', '中文')}
    </fieldset>
  );
}
