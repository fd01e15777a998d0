import { type Answer, isProblem } from '@keyrack/sdk';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { Copyable } from '../page/copy-button.tsx';
import { Panel } from '../page/page.tsx';
import { Chip } from '../state/chip.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import classes from './account.module.css';
import { QrCode } from './qr-code.tsx';
import * as texts from './texts.ts';
import { OwnFailure, WithPassword } from './with-password.tsx';

type Doing = 'nothing' | 'begin' | 'confirm' | 'remove' | 'added';

/** An app that shows one-time codes: added by a QR code and its first code, and removed. */
export function AuthenticatorApp(props: {
  readonly app: Answer<'getMyFactors'>['authenticator'];
  readonly hasCodes: boolean;
}) {
  const t = useTexts(texts);
  const times = useTimes();
  const client = useQueryClient();
  const [doing, setDoing] = useState<Doing>('nothing');
  const { app } = props;
  const known = () => client.invalidateQueries({ queryKey: ['me'] });
  const begin = useMutation({
    mutationFn: (currentPassword: string) => keyrack.call('createAuthenticator', { currentPassword }),
    onSuccess: () => setDoing('confirm'),
  });
  const confirm = useMutation({
    mutationFn: (code: string) => keyrack.call('confirmAuthenticator', { code }),
    async onSuccess() {
      await known();
      setDoing('added');
      begin.reset();
    },
  });
  const remove = useMutation({
    mutationFn: (currentPassword: string) => keyrack.call('removeAuthenticator', { currentPassword }),
    async onSuccess() {
      await known();
      setDoing('nothing');
    },
  });
  const cancel = () => {
    setDoing('nothing');
    for (const each of [begin, confirm, remove]) each.reset();
  };
  return (
    <Panel
      title={t('app.title')}
      end={
        app !== null && (
          <Chip meaning="good" icon="ok">
            {t('app.there', { since: times.day(app.createdAt) })}
          </Chip>
        )
      }
    >
      <div className={classes.part}>
        {doing === 'added' && (
          <Note meaning="good" live="status">
            <p>{t('app.added')}</p>
            {!props.hasCodes && <p>{t('app.codesNext')}</p>}
          </Note>
        )}
        {app === null && doing !== 'confirm' && <p className={classes.muted}>{t('app.none')}</p>}
        {app?.lastUsedAt && <p className={classes.muted}>{t('app.used', { at: times.dayAndClock(app.lastUsedAt) })}</p>}
        {doing === 'begin' && (
          <WithPassword
            act={t('app.begin')}
            isBusy={begin.isPending}
            error={begin.error}
            onAct={begin.mutate}
            onCancel={cancel}
          />
        )}
        {doing === 'confirm' && begin.data && (
          <Confirm
            made={begin.data}
            isBusy={confirm.isPending}
            error={confirm.error}
            onCode={confirm.mutate}
            onCancel={cancel}
          />
        )}
        {doing === 'remove' && (
          <WithPassword
            act={t('app.remove')}
            about={t('app.removeAbout')}
            danger
            isBusy={remove.isPending}
            error={remove.error}
            onAct={remove.mutate}
            onCancel={cancel}
          />
        )}
        {(doing === 'nothing' || doing === 'added') && (
          <div>
            {app === null ? (
              <Button onClick={() => setDoing('begin')}>{t('app.add')}</Button>
            ) : (
              <Button onClick={() => setDoing('remove')}>{t('app.remove')}</Button>
            )}
          </div>
        )}
      </div>
    </Panel>
  );
}

function Confirm(props: {
  readonly made: Answer<'createAuthenticator'>;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onCode: (code: string) => void;
  readonly onCancel: () => void;
}) {
  const t = useTexts(texts);
  const [code, setCode] = useState('');
  const { made, isBusy, error } = props;
  const isWrong = isProblem(error, 'factor-refused', 'invalid-request');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() !== '' && !isBusy) props.onCode(code);
  };
  if (made.uri === null || made.secret === null) return <Note meaning="warn">{t('app.gone')}</Note>;
  return (
    <form className={classes.part} onSubmit={send} noValidate>
      <p>{t('app.scan')}</p>
      <QrCode text={made.uri} label={t('app.qr')} />
      <p className={classes.muted}>{t('app.secret')}</p>
      <Copyable text={made.secret.replace(/(.{4})(?=.)/g, '$1 ')} what={t('app.copySecret')} />
      {error !== null && !isBusy && !isWrong && <OwnFailure error={error} />}
      <div className={classes.form}>
        <TextInput
          label={t('app.code')}
          value={code}
          error={isWrong && !isBusy ? t('app.wrongCode') : null}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
        />
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={isBusy}>
            {t('app.confirm')}
          </Button>
          <Button onClick={props.onCancel}>{t('cancel')}</Button>
        </div>
      </div>
    </form>
  );
}
