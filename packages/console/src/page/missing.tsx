import { useTexts } from '../texts/texts.ts';
import { Empty } from './page.tsx';
import * as texts from './texts.ts';

/** For an address that no page has. */
export function Missing() {
  const t = useTexts(texts);
  return (
    <main id="main">
      <Empty title={t('missing')}>
        <p>{t('missingAdvice')}</p>
      </Empty>
    </main>
  );
}
