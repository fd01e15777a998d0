import type { Answer } from '@keyrack/sdk';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Failure } from '../page/failure.tsx';
import { isolated } from '../texts/isolated.ts';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import classes from './account.module.css';
import * as texts from './texts.ts';
import { WithPassword } from './with-password.tsx';

/** One passkey: what it is called, when it was used, and the way to rename or remove it. */
export function PasskeyRow({ passkey }: { readonly passkey: Answer<'getMyFactors'>['passkeys'][number] }) {
  const t = useTexts(texts);
  const times = useTimes();
  const client = useQueryClient();
  const [doing, setDoing] = useState<'nothing' | 'rename' | 'remove'>('nothing');
  const [name, setName] = useState(passkey.name);
  const known = async () => {
    await client.invalidateQueries({ queryKey: ['me'] });
    setDoing('nothing');
  };
  const rename = useMutation({
    mutationFn: () => keyrack.call('changePasskey', { passkey: passkey.id, name: name.trim() }),
    onSuccess: known,
  });
  const remove = useMutation({
    mutationFn: (currentPassword: string) => keyrack.call('removePasskey', { passkey: passkey.id, currentPassword }),
    onSuccess: known,
  });
  const cancel = () => {
    setDoing('nothing');
    setName(passkey.name);
    rename.reset();
    remove.reset();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '' && !rename.isPending) rename.mutate();
  };
  return (
    <li>
      <div className={classes.grow}>
        {doing === 'rename' ? (
          <form className={classes.form} onSubmit={send}>
            {rename.error !== null && !rename.isPending && <Failure error={rename.error} />}
            <TextInput
              aria-label={t('passkeys.name')}
              value={name}
              maxLength={60}
              autoFocus
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            <div className={classes.acts}>
              <Button type="submit" variant="filled" size="xs" loading={rename.isPending}>
                {t('passkeys.save')}
              </Button>
              <Button size="xs" onClick={cancel}>
                {t('cancel')}
              </Button>
            </div>
          </form>
        ) : (
          <>
            <b>
              <bdi>{passkey.name}</bdi>
            </b>
            <p>
              {t('passkeys.since', { at: times.day(passkey.createdAt) })} ·{' '}
              {passkey.lastUsedAt === null
                ? t('passkeys.neverUsed')
                : t('passkeys.used', { at: times.dayAndClock(passkey.lastUsedAt) })}
            </p>
          </>
        )}
        {doing === 'remove' && (
          <WithPassword
            act={t('passkeys.removeOf', { name: isolated(passkey.name) })}
            danger
            isBusy={remove.isPending}
            error={remove.error}
            onAct={remove.mutate}
            onCancel={cancel}
          />
        )}
      </div>
      {doing === 'nothing' && (
        <div className={classes.acts}>
          <Button size="xs" onClick={() => setDoing('rename')}>
            {t('passkeys.rename')}
          </Button>
          <Button size="xs" onClick={() => setDoing('remove')}>
            {t('passkeys.remove')}
          </Button>
        </div>
      )}
    </li>
  );
}
