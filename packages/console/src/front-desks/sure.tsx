import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure } from '../page/failure.tsx';
import { useFirstFocus } from '../page/use-first-focus.ts';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './front-desks.module.css';
import * as texts from './texts.ts';

/** Says what ends before it is done, in the place that it concerns. */
export function Sure(props: {
  readonly what: string;
  readonly children: ReactNode;
  act(): Promise<unknown>;
  onDone(): void;
}) {
  const t = useTexts(texts);
  const first = useFirstFocus<HTMLButtonElement>();
  const acting = useMutation({ mutationFn: props.act, onSuccess: props.onDone });
  return (
    <Note meaning="warn">
      {props.children}
      <div className={classes.buttons}>
        <Button color="bad" loading={acting.isPending} onClick={() => acting.mutate()}>
          {props.what}
        </Button>
        <Button ref={first} onClick={props.onDone}>
          {t('leave')}
        </Button>
      </div>
      {acting.error !== null && <Failure error={acting.error} />}
    </Note>
  );
}
