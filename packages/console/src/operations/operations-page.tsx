import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { ExportButton } from '../csv/export-button.tsx';
import { Page, Panel } from '../page/page.tsx';
import { useTexts } from '../texts/texts.ts';
import { Attention } from './attention.tsx';
import { Filters } from './filters.tsx';
import { OperationDetail } from './operation-detail.tsx';
import { OperationList } from './operation-list.tsx';
import classes from './operations-page.module.css';
import { filtersOf, type OperationsSearch, type SearchChange } from './operations-search.ts';
import * as texts from './texts.ts';
import { useOperationsFile } from './use-operations-file.ts';

/** Every operation of the property: what needs attention first, then all of them, and one of them step by step. */
export function OperationsPage() {
  const t = useTexts(texts);
  const search = useSearch({ from: '/signed-in/operations' });
  const { operation } = search;
  const filters = useMemo(() => filtersOf(search), [search]);
  const key = JSON.stringify(filters);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same filters are the same list, whatever is chosen beside it.
  const filtered = useMemo(() => filters, [key]);
  const navigate = useNavigate({ from: '/operations' });
  const change = useCallback(
    (next: SearchChange, replace = false) =>
      void navigate({ search: (before) => without({ ...before, ...next }), replace, resetScroll: false }),
    [navigate],
  );
  const choose = useCallback((id: string | undefined) => change({ operation: id }), [change]);
  const file = useOperationsFile(filtered);
  return (
    <Page title={t('title')} about={t('about')} actions={<ExportButton label={t('csv')} file={file} />}>
      <Attention onChoose={choose} />
      <div className={classes.columns} data-chosen={operation !== undefined}>
        <Panel label={t('list')}>
          <Filters
            search={filtered}
            onChange={change}
            onClear={() => void navigate({ search: operation === undefined ? {} : { operation } })}
          />
          <OperationList search={filtered} chosen={operation} onChoose={choose} />
        </Panel>
        {operation !== undefined && (
          <div className={classes.beside}>
            <OperationDetail
              key={operation}
              id={operation}
              onClose={() => choose(undefined)}
              onRoom={(room) => change({ room })}
            />
          </div>
        )}
      </div>
    </Page>
  );
}

/** An address tells no filter that isn't set. */
function without(search: SearchChange): OperationsSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''));
}
