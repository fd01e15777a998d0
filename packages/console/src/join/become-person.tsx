import { isProblem } from '@keyrack/sdk';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import classes from '../entrance/entrance.module.css';
import * as entranceTexts from '../entrance/texts.ts';
import { Failure } from '../page/failure.tsx';
import { LoginField } from '../person/login-field.tsx';
import { loginFields } from '../person/login-name.ts';
import { NewPassword, NO_PASSWORD } from '../person/new-password.tsx';
import { passwordFault } from '../person/password-rule.ts';
import { useFault } from '../problem/use-fault.ts';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import * as texts from './texts.ts';

/** For who signs in nowhere here yet: a name, what they sign in by, and a password of their own. */
export function BecomePerson(props: {
  readonly token: string;
  readonly name: string;
  readonly onJoined: () => Promise<void>;
  readonly onSignIn: () => void;
}) {
  const t = useTexts(texts);
  const entrance = useTexts(entranceTexts);
  const [name, setName] = useState(props.name);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState(NO_PASSWORD);
  const [strict, setStrict] = useState(false);
  const named = loginFields(login, '');
  const become = useMutation({
    mutationFn: (fields: NonNullable<typeof named>) =>
      keyrack.call('createPerson', {
        invitation: props.token,
        name: name.trim(),
        password: password.password,
        ...fields,
      }),
    onSuccess: props.onJoined,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setStrict(true);
    if (name.trim() === '' || named === null || passwordFault(password) !== null || become.isPending) return;
    become.mutate(named);
  };
  const error = become.isPending ? null : become.error;
  const faultAt = useFault(error);
  return (
    <form onSubmit={send} noValidate>
      <div className={classes.form}>
        <p className={classes.muted}>{t('become')}</p>
        {error !== null &&
          (isProblem(error, 'phone-taken', 'email-taken') ? (
            <Note meaning="warn" live="alert">
              {t('taken')}
            </Note>
          ) : (
            <Failure error={error} />
          ))}
        <TextInput
          label={entrance('name')}
          value={name}
          error={faultAt('name') ?? (strict && name.trim() === '' ? entrance('missing') : null)}
          autoComplete="name"
          maxLength={64}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <LoginField
          value={login}
          onChange={setLogin}
          strict={strict}
          error={faultAt('email') ?? faultAt('mobile') ?? faultAt('areaCode')}
        />
        <NewPassword first value={password} onChange={setPassword} strict={strict} />
        <div className={classes.actions}>
          <Button type="submit" variant="filled" size="md" loading={become.isPending}>
            {t('join')}
          </Button>
          <Button size="md" onClick={props.onSignIn}>
            {t('already')}
          </Button>
        </div>
      </div>
    </form>
  );
}
