import { Outlet } from '@tanstack/react-router';
import { Page } from '../page/page.tsx';
import { useTexts } from '../texts/texts.ts';
import * as texts from './texts.ts';

export function DeskPage() {
  const t = useTexts(texts);
  return (
    <Page title={t('title')}>
      <Outlet />
    </Page>
  );
}
