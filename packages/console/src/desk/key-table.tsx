import { Button } from '@mantine/core';
import { type Ref, useId } from 'react';
import { useTexts } from '../texts/texts.ts';
import classes from './now.module.css';
import * as texts from './texts.ts';

/** Which key does what, at `?`. */
export function KeyTable({ dialog }: { readonly dialog: Ref<HTMLDialogElement> }) {
  const t = useTexts(texts);
  const title = useId();
  const rows = [
    [t('keyTable.searchKeys'), t('keyTable.search')],
    [t('keyTable.moveKeys'), t('keyTable.move')],
    ['Enter', t('keyTable.enter')],
    ...(['F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9'] as const).map((key) => [key, t(`keyTable.${key}`)]),
    ['Esc', t('keyTable.escape')],
    ['?', t('keyTable.table')],
  ];
  return (
    <dialog ref={dialog} className={classes.keys} aria-labelledby={title}>
      <h2 id={title}>{t('keys')}</h2>
      <dl>
        {rows.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <Button type="submit" size="xs">
          {t('close')}
        </Button>
      </form>
    </dialog>
  );
}
