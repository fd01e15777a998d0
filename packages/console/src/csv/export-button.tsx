import { Button } from '@mantine/core';
import { Icon } from '../icon/icon.tsx';
import { Failure } from '../page/failure.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './export-button.module.css';
import * as texts from './texts.ts';
import { type ExportedFile, useExport } from './use-export.ts';

/** Saves rows as a file. A long one says how far it has come, and can be given up. */
export function ExportButton({ label, file }: { readonly label: string; readonly file: () => ExportedFile }) {
  const t = useTexts(texts);
  const { state, start, stop } = useExport();
  if (state.kind === 'running')
    return (
      <span className={classes.running}>
        <span role="status">{t('rows', { rows: state.rows })}</span>
        <Button onClick={stop}>{t('giveUp')}</Button>
      </span>
    );
  return (
    <>
      <Button leftSection={<Icon name="download" />} onClick={() => void start(file())}>
        {label}
      </Button>
      {state.kind === 'failed' && <Failure error={state.error} />}
    </>
  );
}
