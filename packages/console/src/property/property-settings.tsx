import type { Answer } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keepAnswer } from '../api/keep-answer.ts';
import { keyrack } from '../api/keyrack.ts';
import { changeSeen, isAsSeen, theirsOf } from '../conflict/change-seen.ts';
import * as conflict from '../conflict/texts.ts';
import { TheirsNote } from '../conflict/theirs-note.tsx';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { Panel } from '../page/page.tsx';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './property.module.css';
import { PropertyFields, type TypedProperty } from './property-fields.tsx';
import * as texts from './texts.ts';
import { typedSince } from './typed-since.ts';

/** Number, name, time zone and check-out time of the property. */
export function PropertySettings() {
  const t = useTexts(texts);
  const { property } = useSession();
  const client = useQueryClient();
  const c = useTexts(conflict);
  const [changes, setChanges] = useState<Partial<TypedProperty>>({});
  /** As it was when the first of the changes was typed. */
  const [seen, setSeen] = useState<TypedProperty | null>(null);
  const at = { property: property.id };
  const found = useQuery({
    queryKey: ['property', property.id],
    queryFn: () => keyrack.call('getProperty', { property: property.id }),
  });
  const save = useMutation({
    mutationFn: ({ facts, seen }: { readonly facts: Partial<TypedProperty>; readonly seen: TypedProperty }) =>
      changeSeen<Answer<'getProperty'>>({
        get: () => keyrack.call('getProperty', at),
        isSeen: (now) => isAsSeen<TypedProperty>(now, seen, Object.keys(facts) as (keyof TypedProperty)[]),
        change: (known) => keyrack.call('changeProperty', { ...at, ...facts }, { ifMatch: known }),
      }),
    async onSuccess(saved, { facts: sent }) {
      keepAnswer(client, ['property', property.id], saved);
      setChanges((typed) => typedSince(typed, sent));
      await client.invalidateQueries({ queryKey: ['me'] });
    },
    onError(error) {
      const now = theirsOf<TypedProperty>(error);
      if (now === null) return;
      // Whoever saves once more has seen it as it is now.
      setSeen(now);
      void found.refetch();
    },
  });
  if (found.data === undefined)
    return (
      <Panel title={t('settings')}>
        {found.error === null ? <Bones /> : <Failure error={found.error} onAgain={() => void found.refetch()} />}
      </Panel>
    );
  const { number, name, timeZone, checkOutTime } = found.data;
  const before: TypedProperty = { number, name, timeZone, checkOutTime };
  const typed = { ...before, ...changes };
  const isChanged = (Object.keys(before) as (keyof TypedProperty)[]).some((key) => typed[key] !== before[key]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && !save.isPending) save.mutate({ facts: changes, seen: seen ?? before });
  };
  const error = save.isPending ? null : save.error;
  const theirs = theirsOf<TypedProperty>(error);
  const change = (facts: Partial<TypedProperty>) => {
    if (Object.keys(changes).length === 0) setSeen(before);
    setChanges({ ...changes, ...facts });
  };
  const leave = () => {
    setChanges({});
    save.reset();
  };
  return (
    <Panel title={t('settings')}>
      <form className={classes.form} onSubmit={send} noValidate>
        {theirs === null && error !== null && <Failure error={error} />}
        {save.isSuccess && !isChanged && (
          <Note meaning="good" live="status">
            {t('saved')}
          </Note>
        )}
        <PropertyFields typed={typed} change={change} error={error} strict />
        {typed.number !== number && <Note meaning="warn">{t('numberWarning')}</Note>}
        {typed.timeZone !== timeZone && <Note meaning="warn">{t('zoneWarning')}</Note>}
        {theirs && (
          <TheirsNote
            now={[
              [t('name'), theirs.name],
              [t('number'), theirs.number],
              [t('timeZone'), theirs.timeZone],
              [t('checkOutTime'), theirs.checkOutTime],
            ]}
          />
        )}
        {isChanged && (
          <div className={classes.acts}>
            <Button type="submit" variant="filled" loading={save.isPending}>
              {theirs ? c('saveMine') : t('save')}
            </Button>
            {theirs && (
              <Button variant="subtle" onClick={leave}>
                {c('leaveTheirs')}
              </Button>
            )}
          </div>
        )}
      </form>
    </Panel>
  );
}
