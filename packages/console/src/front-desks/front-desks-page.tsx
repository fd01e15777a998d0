import { Columns, Page, Panel } from '../page/page.tsx';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { Pairing } from './pairing/pairing.tsx';
import * as texts from './texts.ts';

export function FrontDesksPage() {
  const t = useTexts(texts);
  const { can } = useSession();
  return (
    <Page title={t('title')}>
      <Columns>
        <div />
        {can('agents.write') && (
          <Panel title={t('pair')}>
            <Pairing />
          </Panel>
        )}
      </Columns>
    </Page>
  );
}
