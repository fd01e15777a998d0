import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Empty } from '../page/page.tsx';
import * as texts from '../shell/texts.ts';
import { useTexts } from '../texts/texts.ts';
import { signOut } from './sign-out.ts';

/** For a person who has joined no property yet. */
export function Nowhere() {
  const t = useTexts(texts);
  const client = useQueryClient();
  const navigate = useNavigate();
  return (
    <main id="main">
      <Empty title={t('nowhere')}>
        <p>{t('nowhereAdvice')}</p>
        <Button onClick={() => void signOut(client).then(() => navigate({ to: '/sign-in' }))}>{t('signOut')}</Button>
      </Empty>
    </main>
  );
}
