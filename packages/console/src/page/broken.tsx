import { Button } from '@mantine/core';
import { isOffline } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';
import { Failure } from './failure.tsx';
import { Empty } from './page.tsx';
import * as texts from './texts.ts';

/** Instead of a page that could not be shown at all: why, as far as somebody can do something about it. */
export function Broken({ error }: { readonly error: unknown }) {
  const t = useTexts(texts);
  return (
    <main id="main">
      <Empty title={isOffline(error) ? t('failed') : t('broken')}>
        <Failure error={error} />
        <p>{t('brokenAdvice')}</p>
        <Button variant="filled" onClick={() => location.reload()}>
          {t('reload')}
        </Button>
      </Empty>
    </main>
  );
}
