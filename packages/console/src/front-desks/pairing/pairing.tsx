import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../../icon/icon.tsx';
import { CopyButton } from '../../page/copy-button.tsx';
import { Failure } from '../../page/failure.tsx';
import { useSession } from '../../session/session.tsx';
import { Note } from '../../state/note.tsx';
import { isolated } from '../../texts/isolated.ts';
import { Sentences } from '../../texts/signs.tsx';
import { useTexts } from '../../texts/texts.ts';
import { timeLeft } from '../../time/time-left.ts';
import { useTimes } from '../../time/times.ts';
import { useSecond } from '../../time/use-second.ts';
import type { Desk } from '../desk-queries.ts';
import { commandFrom } from './desk-command.ts';
import { HowTo } from './how-to.tsx';
import { packagesOf } from './packages.ts';
import classes from './pairing.module.css';
import * as texts from './texts.ts';
import { type Offered, usePairing } from './use-pairing.ts';

export interface PairingProps {
  /** The front desk whose place the computer takes; null for a new one. */
  readonly replaces?: { readonly id: string; readonly name: string } | null;
  /** Called once the computer is paired and connected. */
  readonly onThere?: (desk: Desk) => void;
}

/** Pairs a computer: a code that counts down, the line to type there, and the front desk as soon as it is there. */
export function Pairing({ replaces = null, onThere }: PairingProps) {
  const t = useTexts(texts);
  const { state, make, again, isMaking, error } = usePairing(replaces?.id ?? null);
  // Known by the time that there is a code: the server looks through its packages once.
  const { property } = useSession();
  useQuery(packagesOf(property.id));
  const there = state.kind === 'paired' && state.desk.connected ? state.desk : null;
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (there === null || told.current === there.id) return;
    told.current = there.id;
    onThere?.(there);
  }, [there, onThere]);
  const makeAnother = (word: 'make' | 'another') => (
    <Button data-autofocus variant={word === 'make' ? 'filled' : 'default'} loading={isMaking} onClick={make}>
      {t(word)}
    </Button>
  );
  return (
    <div className={classes.pairing}>
      {state.kind === 'none' && (
        <p>{replaces === null ? t('about') : t('aboutAnew', { name: isolated(replaces.name) })}</p>
      )}
      {state.kind === 'offered' && <OfferedCode offered={state.offered} another={makeAnother('another')} />}
      <div role="status">{state.kind === 'paired' && <Paired desk={state.desk} />}</div>
      {error !== null && <Failure error={error} />}
      {state.kind === 'none' && <div>{makeAnother('make')}</div>}
      {state.kind === 'paired' && replaces === null && (
        <div>
          <Button onClick={again}>{t('more')}</Button>
        </div>
      )}
    </div>
  );
}

function Paired({ desk }: { readonly desk: Desk }) {
  const t = useTexts(texts);
  if (!desk.connected) return <Note meaning="accent">{t('paired', { name: isolated(desk.name) })}</Note>;
  return (
    <Note meaning="good">
      <Sentences>
        <b>{t('there', { name: isolated(desk.name) })}</b>
        {t('encoders', { count: desk.encoders.length })}
      </Sentences>
    </Note>
  );
}

function OfferedCode({ offered, another }: { readonly offered: Offered; readonly another: ReactNode }) {
  const t = useTexts(texts);
  const times = useTimes();
  const now = useSecond(true);
  const until = Date.parse(offered.expiresAt);
  const { share, seconds } = timeLeft({ from: until - VALID_MS, until }, now);
  const { code, command } = offered;
  if (seconds === 0 || code === null || command === null)
    return (
      <>
        <Note meaning="warn" live="status">
          {t(seconds === 0 ? 'over' : 'gone')}
        </Note>
        <div>{another}</div>
      </>
    );
  return (
    <>
      <div className={classes.code}>
        <output aria-label={t('code')}>
          {code.slice(0, 4)} {code.slice(4)}
        </output>
        <div className={classes.left}>
          <Left share={share} />
          <b role="timer">
            {t('left', { minutes: String(Math.floor(seconds / 60)), seconds: String(seconds % 60).padStart(2, '0') })}
          </b>
        </div>
        <div className={classes.codeFoot}>
          <span>{t('oneComputer', { time: times.clock(offered.expiresAt) })}</span>
          <CopyButton text={code} what={t('copyCode')} />
        </div>
      </div>
      <HowTo command={commandFrom(command, location.href)} link={offered.downloadLink ?? null} />
      <p className={classes.waiting} role="status">
        <Icon name="clock" />
        {t('waiting')}
      </p>
      <div>{another}</div>
    </>
  );
}

/** Milliseconds for which a code is good. */
const VALID_MS = 10 * 60_000;

function Left({ share }: { readonly share: number }) {
  return (
    <svg className={classes.bar} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect className={classes.groove} width="100" height="4" rx="2" />
      <rect className={classes.rest} width={Math.round(share * 1_000) / 10} height="4" rx="2" />
    </svg>
  );
}
