import { useTexts } from '../texts/texts.ts';
import { Empty, Hidden } from './page.tsx';
import * as texts from './texts.ts';

/** For an address that no page has. */
export function Missing() {
  const t = useTexts(texts);
  return (
    <main id="main">
      <Hidden>
        <h1>{t('missing')}</h1>
      </Hidden>
      <Empty title={t('missing')}>
        <p>{t('missingAdvice')}</p>
      </Empty>
    </main>
  );
}
