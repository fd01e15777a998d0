import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useDeskKey } from '../desk/keys.ts';
import { Note } from '../state/note.tsx';
import { Failure } from './failure.tsx';
import classes from './sure.module.css';
import { useFirstFocus } from './use-first-focus.ts';

/** Says what ends before it is done, in the place that it concerns. */
export function Sure(props: {
  readonly what: string;
  readonly leave: string;
  readonly children: ReactNode;
  act(): Promise<unknown>;
  onDone(): void;
}) {
  const first = useFirstFocus<HTMLButtonElement>();
  const acting = useMutation({ mutationFn: props.act, onSuccess: props.onDone });
  useDeskKey('Escape', 'part', props.onDone);
  return (
    <Note meaning="warn">
      <div className={classes.stack}>
        <div>{props.children}</div>
        <div className={classes.buttons}>
          <Button color="bad" loading={acting.isPending} onClick={() => acting.mutate()}>
            {props.what}
          </Button>
          <Button ref={first} onClick={props.onDone}>
            {props.leave}
          </Button>
        </div>
        {acting.error !== null && <Failure error={acting.error} />}
      </div>
    </Note>
  );
}
