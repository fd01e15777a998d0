import { isProblem } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import classes from '../entrance/entrance.module.css';
import { Entrance } from '../entrance/entrance.tsx';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { forgetTokenInAddress, tokenInAddress } from '../person/link-in-address.ts';
import { NewPassword, NO_PASSWORD } from '../person/new-password.tsx';
import { passwordFault } from '../person/password-rule.ts';
import { isolated } from '../texts/isolated.ts';
import { useTexts } from '../texts/texts.ts';
import * as texts from './texts.ts';

/** Where a link for a password leads: whoever has it sets the password, once. */
export function PasswordPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [token] = useState(tokenInAddress);
  const [password, setPassword] = useState(NO_PASSWORD);
  const [strict, setStrict] = useState(false);
  const link = useQuery({
    queryKey: ['link', token],
    enabled: token !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => keyrack.call('lookAtLink', { link: token ?? '' }),
  });
  const set = useMutation({
    mutationFn: () => keyrack.call('setPasswordByLink', { link: token ?? '', password: password.password }),
    onSuccess: forgetTokenInAddress,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setStrict(true);
    if (passwordFault(password) === null && !set.isPending) set.mutate();
  };
  const toSignIn = (
    <div className={classes.spaced}>
      <Button variant="filled" size="md" onClick={() => void navigate({ to: '/sign-in' })}>
        {t('signIn')}
      </Button>
    </div>
  );
  if (token === null)
    return (
      <Entrance title={t('title')} about={t('none')}>
        {toSignIn}
      </Entrance>
    );
  if (isProblem(link.error, 'link-over') || isProblem(set.error, 'link-over'))
    return (
      <Entrance title={t('over')} about={t('overAbout')}>
        {toSignIn}
      </Entrance>
    );
  if (link.error !== null)
    return (
      <Entrance title={t('title')}>
        <Failure error={link.error} onAgain={() => void link.refetch()} />
      </Entrance>
    );
  if (link.data === undefined) return <Bones />;
  const { to, name, property } = link.data;
  if (set.isSuccess)
    return (
      <Entrance title={t('done')} about={t('doneAbout')}>
        {property !== null && <p className={classes.about}>{t('doneMember', { property: isolated(property) })}</p>}
        {toSignIn}
      </Entrance>
    );
  if (to !== 'set-password' && to !== 'set-person-password')
    return (
      <Entrance title={t('title')} about={t('otherLink')}>
        {toSignIn}
      </Entrance>
    );
  const named = { name: isolated(name ?? '') };
  return (
    <Entrance
      title={t('title')}
      about={property === null ? t('about', named) : t('aboutAt', { ...named, property: isolated(property) })}
    >
      <form onSubmit={send} noValidate>
        <div className={classes.form}>
          {set.error !== null && !set.isPending && <Failure error={set.error} />}
          <NewPassword value={password} onChange={setPassword} strict={strict} />
          <div className={classes.actions}>
            <Button type="submit" variant="filled" size="md" loading={set.isPending}>
              {t('set')}
            </Button>
          </div>
        </div>
      </form>
    </Entrance>
  );
}
