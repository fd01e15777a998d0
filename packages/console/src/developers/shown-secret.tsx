import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Copyable } from '../page/copy-button.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './developers.module.css';
import * as texts from './texts.ts';

/** A secret that nobody can see again: to be copied now. */
export function ShownSecret(props: {
  /** What it is and whose, e.g. "The token of Demo PMS". */
  readonly title: string;
  /** Null where the server shows it no longer. */
  readonly secret: string | null;
  readonly children?: ReactNode;
  onKept(): void;
}) {
  const t = useTexts(texts);
  const { secret } = props;
  return (
    <Note meaning={secret === null ? 'warn' : 'good'} live="status">
      <div className={classes.stack}>
        <b>{props.title}</b>
        <p>{t(secret === null ? 'notShown' : 'shownOnce')}</p>
        {secret !== null && <Copyable text={secret} what={props.title} />}
        {props.children}
        <div>
          <Button size="xs" onClick={props.onKept}>
            {t('kept')}
          </Button>
        </div>
      </div>
    </Note>
  );
}
