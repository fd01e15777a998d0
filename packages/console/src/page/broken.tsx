import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { isOffline } from '../api/queries.ts';
import { isCodeGone, isServerThere } from '../app/load-code.ts';
import { useTexts } from '../texts/texts.ts';
import { Failure } from './failure.tsx';
import { Empty } from './page.tsx';
import * as texts from './texts.ts';

/** Milliseconds between two looks whether the server is back. */
const LOOK_MS = 3_000;
const LOADED_ANEW = 'keyrack-loaded-anew';

/** Instead of a page that could not be shown at all: why, as far as somebody can do something about it. */
export function Broken({ error }: { readonly error: unknown }) {
  const t = useTexts(texts);
  useEffect(() => mendItself(error), [error]);
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

/** Loads the page anew when the server is back, or has another console by now: that once for each file. Returns what ends it. */
function mendItself(error: unknown): (() => void) | undefined {
  if (isCodeGone(error) && sessionStorage.getItem(LOADED_ANEW) !== String(error)) {
    sessionStorage.setItem(LOADED_ANEW, String(error));
    location.reload();
    return;
  }
  if (!isOffline(error)) return;
  const timer = setInterval(() => void isServerThere().then((isThere) => isThere && location.reload()), LOOK_MS);
  return () => clearInterval(timer);
}
