import { Page } from '../page/page.tsx';
import { useTexts } from '../texts/texts.ts';
import * as texts from './texts.ts';

export function ReadPage() {
  const t = useTexts(texts);
  return <Page title={t('title')}>{null}</Page>;
}
