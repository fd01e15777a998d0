import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { SerialEnd } from '../card/plastic.tsx';
import { useEncoder } from '../encoder/chosen-encoder.ts';
import { EncoderTrouble } from '../encoder/encoder-trouble.tsx';
import { Icon } from '../icon/icon.tsx';
import { useAsk } from '../operation/ask.ts';
import { useFollowed } from '../operation/stage/follow.ts';
import { MainButton } from '../operation/stage/main-button.tsx';
import { OperationStage } from '../operation/stage/operation-stage.tsx';
import { Failure } from '../page/failure.tsx';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { IssueFormFrame } from './issue-button.tsx';
import { nextToReturn, shownInstead } from './returned.ts';
import classes from './room.module.css';
import type { CardRecord, Room, RoomCards } from './room.ts';
import type { RoomWay } from './room-way.ts';
import * as texts from './texts.ts';

interface Props {
  readonly room: Room;
  readonly cards: RoomCards;
  readonly way: RoomWay;
}

/** Cards come back one after the other, in any order, and become blank; those that don't come back are named. */
export function CheckOut({ room, cards, way }: Props) {
  const t = useTexts(texts);
  const { stop, gap } = useSigns();
  const { property } = useSession();
  const { encoder } = useEncoder();
  const { operation, record } = way.search;
  // Until the first is asked for, those that the room has: the page may hear of the last of them, or of one that ended, after it opened.
  const [begunWith, setBegunWith] = useState(() => wantedOf(cards, record));
  const [returned, setReturned] = useState<ReadonlySet<string>>(new Set());
  const [vain, setVain] = useState<ReadonlySet<string>>(new Set());
  const [isFinished, setFinished] = useState(false);
  const { ask, isAsking, error } = useAsk(operation ?? null, ({ id }) => way.follow(id));
  const hasBegun = operation !== undefined || isAsking;
  const wanted = hasBegun ? begunWith : wantedOf(cards, record);
  const cancel = (serial: string | null) => {
    if (serial === null || encoder === null) return;
    ask({ property: property.id, kind: 'cancel', encoder: encoder.id, serial });
  };
  const next = nextToReturn(wanted, returned, vain);
  const begin = () => {
    setBegunWith(wanted);
    cancel(next?.serial ?? null);
  };

  const { followed } = useFollowed(operation ?? null);
  const current = followed?.operation ?? null;
  // A page that is loaded long after asks for nothing by itself: only what was seen open here goes on.
  const seenOpen = useRef<string | null>(null);
  const dealtWith = useRef<string | null>(null);
  useEffect(() => {
    if (current === null) return;
    if (current.endedAt === null) seenOpen.current = current.id;
    if (dealtWith.current === current.id) return;
    const instead = current.state === 'accepted' ? shownInstead(wanted, returned, current) : null;
    if (instead !== null) {
      dealtWith.current = current.id;
      keyrack.operations.withdraw({ property: property.id, operation: current.id }).then(
        () => cancel(instead),
        // It is being written already, or somebody else withdrew it: what became of it is shown.
        () => {},
      );
      return;
    }
    if (current.state !== 'succeeded' || current.serial === null) return;
    dealtWith.current = current.id;
    const back = new Set([...returned, current.serial]);
    setReturned(back);
    if (seenOpen.current !== current.id) return;
    const following = nextToReturn(wanted, back, vain);
    if (following !== null) cancel(following.serial);
  });

  if (wanted.length === 0 && operation === undefined)
    return (
      <div className={classes.section}>
        <h3>{t('checkOutTitle')}</h3>
        <Note meaning="calm">{t('checkOutNobody')}</Note>
      </div>
    );
  const left = wanted.filter(({ serial }) => serial === null || !returned.has(serial));
  if (isFinished && left.length > 0) return <Missing records={left} way={way} />;
  return (
    <>
      {operation === undefined ? (
        <IssueFormFrame label={t('checkOutTitle')} onSubmit={begin}>
          <h3>{record === undefined ? t('checkOutTitle') : t('cancelCard')}</h3>
          <p className={classes.lead}>{t('checkOutWhy')}</p>
          {error && !isAsking && <Failure error={error} />}
          <EncoderTrouble />
          {encoder !== null && (
            <Button
              className={classes.submit ?? ''}
              type="submit"
              variant="filled"
              size="md"
              fullWidth
              aria-disabled={isAsking}
              rightSection={<kbd>Enter</kbd>}
            >
              {isAsking ? t('issuing') : t('checkOutOn', { count: wanted.length, encoder: encoder.name })}
            </Button>
          )}
        </IssueFormFrame>
      ) : (
        <OperationStage
          id={operation}
          words={{
            ask: () => t('checkOutPut', { room: room.name, encoder: encoder?.name ?? '' }),
            put: () => t('checkOutLeft', { count: left.length }),
            done: () =>
              left.length === 0
                ? { ask: t('checkOutDone', { room: room.name }), why: t('checkOutDoneWhy') }
                : {
                    ask: t('doneCancel'),
                    why: `${t('checkOutNext')}${stop}${gap}${t('checkOutLeft', { count: left.length })}`,
                  },
            buttons: (step) => (
              <>
                {error && !isAsking && <Failure error={error} />}
                {step.kind === 'done' && left.length === 0 ? (
                  <MainButton onPress={way.close} hotkey="Enter">
                    {t('nextRoom')}
                  </MainButton>
                ) : step.kind === 'unknown' ? (
                  <Button onClick={way.read}>{t('readCard')}</Button>
                ) : (
                  !isAsking && (
                    <>
                      <MainButton
                        hotkey="Enter"
                        onPress={() => {
                          const serial = current?.serial ?? null;
                          const tried = serial === null ? vain : new Set([...vain, serial]);
                          setVain(tried);
                          cancel(nextToReturn(wanted, returned, tried)?.serial ?? null);
                        }}
                      >
                        {t('checkOutGoOn')}
                      </MainButton>
                      <Button onClick={() => setFinished(true)}>{t('checkOutFinish')}</Button>
                    </>
                  )
                )}
              </>
            ),
          }}
        />
      )}
      <ul className={classes.ticks}>
        {wanted.map(({ id, serial, holder }) => {
          const isBack = serial !== null && returned.has(serial);
          return (
            <li key={id} className={classes.tick} data-back={isBack}>
              <Icon name={isBack ? 'ok' : 'clock'} />
              <bdi>{holder ?? ''}</bdi>
              <SerialEnd serial={serial} />
              <span>{isBack ? t('back') : ''}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function wantedOf({ current, outOfUse }: RoomCards, record: string | undefined): readonly CardRecord[] {
  const all = [...current, ...outOfUse].filter(({ serial }) => serial !== null);
  return record === undefined ? current.filter(({ serial }) => serial !== null) : all.filter(({ id }) => id === record);
}

function Missing({ records, way }: { readonly records: readonly CardRecord[]; readonly way: RoomWay }) {
  const t = useTexts(texts);
  const times = useTimes();
  return (
    <div className={classes.section}>
      <h3>{t('checkOutMissing', { count: records.length })}</h3>
      <Note meaning="warn" live="status">
        <p>{t('checkOutMissingWhy')}</p>
        <ul>
          {records.map(({ id, holder, serial, mayOpenUntil, validUntil }) => (
            <li key={id}>
              <bdi>{holder ?? ''}</bdi> <SerialEnd serial={serial} />{' '}
              {t('mayOpenUntil', { time: times.dayAndClock(mayOpenUntil ?? validUntil) })}
            </li>
          ))}
        </ul>
      </Note>
      <div className={classes.end}>
        <MainButton onPress={() => way.show()} hotkey="Enter">
          {t('returnToRoom')}
        </MainButton>
      </div>
    </div>
  );
}
