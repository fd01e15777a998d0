import type { Operation } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { operationOf } from '../operation/stage/follow.ts';
import { Failure } from '../page/failure.tsx';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './operation-detail.module.css';
import * as texts from './texts.ts';

/** Withdraws what waits, or writes off what is unknown, where the role may: what it means is said before it is done. */
export function EndIt({ operation }: { readonly operation: Operation }) {
  const t = useTexts(texts);
  const { property, can } = useSession();
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const { id, state, held } = operation;
  const way =
    state === 'accepted' && !held && can('operations.write')
      ? ('withdraw' as const)
      : state === 'unknown' && can('operations.settle')
        ? ('writeOff' as const)
        : null;
  const end = useMutation({
    mutationFn: (how: 'withdraw' | 'writeOff') => keyrack.operations[how]({ property: property.id, operation: id }),
    onSuccess: (ended) => client.setQueryData(operationOf(property.id, id).queryKey, ended),
    onSettled: () => client.invalidateQueries({ queryKey: ['operations', property.id] }),
  });
  if (way === null) return end.isError ? <Failure error={end.error} /> : null;
  if (!asks)
    return (
      <div className={classes.ask}>
        <div className={classes.buttons}>
          <Button onClick={() => setAsks(true)}>{t(way)}</Button>
        </div>
      </div>
    );
  return (
    <div className={classes.ask}>
      <Note meaning="warn" live="status">
        {t(way === 'withdraw' ? 'withdrawAsk' : 'writeOffAsk')}
      </Note>
      <div className={classes.buttons}>
        <Button
          variant="filled"
          color={way === 'withdraw' ? 'accent' : 'bad'}
          loading={end.isPending}
          onClick={() => end.mutate(way)}
        >
          {t(way === 'withdraw' ? 'withdrawIt' : 'writeOffIt')}
        </Button>
        <Button onClick={() => setAsks(false)}>{t('keep')}</Button>
      </div>
      {end.isError && <Failure error={end.error} />}
    </div>
  );
}
