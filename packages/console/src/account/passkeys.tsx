import type { Answer } from '@keyrack/sdk';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Panel } from '../page/page.tsx';
import { knowsPasskeys, makePasskey, PasskeyNotShown } from '../person/show-passkey.ts';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './account.module.css';
import { PasskeyRow } from './passkey-row.tsx';
import * as texts from './texts.ts';
import { WithPassword } from './with-password.tsx';

type Passkey = Answer<'getMyFactors'>['passkeys'][number];

/** Keys of devices: added in this browser, named and removed. */
export function Passkeys({ passkeys }: { readonly passkeys: readonly Passkey[] }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const [name, setName] = useState('');
  const [strict, setStrict] = useState(false);
  const close = () => {
    setAdding(false);
    setName('');
    setStrict(false);
    add.reset();
  };
  const add = useMutation({
    async mutationFn(currentPassword: string) {
      const options = await keyrack.call('beginPasskey', { currentPassword });
      const passkey = await makePasskey(options);
      return keyrack.call('createPasskey', { name: name.trim(), passkey });
    },
    async onSuccess() {
      await client.invalidateQueries({ queryKey: ['me'] });
      close();
    },
  });
  const notMade = add.error instanceof PasskeyNotShown;
  return (
    <Panel title={t('passkeys.title')}>
      <div className={classes.part}>
        <p className={classes.muted}>{t('passkeys.about')}</p>
        {passkeys.length === 0 && <p>{t('passkeys.none')}</p>}
        {passkeys.length > 0 && (
          <ul className={classes.list}>
            {passkeys.map((passkey) => (
              <PasskeyRow key={passkey.id} passkey={passkey} />
            ))}
          </ul>
        )}
        {!knowsPasskeys() && <Note meaning="calm">{t('passkeys.unknown')}</Note>}
        {isAdding && (
          <>
            {notMade && !add.isPending && (
              <Note meaning="warn" live="alert">
                {t('passkeys.notMade')}
              </Note>
            )}
            <WithPassword
              act={t('passkeys.begin')}
              isBusy={add.isPending}
              error={notMade ? null : add.error}
              onAct={(password) => {
                setStrict(true);
                if (name.trim() !== '') add.mutate(password);
              }}
              onCancel={close}
            >
              <TextInput
                label={t('passkeys.name')}
                description={t('passkeys.nameHint')}
                value={name}
                error={strict && name.trim() === '' ? t('missing') : null}
                autoComplete="off"
                maxLength={60}
                onChange={({ currentTarget }) => setName(currentTarget.value)}
              />
            </WithPassword>
          </>
        )}
        {!isAdding && knowsPasskeys() && (
          <div>
            <Button onClick={() => setAdding(true)}>{t('passkeys.add')}</Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
