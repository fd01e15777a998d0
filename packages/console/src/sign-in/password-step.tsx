import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import classes from '../entrance/entrance.module.css';
import { Entrance } from '../entrance/entrance.tsx';
import { Icon } from '../icon/icon.tsx';
import { loginFields, readLoginName } from '../person/login-name.ts';
import { PasswordField } from '../person/password-field.tsx';
import { knowsPasskeys, showPasskey } from '../person/show-passkey.ts';
import { Note } from '../state/note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import type { CreatedSession } from './created-session.ts';
import { keepProperty, keptProperty } from './kept-way.ts';
import { SignInFailure } from './sign-in-failure.tsx';
import * as texts from './texts.ts';

/** Phone or e-mail and password, or a passkey alone. */
export function PasswordStep(props: {
  /** Why one stands here: the sign-in took too long, or the session has ended. */
  readonly note: 'over' | 'ended' | null;
  readonly onOpened: (session: CreatedSession) => void;
}) {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const [kept] = useState(keptProperty);
  const [by, setBy] = useState<'person' | 'property'>(kept === null ? 'person' : 'property');
  const [login, setLogin] = useState('');
  const [code, setCode] = useState(language === 'zh' ? '86' : '');
  const [property, setProperty] = useState(kept ?? '');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const name = readLoginName(login);
  const named = loginFields(login, code);

  const byPassword = useMutation({
    mutationFn: (named: NonNullable<ReturnType<typeof loginFields>>) =>
      keyrack.call('createSession', { ...named, password, ...(by === 'property' && { property: property.trim() }) }),
    onSuccess(session) {
      keepProperty(by === 'property' ? property.trim() : null);
      props.onOpened(session);
    },
  });
  const byPasskey = useMutation({
    mutationFn: async () => keyrack.call('createPasskeySession', { passkey: await showPasskey(null) }),
    onSuccess: props.onOpened,
  });
  const isBusy = byPassword.isPending || byPasskey.isPending;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    byPasskey.reset();
    if (isBusy || named === null || password === '' || (by === 'property' && property.trim() === '')) return;
    byPassword.mutate(named);
  };
  const missing = (value: string) => (tried && value.trim() === '' ? t('missing') : null);
  const loginError = tried && login.trim() !== '' && name.kind === 'unclear' ? t('loginUnclear') : missing(login);

  return (
    <Entrance title={t('title')}>
      <form onSubmit={send} noValidate>
        <div className={classes.form}>
          {props.note !== null && !byPassword.isPending && byPassword.error === null && (
            <Note meaning="warn" live="status">
              {t(props.note)}
            </Note>
          )}
          {byPassword.error !== null && !isBusy && <SignInFailure error={byPassword.error} by={by} />}
          {byPasskey.error !== null && !isBusy && <SignInFailure error={byPasskey.error} by="person" />}
          {by === 'property' && (
            <TextInput
              label={t('property')}
              value={property}
              error={missing(property)}
              maxLength={36}
              autoComplete="organization"
              spellCheck={false}
              onChange={({ currentTarget }) => setProperty(currentTarget.value)}
            />
          )}
          <TextInput
            label={t('login')}
            name="username"
            value={login}
            error={loginError}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            onChange={({ currentTarget }) => setLogin(currentTarget.value)}
          />
          {name.kind === 'bare-mobile' && (
            <TextInput
              label={t('countryCode')}
              value={code}
              error={tried && named === null ? t('countryCodeWrong') : null}
              inputMode="tel"
              autoComplete="tel-country-code"
              maxLength={6}
              onChange={({ currentTarget }) => setCode(currentTarget.value)}
            />
          )}
          <PasswordField
            label={t('password')}
            name="password"
            value={password}
            error={tried && password === '' ? t('missing') : null}
            autoComplete="current-password"
            maxLength={1_000}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          />
          <div className={classes.actions}>
            <Button
              type="submit"
              variant="filled"
              size="md"
              loading={byPassword.isPending}
              disabled={byPasskey.isPending}
            >
              {t('signIn')}
            </Button>
            {by === 'person' && knowsPasskeys() && (
              <>
                <span className={classes.or}>{t('or')}</span>
                <Button
                  size="md"
                  leftSection={<Icon name="key" />}
                  loading={byPasskey.isPending}
                  disabled={byPassword.isPending}
                  onClick={() => {
                    byPassword.reset();
                    byPasskey.mutate();
                  }}
                >
                  {t('passkey')}
                </Button>
              </>
            )}
          </div>
          <div className={classes.aside}>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                // What was said of the other way isn't true of this one.
                byPassword.reset();
                byPasskey.reset();
                setTried(false);
                setBy(by === 'person' ? 'property' : 'person');
              }}
            >
              {t(by === 'person' ? 'ofProperty' : 'asPerson')}
            </Button>
          </div>
          {by === 'property' && <p className={classes.muted}>{t('ofPropertyHint')}</p>}
        </div>
      </form>
    </Entrance>
  );
}
