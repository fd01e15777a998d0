import type { RoomCardEndpoint } from '@keyrack/sdk/room-card';
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Bones } from '../../page/bones.tsx';
import { Failure } from '../../page/failure.tsx';
import { Empty, Panel } from '../../page/page.tsx';
import { PasswordField } from '../../person/password-field.tsx';
import { useSession } from '../../session/session.tsx';
import { useTexts } from '../../texts/texts.ts';
import { serverNow } from '../../time/server-clock.ts';
import { useSecond } from '../../time/use-second.ts';
import { type NamedAccount, namedAccountsOf } from '../account/account-queries.ts';
import { DevelopersFrame } from '../developers-frame.tsx';
import { Sandbox } from '../sandbox/sandbox.tsx';
import { Answer, CopyAs, type Sent } from './answer.tsx';
import { ENDPOINT_NAMES, type Values } from './endpoints.ts';
import { firstValues } from './first-values.ts';
import { keepToken, keptToken } from './kept-tokens.ts';
import { RequestForm } from './request-form.tsx';
import { sendRequest } from './send-request.ts';
import { isSignedByA, signRequest } from './signed-request.ts';
import { Signing } from './signing.tsx';
import * as texts from './texts.ts';
import classes from './workbench.module.css';

/** Tries the room-card API: a request is filled in, signed step by step, sent to this server, and taken along as code. */
export function WorkbenchPage() {
  const t = useTexts(texts);
  const { property } = useSession();
  const accounts = useQuery(namedAccountsOf(property.id));
  return (
    <DevelopersFrame>
      {accounts.error !== null && <Failure error={accounts.error} onAgain={() => void accounts.refetch()} />}
      {accounts.data === undefined ? (
        accounts.error === null && <Bones />
      ) : accounts.data.length === 0 ? (
        <Panel>
          <Empty title={t('noAccount')} />
        </Panel>
      ) : (
        <Bench accounts={accounts.data} />
      )}
      <Sandbox />
    </DevelopersFrame>
  );
}

function Bench({ accounts }: { readonly accounts: readonly NamedAccount[] }) {
  const t = useTexts(texts);
  const { property, me } = useSession();
  const [endpoint, setEndpoint] = useState<RoomCardEndpoint>('makeRoomCard');
  const [sid, setSid] = useState(accounts[0]?.sid ?? '');
  const [token, setToken] = useState(() => keptToken(me.session, sid));
  const [values, setValues] = useState<Values>(() => firstValues(property, serverNow()));
  const { sent, send, stop } = useSending();
  // Signature B holds the time, and is good for five minutes.
  const now = useSecond(!isSignedByA(endpoint));
  const request = signRequest(endpoint, { sid, token }, values, now);
  const choose = (chosen: string) => {
    setSid(chosen);
    setToken(keptToken(me.session, chosen));
  };
  const sendNow = useRef(() => {});
  useEffect(() => {
    sendNow.current = () => send(signRequest(endpoint, { sid, token }, values, serverNow()));
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      sendNow.current();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return (
    <div className={classes.bench}>
      <Panel title={t('request')}>
        <div className={classes.stack}>
          <Select
            label={t('endpoint')}
            classNames={{ root: classes.field }}
            allowDeselect={false}
            data={ENDPOINT_NAMES.map((name) => ({ value: name, label: `${name} · ${t(`endpoints.${name}`)}` }))}
            value={endpoint}
            onChange={(chosen) => setEndpoint(chosen as RoomCardEndpoint)}
          />
          <Select
            label={t('account')}
            classNames={{ root: classes.field }}
            allowDeselect={false}
            data={accounts.map(({ sid: value, name }) => ({ value, label: name }))}
            value={sid}
            onChange={(chosen) => choose(chosen ?? sid)}
          />
          <p className={classes.help}>
            {t('sid')} <span className={classes.mono}>{sid}</span>
          </p>
          <PasswordField
            label={t('token')}
            description={t('tokenHelp')}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            classNames={{ root: classes.field, label: classes.name, input: classes.mono, description: classes.help }}
            autoComplete="off"
            value={token}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setToken(value);
              keepToken(me.session, sid, value);
            }}
          />
          <RequestForm endpoint={endpoint} values={values} onValues={setValues} />
        </div>
      </Panel>
      <div className={classes.side}>
        <Panel title={t('signing')}>
          <Signing request={request} hasToken={token !== ''} />
        </Panel>
      </div>
      <div className={classes.side}>
        <Panel title={t('answer')}>
          <div className={classes.stack}>
            <Button variant="filled" fullWidth loading={sent.kind === 'waiting'} onClick={() => sendNow.current()}>
              {t('send')} <kbd className={classes.kbd}>Ctrl Enter</kbd>
            </Button>
            <p className={classes.help}>{t('real')}</p>
            <Answer sent={sent} onStop={stop} />
            <CopyAs request={request} sid={sid} />
          </div>
        </Panel>
      </div>
    </div>
  );
}

/** Sends one request at a time, and tells what became of it. */
function useSending() {
  const [sent, setSent] = useState<Sent>({ kind: 'none' });
  const running = useRef<AbortController | null>(null);
  const send = useCallback((request: Parameters<typeof sendRequest>[0]) => {
    // A held key sends once.
    if (running.current !== null) return;
    const controller = new AbortController();
    running.current = controller;
    setSent({ kind: 'waiting' });
    sendRequest(request, controller.signal)
      .then(
        (answer) => setSent({ kind: 'answered', answer }),
        () => setSent({ kind: controller.signal.aborted ? 'stopped' : 'unreachable' }),
      )
      .finally(() => {
        running.current = null;
      });
  }, []);
  const stop = useCallback(() => running.current?.abort(), []);
  return { sent, send, stop };
}
