import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isUsable } from '../encoder/encoder-state.ts';
import { encodersOf } from '../encoder/encoders.ts';
import { useAsk } from '../operation/ask.ts';
import { OperationStage } from '../operation/stage/operation-stage.tsx';
import { Failure } from '../page/failure.tsx';
import { roomsOf } from '../room/room.ts';
import { usualEnd } from '../room/validity.ts';
import { useSession } from '../session/session.tsx';
import { useKept } from '../session/use-kept.ts';
import { Note } from '../state/note.tsx';
import { isolated } from '../texts/isolated.ts';
import { useTexts } from '../texts/texts.ts';
import { serverNow } from '../time/server-clock.ts';
import { useTimes } from '../time/times.ts';
import { instantOf } from '../time/zoned.ts';
import classes from './set-up.module.css';
import type { StepProps } from './step-props.ts';
import * as texts from './texts.ts';

/** Rooms that the list shows at once; a search finds the others. */
const LISTED = 50;

/** The first card, followed as it is made. */
export function CardStep({ frame, goOn }: StepProps) {
  const t = useTexts(texts);
  const times = useTimes();
  const { property, mayIssue } = useSession();
  const rooms = useQuery(roomsOf(property.id));
  const encoders = useQuery({ ...encodersOf(property.id), select: (all) => all.filter(isUsable) });
  const [room, setRoom] = useState<string | null>(null);
  const [encoder, setEncoder] = useState<string | null>(null);
  const [operation, setOperation] = useKept<{ readonly id: string; readonly validUntil: number }>('first-card');
  const { ask, isAsking, error } = useAsk(operation?.id ?? null, ({ id }) => setOperation({ id, validUntil }));
  const chosenRoom = rooms.data?.find(({ id }) => id === room) ?? rooms.data?.[0];
  const chosenEncoder = encoders.data?.find(({ id }) => String(id) === encoder) ?? encoders.data?.[0];
  const validUntil = usualEndAt(property.checkOutTime, property.timeZone);
  const why = whyNot();
  const issue = () => {
    if (chosenRoom === undefined || chosenEncoder === undefined) return;
    ask({
      property: property.id,
      kind: 'issue',
      mode: 'new',
      room: chosenRoom.id,
      encoder: chosenEncoder.id,
      validUntil: new Date(validUntil).toISOString(),
    });
  };

  return frame({
    title: t('card.title'),
    about: t('card.about'),
    children: (
      <div className={classes.form}>
        {operation !== null ? (
          <OperationStage
            id={operation.id}
            words={{
              done: ({ operation: made }) => ({
                ask: t('card.succeeded'),
                why: t('card.succeededWhy', {
                  room: isolated(made.room?.name ?? ''),
                  time: times.dayAndClock(operation.validUntil),
                }),
              }),
              // Where no card was made, going on isn't what comes next.
              buttons: ({ kind }) => (
                <>
                  <Button size="md" {...(kind !== 'done' && { variant: 'filled' })} onClick={() => setOperation(null)}>
                    {t(kind === 'done' ? 'card.again' : 'card.tryAgain')}
                  </Button>
                  <Button size="md" {...(kind === 'done' && { variant: 'filled' })} onClick={goOn}>
                    {t(kind === 'done' ? 'goOn' : 'later')}
                  </Button>
                </>
              ),
            }}
          />
        ) : (
          <>
            {why !== null ? (
              <Note meaning="warn">{why}</Note>
            ) : (
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
                    limit={LISTED}
                    allowDeselect={false}
                    onChange={setRoom}
                  />
                </div>
                <p className={classes.muted}>{t('card.until', { time: times.dayAndClock(validUntil) })}</p>
                {error !== null && !isAsking && <Failure error={error} />}
              </>
            )}
            <div className={classes.actions}>
              <Button size="md" onClick={goOn}>
                {t('later')}
              </Button>
              {why === null && (
                <Button variant="filled" size="md" loading={isAsking} onClick={issue}>
                  {t('card.issue')}
                </Button>
              )}
            </div>
          </>
        )}
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

/** As the desk proposes it. An odd time of the property, e.g. one that summer time leaves out, is a day from now. */
function usualEndAt(time: string, timeZone: string): number {
  const now = serverNow();
  return instantOf(usualEnd(now, timeZone, time), timeZone) ?? now + 86_400_000;
}
