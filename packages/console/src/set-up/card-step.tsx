import type { Operation } from '@keyrack/sdk';
import { Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { encodersOf } from '../encoder/encoders.ts';
import { useLiveNews } from '../live/live.tsx';
import { Failure } from '../page/failure.tsx';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { dayAndTimeAt, daysLater, instantOf } from '../time/zoned.ts';
import { CardStage } from './card-stage.tsx';
import classes from './set-up.module.css';
import type { StepProps } from './step-props.ts';
import * as texts from './texts.ts';

/** Rooms that the list offers: the first card is for any of them. */
const OFFERED = 200;

/** The first card, followed as it is made. */
export function CardStep({ frame, goOn }: StepProps) {
  const t = useTexts(texts);
  const times = useTimes();
  const { property, mayIssue } = useSession();
  const client = useQueryClient();
  const rooms = useQuery({
    queryKey: ['places', property.id, 'first'],
    queryFn: async () => (await keyrack.call('listRooms', { property: property.id, limit: OFFERED })).data,
  });
  const encoders = useQuery({ ...encodersOf(property.id), select: (all) => all.filter(isThere) });
  const [room, setRoom] = useState<string | null>(null);
  const [encoder, setEncoder] = useState<string | null>(null);
  const [operation, setOperation] = useState<Operation | null>(null);
  const chosenRoom = rooms.data?.find(({ id }) => id === room) ?? rooms.data?.[0];
  const chosenEncoder = encoders.data?.find(({ id }) => String(id) === encoder) ?? encoders.data?.[0];
  const validUntil = tomorrowAt(property.checkOutTime, property.timeZone);
  const followed = useQuery({
    queryKey: ['operations', property.id, operation?.id],
    enabled: operation !== null,
    queryFn: () => keyrack.call('getOperation', { property: property.id, operation: operation?.id ?? '' }),
  });
  // Live news come before anybody asks again.
  useLiveNews((news) => {
    if (!('operations' in news) || operation === null) return;
    const now = (news.operations as unknown as readonly Operation[]).find(({ id }) => id === operation.id);
    if (now !== undefined) client.setQueryData(['operations', property.id, operation.id], now);
  });
  const issue = useMutation({
    mutationFn: () =>
      keyrack.call('createOperation', {
        property: property.id,
        kind: 'issue',
        mode: 'new',
        room: chosenRoom?.id ?? '',
        encoder: chosenEncoder?.id ?? 0,
        validUntil: new Date(validUntil).toISOString(),
      }),
    onSuccess: setOperation,
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => keyrack.call('withdrawOperation', { property: property.id, operation: id }),
    onSettled: () => followed.refetch(),
  });
  const now = followed.data ?? operation;
  const why = whyNot();

  return frame({
    title: t('card.title'),
    about: t('card.about'),
    children: (
      <div className={classes.form}>
        {now === null && (
          <>
            {why !== null && <Note meaning="warn">{why}</Note>}
            {why === null && (
              <>
                <div className={classes.two}>
                  <Select
                    label={t('card.encoder')}
                    data={(encoders.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
                    value={chosenEncoder ? String(chosenEncoder.id) : null}
                    allowDeselect={false}
                    onChange={setEncoder}
                  />
                  <Select
                    label={t('card.room')}
                    data={(rooms.data ?? []).map(({ id, number, building }) => ({
                      value: id,
                      label: `${number} · ${building.name}`,
                    }))}
                    value={chosenRoom?.id ?? null}
                    searchable
                    allowDeselect={false}
                    onChange={setRoom}
                  />
                </div>
                <p className={classes.muted}>{t('card.until', { time: times.dayAndClock(validUntil) })}</p>
                {issue.error !== null && !issue.isPending && <Failure error={issue.error} />}
              </>
            )}
          </>
        )}
        {now !== null && (
          <CardStage
            operation={now}
            room={chosenRoom?.number ?? ''}
            encoder={chosenEncoder?.name ?? ''}
            validUntil={validUntil}
            onWithdraw={() => withdraw.mutate(now.id)}
          />
        )}
        <div className={classes.actions}>
          {now === null && why === null && (
            <>
              <Button size="md" onClick={goOn}>
                {t('later')}
              </Button>
              <Button variant="filled" size="md" loading={issue.isPending} onClick={() => issue.mutate()}>
                {t('card.issue')}
              </Button>
            </>
          )}
          {now === null && why !== null && (
            <Button size="md" onClick={goOn}>
              {t('later')}
            </Button>
          )}
          {now !== null && hasEnded(now) && (
            <>
              <Button
                size="md"
                onClick={() => {
                  setOperation(null);
                  issue.reset();
                }}
              >
                {t('card.again')}
              </Button>
              <Button variant="filled" size="md" onClick={goOn}>
                {t('goOn')}
              </Button>
            </>
          )}
        </div>
      </div>
    ),
  });

  function whyNot(): string | null {
    if (!mayIssue) return t('card.noPermission');
    if (rooms.data?.length === 0) return t('card.noRooms');
    if (encoders.data?.length === 0) return t('card.noEncoder');
    return null;
  }
}

function isThere({ presence }: { readonly presence: string }): boolean {
  return presence === 'connected';
}

function hasEnded({ state }: Operation): boolean {
  return state !== 'accepted' && state !== 'granted';
}

/** When guests leave tomorrow. An odd time of the property, e.g. one that summer time leaves out, is a day from now. */
function tomorrowAt(time: string, timeZone: string): number {
  const now = Date.now();
  const { day } = dayAndTimeAt(now, timeZone);
  return instantOf({ day: daysLater(day, 1), time }, timeZone) ?? now + 86_400_000;
}
