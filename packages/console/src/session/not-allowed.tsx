import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Empty, Hidden } from '../page/page.tsx';
import * as texts from '../shell/texts.ts';
import { useTexts } from '../texts/texts.ts';

/** For an address that one's role leads nowhere near, such as somebody else's bookmark. */
export function NotAllowed() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  return (
    <main id="main">
      <Hidden>
        <h1>{t('notAllowed')}</h1>
      </Hidden>
      <Empty title={t('notAllowed')}>
        <p>{t('notAllowedAdvice')}</p>
        <Button onClick={() => void navigate({ to: '/' })}>{t('home')}</Button>
      </Empty>
    </main>
  );
}
