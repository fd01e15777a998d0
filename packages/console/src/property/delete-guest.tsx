import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Failure } from '../page/failure.tsx';
import { Panel } from '../page/page.tsx';
import { readLoginName } from '../person/login-name.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { isolated } from '../texts/isolated.ts';
import { useTexts } from '../texts/texts.ts';
import classes from './property.module.css';
import * as texts from './texts.ts';

/** Deletes what is kept of one guest, by their phone. It is asked once more before it is done. */
export function DeleteGuest() {
  const t = useTexts(texts);
  const { property } = useSession();
  const client = useQueryClient();
  const [phone, setPhone] = useState('');
  const [step, setStep] = useState<'typing' | 'wrong' | 'sure'>('typing');
  const name = readLoginName(phone);
  const guest = name.kind === 'mobile' ? { areaCode: name.areaCode, mobile: name.mobile } : null;
  const remove = useMutation({
    mutationFn: (given: NonNullable<typeof guest>) =>
      keyrack.call('deleteGuestData', { property: property.id, ...given }),
    async onSuccess() {
      setPhone('');
      setStep('typing');
      await client.invalidateQueries({ predicate: ({ queryKey: [topic] }) => topic !== 'me' });
    },
  });
  const ask = (event: FormEvent) => {
    event.preventDefault();
    remove.reset();
    setStep(guest === null ? 'wrong' : 'sure');
  };
  return (
    <Panel title={t('guests.deleteTitle')}>
      <form className={classes.form} onSubmit={ask} noValidate>
        <p className={classes.muted}>{t('guests.deleteAbout')}</p>
        {remove.error !== null && !remove.isPending && <Failure error={remove.error} />}
        {remove.data && (
          <Note meaning="good" live="status">
            <p>{t('guests.deleted', { count: remove.data.records })}</p>
            {!remove.data.complete && <p>{t('guests.more')}</p>}
          </Note>
        )}
        <TextInput
          type="tel"
          label={t('guests.phone')}
          value={phone}
          error={step === 'wrong' ? t('guests.phoneWrong') : null}
          autoComplete="off"
          maxLength={40}
          onChange={({ currentTarget }) => {
            setPhone(currentTarget.value);
            setStep('typing');
          }}
        />
        {step === 'sure' && guest !== null ? (
          <>
            <Note meaning="warn" live="status">
              {t('guests.sureAbout', { phone: isolated(`+${guest.areaCode} ${guest.mobile}`) })}
            </Note>
            <div className={classes.acts}>
              <Button variant="filled" color="bad" loading={remove.isPending} onClick={() => remove.mutate(guest)}>
                {t('guests.sure')}
              </Button>
              <Button onClick={() => setStep('typing')}>{t('guests.cancel')}</Button>
            </div>
          </>
        ) : (
          <div className={classes.acts}>
            <Button type="submit">{t('guests.ask')}</Button>
          </div>
        )}
      </form>
    </Panel>
  );
}
