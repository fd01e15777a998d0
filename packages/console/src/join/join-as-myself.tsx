import { isProblem } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import classes from '../entrance/entrance.module.css';
import { Failure } from '../page/failure.tsx';
import { Note } from '../state/note.tsx';
import { isolated } from '../texts/isolated.ts';
import { useTexts } from '../texts/texts.ts';
import * as texts from './texts.ts';

/** For who is signed in already: one press joins another membership. */
export function JoinAsMyself(props: {
  readonly token: string;
  readonly name: string;
  readonly onJoined: () => Promise<void>;
  readonly onSomebodyElse: () => void;
}) {
  const t = useTexts(texts);
  const name = isolated(props.name);
  const join = useMutation({
    mutationFn: () => keyrack.call('joinMembership', { invitation: props.token }),
    onSuccess: props.onJoined,
  });
  return (
    <div className={classes.spaced}>
      <p>{t('signedInAs', { name })}</p>
      {join.error !== null &&
        !join.isPending &&
        (isProblem(join.error, 'already-there') ? (
          <Note meaning="warn" live="alert">
            {t('alreadyThere')}
          </Note>
        ) : (
          <Failure error={join.error} />
        ))}
      <Button variant="filled" size="md" loading={join.isPending} onClick={() => join.mutate()}>
        {t('joinAs', { name })}
      </Button>
      <Button variant="subtle" size="compact-sm" onClick={props.onSomebodyElse}>
        {t('somebodyElse')}
      </Button>
    </div>
  );
}
