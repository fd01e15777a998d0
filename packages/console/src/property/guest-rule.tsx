import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keepAnswer } from '../api/keep-answer.ts';
import { keyrack } from '../api/keyrack.ts';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { Panel } from '../page/page.tsx';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { daysOf } from './kept-days.ts';
import classes from './property.module.css';
import * as texts from './texts.ts';

/** For how many days after a stay the names and phones of guests are kept. */
export function GuestRule() {
  const t = useTexts(texts);
  const { property } = useSession();
  const client = useQueryClient();
  const queryKey = ['guests', property.id, 'rule'];
  const rule = useQuery({ queryKey, queryFn: () => keyrack.call('getGuestDataRule', { property: property.id }) });
  /** Null where nothing was typed. */
  const [typed, setTyped] = useState<string | 'forever' | null>(null);
  const save = useMutation({
    mutationFn: (keptDays: number | null) => keyrack.call('setGuestDataRule', { property: property.id, keptDays }),
    onSuccess(saved, sent) {
      keepAnswer(client, queryKey, saved);
      // What was typed while it was being saved stays.
      setTyped((typed) => (typed !== null && daysTyped(typed) !== sent ? typed : null));
    },
  });
  if (rule.data === undefined)
    return (
      <Panel title={t('guests.title')}>
        {rule.error === null ? <Bones rows={2} /> : <Failure error={rule.error} onAgain={() => void rule.refetch()} />}
      </Panel>
    );
  const before = rule.data.keptDays;
  const text = typed ?? (before === null ? 'forever' : String(before));
  const isForever = text === 'forever';
  const days = daysTyped(text);
  const isChanged = typed !== null && days !== before;
  const isShorter = typeof days === 'number' && (before === null || days < before);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && days !== 'wrong' && !save.isPending) save.mutate(days);
  };
  return (
    <Panel title={t('guests.title')}>
      <form className={classes.form} onSubmit={send} noValidate>
        <p className={classes.muted}>{t('guests.about')}</p>
        {save.error !== null && !save.isPending && <Failure error={save.error} />}
        {save.isSuccess && !isChanged && (
          <Note meaning="good" live="status">
            {t('saved')}
          </Note>
        )}
        <Checkbox
          label={t('guests.forever')}
          checked={isForever}
          onChange={({ currentTarget }) => setTyped(currentTarget.checked ? 'forever' : String(before ?? 90))}
        />
        {!isForever && (
          <TextInput
            label={t('guests.keptDays')}
            value={text}
            error={days === 'wrong' ? t('guests.wrongDays') : null}
            inputMode="numeric"
            maxLength={5}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
        {isChanged && isShorter && <Note meaning="warn">{t('guests.shorter')}</Note>}
        {isChanged && (
          <div className={classes.acts}>
            <Button type="submit" variant="filled" loading={save.isPending}>
              {t('save')}
            </Button>
          </div>
        )}
      </form>
    </Panel>
  );
}

function daysTyped(text: string | 'forever') {
  return text === 'forever' ? null : daysOf(text);
}
