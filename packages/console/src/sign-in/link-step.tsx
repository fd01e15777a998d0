import { isProblem } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import classes from '../entrance/entrance.module.css';
import { Entrance } from '../entrance/entrance.tsx';
import { Failure } from '../page/failure.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import type { CreatedSession } from './created-session.ts';
import { openByLink } from './one-time-link.ts';
import * as texts from './texts.ts';

/** Signs in by a one-time link as soon as it is opened. */
export function LinkStep(props: {
  readonly link: string;
  readonly onOpened: (session: CreatedSession) => void;
  readonly onPassword: () => void;
}) {
  const t = useTexts(texts);
  const { link, onOpened } = props;
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let isHere = true;
    openByLink(link).then(
      (session) => isHere && onOpened(session),
      (failure: unknown) => isHere && setError(failure),
    );
    return () => {
      isHere = false;
    };
  }, [link, onOpened]);
  if (error === null)
    return (
      <Entrance title={t('linkTitle')}>
        <p className={classes.about} role="status">
          {t('linkWait')}
        </p>
      </Entrance>
    );
  return (
    <Entrance title={t('title')}>
      <div className={classes.spaced}>
        {isProblem(error, 'link-over') ? (
          <Note meaning="warn" live="alert">
            <p>{t('linkOver')}</p>
            <p>{t('linkOverAdvice')}</p>
          </Note>
        ) : (
          <Failure error={error} />
        )}
        <Button variant="filled" size="md" onClick={props.onPassword}>
          {t('withPassword')}
        </Button>
      </div>
    </Entrance>
  );
}
