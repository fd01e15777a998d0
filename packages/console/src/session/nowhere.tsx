import { Button } from '@mantine/core';
import { Empty } from '../page/page.tsx';
import * as texts from '../shell/texts.ts';
import { useTexts } from '../texts/texts.ts';
import { useSignOut } from './use-sign-out.ts';

/** For a person who has joined no property yet. */
export function Nowhere() {
  const t = useTexts(texts);
  const leave = useSignOut();
  return (
    <main id="main">
      <Empty title={t('nowhere')}>
        <p>{t('nowhereAdvice')}</p>
        <Button onClick={leave}>{t('signOut')}</Button>
      </Empty>
    </main>
  );
}
