import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Panel } from '../page/page.tsx';
import { NewPassword, NO_PASSWORD } from '../person/new-password.tsx';
import { passwordFault } from '../person/password-rule.ts';
import { tellSessionChange } from '../session/session-news.ts';
import { useTexts } from '../texts/texts.ts';
import classes from './account.module.css';
import * as texts from './texts.ts';
import { WithPassword } from './with-password.tsx';

/** One's own password. A new one ends every session, so that one signs in with it at once. */
export function OwnPassword() {
  const t = useTexts(texts);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState(NO_PASSWORD);
  const [strict, setStrict] = useState(false);
  const set = useMutation({
    mutationFn: (currentPassword: string) =>
      keyrack.call('setMyPassword', { currentPassword, password: typed.password }),
    async onSuccess() {
      client.clear();
      tellSessionChange();
      await navigate({ to: '/sign-in', search: { back: '/account' } });
    },
  });
  return (
    <Panel title={t('password.title')}>
      <div className={classes.part}>
        {!isOpen && <p className={classes.muted}>{t('password.about')}</p>}
        {isOpen ? (
          <WithPassword
            act={t('password.set')}
            about={t('password.about')}
            isBusy={set.isPending}
            error={set.error}
            onAct={(password) => {
              setStrict(true);
              if (passwordFault(typed) === null) set.mutate(password);
            }}
            onCancel={() => {
              setOpen(false);
              setTyped(NO_PASSWORD);
              setStrict(false);
              set.reset();
            }}
          >
            <NewPassword value={typed} onChange={setTyped} strict={strict} />
          </WithPassword>
        ) : (
          <div>
            <Button onClick={() => setOpen(true)}>{t('password.change')}</Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
