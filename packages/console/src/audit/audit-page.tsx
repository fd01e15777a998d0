import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { ExportButton } from '../csv/export-button.tsx';
import plots from '../dashboard/plots/plots.module.css';
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
    const { log, ...filters } = given;
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
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent.
            <span role="group" aria-label={t('log')} className={plots.choice}>
              {([undefined, 'installation'] as const).map((each) => (
                <button
                  key={each ?? 'property'}
                  type="button"
                  aria-pressed={log === each}
                  onClick={() => void navigate({ search: each === undefined ? {} : { log: each } })}
                >
                  {t(each === undefined ? 'ofProperty' : 'ofInstallation')}
                </button>
              ))}
            </span>
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
