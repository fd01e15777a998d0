import { isProblem, isRefusal } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Failure } from '../page/failure.tsx';
import { PasswordField } from '../person/password-field.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { serverNow } from '../time/server-clock.ts';
import { useTimes } from '../time/times.ts';
import classes from './account.module.css';
import * as texts from './texts.ts';

/** Asks for one's own password again: whoever finds a browser open changes nothing of how one signs in. */
export function WithPassword(props: {
  readonly act: string;
  readonly about?: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onAct: (password: string) => void;
  readonly onCancel: () => void;
  readonly danger?: boolean;
  /** Further fields, above the password. */
  readonly children?: ReactNode;
}) {
  const t = useTexts(texts);
  const [password, setPassword] = useState('');
  const [strict, setStrict] = useState(false);
  const { error, isBusy } = props;
  const isWrong = isWrongPassword(error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setStrict(true);
    if (password !== '' && !isBusy) props.onAct(password);
  };
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      {props.about && <p>{props.about}</p>}
      {error !== null && error !== undefined && !isBusy && !isWrong && <OwnFailure error={error} />}
      {props.children}
      <PasswordField
        label={t('currentPassword')}
        value={password}
        error={isWrong && !isBusy ? t('wrongPassword') : strict && password === '' ? t('missing') : null}
        autoComplete="current-password"
        maxLength={1_000}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      <div className={classes.acts}>
        <Button type="submit" variant="filled" {...(props.danger && { color: 'bad' })} loading={isBusy}>
          {props.act}
        </Button>
        <Button onClick={props.onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  );
}

export function isWrongPassword(error: unknown): boolean {
  return isRefusal(error, 'creator-or-password');
}

/** Why a change of one's own was not made. */
export function OwnFailure({ error }: { readonly error: unknown }) {
  const t = useTexts(texts);
  const times = useTimes();
  if (isProblem(error, 'too-many-failures'))
    return (
      <Note meaning="bad" live="alert">
        {t('closed', { time: times.clock(serverNow() + (error.retryAfterMs ?? 60_000) + 59_000) })}
      </Note>
    );
  return <Failure error={error} />;
}
