import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { ExportButton } from '../csv/export-button.tsx';
import { withoutUndefined } from '../operations/operations-search.ts';
import { OneOf } from '../page/one-of.tsx';
import { Columns, Page, Panel } from '../page/page.tsx';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { AuditFilters } from './audit-filters.tsx';
import type { AuditChange, AuditSearch } from './audit-search.ts';
import { Chain } from './chain.tsx';
import { logFile } from './log-file.ts';
import { Records } from './records.tsx';
import * as texts from './texts.ts';

/** Who did what, in words; and the proof that nobody changed the record of it. */
export function AuditPage() {
  const t = useTexts(texts);
  const { property, me, can } = useSession();
  const given = useSearch({ from: '/signed-in/audit' });
  const mayInstallation = me.person?.owner === true || can('installation.owner');
  const key = JSON.stringify(given);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same search is the same list.
  const search = useMemo<AuditSearch>(() => {
    const { log, ...filters } = withoutUndefined(given);
    return mayInstallation && log !== undefined ? { ...filters, log } : filters;
  }, [key, mayInstallation]);
  const navigate = useNavigate({ from: '/audit' });
  const change = useCallback(
    (next: AuditChange) =>
      void navigate({
        search: (before) =>
          Object.fromEntries(Object.entries({ ...before, ...next }).filter(([, value]) => value !== undefined)),
        resetScroll: false,
      }),
    [navigate],
  );
  const { log } = search;
  return (
    <Page
      title={t('title')}
      about={t('about')}
      actions={
        <>
          {mayInstallation && (
            <OneOf
              label={t('log')}
              value={log ?? 'property'}
              choices={[
                { value: 'property', label: t('ofProperty') },
                { value: 'installation', label: t('ofInstallation') },
              ]}
              onChange={(each) => void navigate({ search: each === 'property' ? {} : { log: each } })}
            />
          )}
          <ExportButton label={t('exportLog')} file={() => logFile(property, log)} />
        </>
      }
    >
      <Columns>
        <Panel label={t('list')}>
          <AuditFilters
            search={search}
            onChange={change}
            onClear={() => void navigate({ search: log === undefined ? {} : { log } })}
          />
          <Records key={JSON.stringify(search)} search={search} />
        </Panel>
        <div>
          <Chain log={log} />
        </div>
      </Columns>
    </Page>
  );
}
