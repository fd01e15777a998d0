import { etagOf, isProblem } from '@keyrack/sdk';
import { Button } from '@mantine/core';
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
import classes from './property.module.css';
import { PropertyFields, type TypedProperty } from './property-fields.tsx';
import * as texts from './texts.ts';
import { typedSince } from './typed-since.ts';

/** Number, name, time zone and check-out time of the property. */
export function PropertySettings() {
  const t = useTexts(texts);
  const { property } = useSession();
  const client = useQueryClient();
  const [changes, setChanges] = useState<Partial<TypedProperty>>({});
  const found = useQuery({
    queryKey: ['property', property.id],
    queryFn: () => keyrack.call('getProperty', { property: property.id }),
  });
  const save = useMutation({
    mutationFn: async (facts: Partial<TypedProperty>) => {
      const known = found.data === undefined ? undefined : etagOf(found.data);
      return keyrack.call('changeProperty', { property: property.id, ...facts }, { ...(known && { ifMatch: known }) });
    },
    async onSuccess(saved, sent) {
      keepAnswer(client, ['property', property.id], saved);
      setChanges((typed) => typedSince(typed, sent));
      await client.invalidateQueries({ queryKey: ['me'] });
    },
    onError(error) {
      if (!isProblem(error, 'changed-meanwhile')) return;
      setChanges({});
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
    if (isChanged && !save.isPending) save.mutate(changes);
  };
  const error = save.isPending ? null : save.error;
  return (
    <Panel title={t('settings')}>
      <form className={classes.form} onSubmit={send} noValidate>
        {isProblem(error, 'changed-meanwhile') ? (
          <Note meaning="warn" live="alert">
            {t('changedMeanwhile')}
          </Note>
        ) : (
          error !== null && <Failure error={error} />
        )}
        {save.isSuccess && !isChanged && (
          <Note meaning="good" live="status">
            {t('saved')}
          </Note>
        )}
        <PropertyFields typed={typed} change={(facts) => setChanges({ ...changes, ...facts })} error={error} strict />
        {typed.number !== number && <Note meaning="warn">{t('numberWarning')}</Note>}
        {typed.timeZone !== timeZone && <Note meaning="warn">{t('zoneWarning')}</Note>}
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
