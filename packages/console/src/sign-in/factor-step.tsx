import { isProblem } from '@keyrack/sdk';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import classes from '../entrance/entrance.module.css';
import { Entrance } from '../entrance/entrance.tsx';
import { Icon } from '../icon/icon.tsx';
import { knowsPasskeys, showPasskey } from '../person/show-passkey.ts';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import type { CreatedSession } from './created-session.ts';
import { SignInFailure } from './sign-in-failure.tsx';
import * as texts from './texts.ts';

type Kind = CreatedSession['factors'][number];

const OFFERS = { passkey: 'usePasskey', authenticator: 'useCode', 'recovery-code': 'useRecoveryCode' } as const;

/** What somebody has besides their password: the code of an app, a passkey, or a recovery code. */
export function FactorStep(props: {
  readonly session: CreatedSession;
  readonly onOpened: (session: CreatedSession) => void;
  readonly onOver: () => void;
  readonly onAgain: () => void;
}) {
  const t = useTexts(texts);
  const { session, onOver } = props;
  const offered = session.factors.filter((kind) => kind !== 'passkey' || knowsPasskeys());
  const [kind, setKind] = useState<Kind>(() => firstOf(offered));
  const [code, setCode] = useState('');
  const opening = useMutation({
    async mutationFn() {
      const half = session.token ?? '';
      const shown = code.replace(/\s/g, '');
      switch (kind) {
        case 'passkey':
          return keyrack.call('openSession', { session: half, passkey: await showPasskey(half) });
        case 'authenticator':
          return keyrack.call('openSession', { session: half, code: shown });
        case 'recovery-code':
          return keyrack.call('openSession', { session: half, recoveryCode: shown });
      }
    },
    onSuccess: props.onOpened,
    onError(error) {
      if (isProblem(error, 'sign-in-over')) onOver();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!opening.isPending && (kind === 'passkey' || code.trim() !== '')) opening.mutate();
  };
  const choose = (next: Kind) => {
    setKind(next);
    setCode('');
    opening.reset();
  };
  return (
    <Entrance title={t('factorTitle')}>
      <form onSubmit={send} noValidate>
        <div className={classes.form}>
          {opening.error !== null && !opening.isPending && <FactorFailure error={opening.error} kind={kind} />}
          {kind === 'authenticator' && (
            <TextInput
              key={kind}
              label={t('code')}
              description={t('codeHint')}
              value={code}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={10}
              autoFocus
              onChange={({ currentTarget }) => setCode(currentTarget.value)}
            />
          )}
          {kind === 'recovery-code' && (
            <TextInput
              key={kind}
              label={t('recoveryCode')}
              description={t('recoveryCodeHint')}
              value={code}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={40}
              autoFocus
              onChange={({ currentTarget }) => setCode(currentTarget.value)}
            />
          )}
          <div className={classes.actions}>
            <Button
              type="submit"
              variant="filled"
              size="md"
              loading={opening.isPending}
              leftSection={kind === 'passkey' ? <Icon name="key" /> : null}
            >
              {t(kind === 'passkey' ? 'factorPasskey' : 'goOn')}
            </Button>
          </div>
          <div className={classes.aside}>
            {offered
              .filter((other) => other !== kind)
              .map((other) => (
                <Button key={other} size="compact-sm" variant="subtle" onClick={() => choose(other)}>
                  {t(OFFERS[other])}
                </Button>
              ))}
            <Button size="compact-sm" variant="subtle" onClick={props.onAgain}>
              {t('startAgain')}
            </Button>
          </div>
          <p className={classes.muted}>{t('lostFactors')}</p>
        </div>
      </form>
    </Entrance>
  );
}

/** What is quickest to show. */
function firstOf(offered: readonly Kind[]): Kind {
  return offered[0] ?? 'recovery-code';
}

function FactorFailure({ error, kind }: { readonly error: unknown; readonly kind: Kind }) {
  const t = useTexts(texts);
  if (isProblem(error, 'factor-refused'))
    return (
      <Note meaning="bad" live="alert">
        {t(kind === 'recovery-code' ? 'recoveryRefused' : 'factorRefused')}
      </Note>
    );
  return <SignInFailure error={error} by="person" />;
}
