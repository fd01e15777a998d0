import type { Answer } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { explainCause } from '../cause/explain-cause.ts';
import type { Encoder } from '../encoder/encoders.ts';
import { useLiveNews } from '../live/live.tsx';
import { hasEnded } from '../operation/operation-state.ts';
import { Failure } from '../page/failure.tsx';
import { useFirstFocus } from '../page/use-first-focus.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { isolated } from '../texts/isolated.ts';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { useSecond } from '../time/use-minute.ts';
import classes from './front-desks.module.css';
import * as texts from './texts.ts';

type Operation = Answer<'getOperation'>;

/** Tries an encoder: asks to lay a card down, reads it, and tells what was found. It writes nothing. */
export function EncoderTest({ encoder, onDone }: { readonly encoder: Encoder; onDone(): void }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const first = useFirstFocus<HTMLButtonElement>();
  const asking = useMutation({
    mutationFn: () => keyrack.operations.create({ property: property.id, kind: 'read', encoder: encoder.id }),
  });
  const { mutate } = asking;
  const begun = useRef(false);
  useEffect(() => {
    // React's strict mode runs effects twice; a test is asked for once.
    if (begun.current) return;
    begun.current = true;
    mutate();
  }, [mutate]);
  const { data: operation, refetch } = useQuery({
    queryKey: ['operations', property.id, 'test', asking.data?.id],
    enabled: asking.data !== undefined,
    queryFn: () => keyrack.operations.get({ property: property.id, operation: asking.data?.id ?? '' }),
    ...(asking.data && { initialData: asking.data as Operation }),
  });
  useLiveNews((news) => {
    if ('operations' in news && asking.data !== undefined) void refetch();
  });
  const withdrawing = useMutation({
    mutationFn: () => keyrack.operations.withdraw({ property: property.id, operation: asking.data?.id ?? '' }),
    onSuccess: onDone,
  });
  const waits = operation !== undefined && !hasEnded(operation);
  return (
    <div className={classes.test}>
      <div role="status">
        {asking.isPending && <Note meaning="accent">{t('testing.asking')}</Note>}
        {operation !== undefined && (waits ? <Waits encoder={encoder} /> : <Found operation={operation} />)}
      </div>
      {waits && <Deadline at={operation.deadline} />}
      {asking.error !== null && <TestRefused error={asking.error} />}
      {withdrawing.error !== null && <Failure error={withdrawing.error} />}
      <div className={classes.buttons}>
        {waits ? (
          <Button size="xs" ref={first} loading={withdrawing.isPending} onClick={() => withdrawing.mutate()}>
            {t('testing.stop')}
          </Button>
        ) : (
          <>
            <Button
              size="xs"
              loading={asking.isPending}
              onClick={() => {
                asking.reset();
                mutate();
              }}
            >
              {t('testing.again')}
            </Button>
            <Button size="xs" variant="subtle" onClick={onDone}>
              {t('testing.done')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function Waits({ encoder }: { readonly encoder: Encoder }) {
  const t = useTexts(texts);
  return (
    <Note meaning="accent">
      <b>{t('testing.lay', { name: isolated(encoder.name) })}</b> {t('testing.layWhy')}
    </Note>
  );
}

/** Until when it waits. Told to the eye alone: a reader that counts seconds aloud helps nobody. */
function Deadline({ at }: { readonly at: string }) {
  const t = useTexts(texts);
  const now = useSecond(true);
  const seconds = Math.max(0, Math.ceil((Date.parse(at) - now) / 1_000));
  return (
    <p className={classes.small} role="timer">
      {t('testing.left', { seconds: String(seconds) })}
    </p>
  );
}

function Found({ operation }: { readonly operation: Operation }) {
  const t = useTexts(texts);
  const times = useTimes();
  const { language } = useLanguage();
  const { reading, serial, cause, explanation, room } = operation;
  if (operation.state !== 'succeeded' || reading === null)
    return (
      <Note meaning={operation.state === 'withdrawn' ? 'calm' : 'bad'}>
        <b>{t('testing.failed')}</b>{' '}
        {cause === null ? t('testing.noCause') : explainCause(cause, language, explanation)}
      </Note>
    );
  return (
    <Note meaning="good">
      <b>{t('testing.works', { serial: serial ?? '' })}</b>{' '}
      {reading.card === null
        ? t('testing.blank')
        : t('testing.opens', {
            room: isolated(room?.name ?? t('testing.roomGone')),
            until: times.dayAndClock(reading.card.validUntil),
          })}{' '}
      {t(`testing.states.${reading.state}`)}
    </Note>
  );
}

/** Why no card could be asked for. */
function TestRefused({ error }: { readonly error: unknown }) {
  return <Failure error={error} />;
}
