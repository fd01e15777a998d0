import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { useDeskKey } from '../desk/keys.ts';
import { useAsk } from '../operation/ask.ts';
import { MainButton } from '../operation/stage/main-button.tsx';
import { OperationStage } from '../operation/stage/operation-stage.tsx';
import { copiesOf, type Followed, missingCopies, type Step } from '../operation/stage/step.ts';
import { Failure } from '../page/failure.tsx';
import { useSession } from '../session/session.tsx';
import { Sentences, useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { askedFor, rememberAsked } from './asked.ts';
import { fingerprintOf } from './consequence.ts';
import { previewOf } from './issuing.ts';
import { oldCardsOf } from './made.ts';
import { useOldRoom } from './old-room.ts';
import { type CardRecord, type Room, type RoomCards, roomCardsOf } from './room.ts';
import type { RoomWay } from './room-way.ts';
import * as texts from './texts.ts';
import type { Issue } from './wish.ts';

interface Props {
  readonly room: Room;
  readonly cards: RoomCards;
  readonly way: RoomWay;
  readonly operation: string;
}

/** Cards of a room as they are made, followed in the place of the form. */
export function RoomOperation({ room, cards, way, operation }: Props) {
  const t = useTexts(texts);
  const { comma } = useSigns();
  const doneOf = useDone(room, cards, way);
  return (
    <OperationStage
      id={operation}
      words={{
        ...(way.search.view === 'extend' && {
          put: (followed: Followed) => <StillToCome followed={followed} cards={cards} />,
        }),
        done: doneOf,
        buttons: (step, followed) => (
          <Buttons key={step.kind} step={step} followed={followed} room={room} cards={cards} way={way} />
        ),
      }}
    />
  );

  function StillToCome(props: { readonly followed: Followed; readonly cards: RoomCards }) {
    const done = new Set(copiesOf(props.followed).flatMap(({ state, serial }) => (state === 'done' ? [serial] : [])));
    const left = props.cards.current.filter(({ serial }) => serial !== null && !done.has(serial));
    const serials = left.map(({ serial }) => `…${serial?.slice(-4)}`).join(comma);
    return (
      <Sentences>
        {serials !== '' && t('stillToCome', { serials })}
        {t('alsoBlank')}
      </Sentences>
    );
  }
}

/** The record that an operation made, as the room's cards tell it. */
function recordOf(followed: Followed, { current, upcoming }: RoomCards): CardRecord | null {
  const records = new Set((followed.set?.operations ?? [followed.operation]).map(({ cardRecord }) => cardRecord));
  return [...current, ...upcoming].find(({ id }) => records.has(id)) ?? null;
}

function useDone(room: Room, cards: RoomCards, way: RoomWay) {
  const t = useTexts(texts);
  const times = useTimes();
  const old = useOldRoom(way.search.from);
  return (followed: Followed): { readonly ask: string; readonly why: ReactNode } => {
    const count = copiesOf(followed).filter(({ state }) => state === 'done').length;
    const operations = followed.set?.operations ?? [followed.operation];
    const stopped = oldCardsOf(operations);
    const record = recordOf(followed, cards);
    const { view } = way.search;
    const title = view === 'extend' ? 'doneExtend' : view === 'lost' ? 'doneLost' : 'doneIssue';
    const isMore = view === undefined && stopped === 0 && cards.current.length > count;
    const time = record === null ? '' : times.dayAndClock(record.validUntil);
    const kept =
      view === 'extend' && record !== null
        ? cards.current.filter(({ validUntil }) => Date.parse(validUntil) < Date.parse(record.validUntil)).length
        : 0;
    return {
      ask: t(isMore ? 'doneMore' : title, { count, room: room.name }),
      why: (
        <Sentences>
          {record !== null && (
            <bdi>
              {record.status === 'upcoming'
                ? t('doneFrom', { from: times.dayAndClock(record.validFrom), time })
                : record.holder === null
                  ? t('doneUntil', { time })
                  : t('doneHolder', { holder: record.holder, time })}
            </bdi>
          )}
          {stopped > 0 && t('doneStops', { count: stopped })}
          {kept > 0 && t('doneKept', { count: kept })}
          {old !== null && old.cards > 0 && t('doneMoved', { count: old.cards, room: old.name })}
        </Sentences>
      ),
    };
  };
}

function Buttons(props: Omit<Props, 'operation'> & { readonly step: Step; readonly followed: Followed }) {
  const t = useTexts(texts);
  const { can, property, mayIssue } = useSession();
  const client = useQueryClient();
  const { step, followed, cards, way } = props;
  const first = followed.set?.operations[0]?.id ?? followed.operation.id;
  const asked = askedFor(first);
  const done = copiesOf(followed).filter(({ state }) => state === 'done').length;
  const missing = missingCopies(followed);
  const number = followed.operation.copy?.number ?? 1;
  const { ask, isAsking, error } = useAsk(followed.operation.id, (operation, body) => {
    if (body.kind === 'issue') rememberAsked(operation.id, { issue: body, print: asked?.print ?? '' });
    way.open(way.room, { ...way.search, operation: operation.id }, true);
  });
  const writeOff = useMutation({
    mutationFn: () => keyrack.operations.writeOff({ property: property.id, operation: followed.operation.id }),
    onSettled: () => client.invalidateQueries({ queryKey: ['operations', property.id] }),
  });

  const toForm = () => way.show(way.search.view === undefined ? {} : { view: way.search.view });
  /** For the guest who has some of the cards already: they stop nothing. */
  const askForMore = ({ holder: _holder, ...issue }: Issue, copies: number) =>
    ask({ ...issue, mode: 'duplicate', copies });
  const again = async () => {
    if (asked === null) return toForm();
    if (done > 0) return askForMore(asked.issue, missing);
    // Others may have been at the room meanwhile: then it is shown first what it would stop.
    const preview = await client.fetchQuery({ ...previewOf(asked.issue), staleTime: 0 }).catch(() => null);
    if (preview === null || fingerprintOf(preview) !== asked.print) return toForm();
    ask(asked.issue);
  };
  const record = recordOf(followed, cards);
  const oneMore = async () => {
    // The card's record may be on its way still: it says until when one more is good.
    const fresh =
      record ??
      (await client.fetchQuery({ ...roomCardsOf(property.id, props.room.id), staleTime: 0 }).then(
        (all) => recordOf(followed, all),
        () => null,
      ));
    if (fresh === null) return way.show({ mode: 'same' });
    const { validFrom, validUntil, status } = fresh;
    ask({
      property: property.id,
      kind: 'issue',
      mode: 'duplicate',
      room: props.room.id,
      encoder: followed.operation.encoder.id ?? undefined,
      validUntil,
      ...(status === 'upcoming' && { validFrom }),
      copies: 1,
    });
  };
  const { from } = way.search;
  const old = useOldRoom(from);
  const canAddOne = step.kind === 'done' && mayIssue;
  useDeskKey('F6', 'part', canAddOne ? () => void oneMore() : null);
  useDeskKey('F3', 'part', step.kind === 'unknown' && mayIssue ? way.read : null);

  const failure = error && !isAsking ? <Failure error={error} /> : null;
  switch (step.kind) {
    case 'done':
      return (
        <>
          {from !== undefined && old !== null && old.cards > 0 && mayIssue ? (
            <MainButton onPress={() => way.open(from, { view: 'check-out' })} hotkey="Enter">
              {t('checkOutOld', { room: old.name })}
            </MainButton>
          ) : (
            <MainButton onPress={way.close} hotkey="Enter">
              {t('nextRoom')}
            </MainButton>
          )}
          {canAddOne && (
            <Button onClick={() => void oneMore()} rightSection={<kbd>F6</kbd>}>
              {t('oneMoreCard')}
            </Button>
          )}
          {failure}
        </>
      );
    case 'stopped':
      return (
        <>
          {mayIssue && asked !== null && (
            <MainButton onPress={() => askForMore(asked.issue, missing)} hotkey="Enter">
              {t('makeOthers', { count: missing })}
            </MainButton>
          )}
          <Button onClick={() => way.show()}>{t('stopWith', { count: done })}</Button>
          {failure}
        </>
      );
    case 'unknown':
      return (
        <>
          <Button onClick={way.read} rightSection={<kbd>F3</kbd>}>
            {t('readCard')}
          </Button>
          {mayIssue && <Button onClick={() => way.show()}>{t('anotherCard')}</Button>}
          {can('operations.settle') && (
            <Button variant="subtle" color="lost" onClick={() => writeOff.mutate()}>
              {t('giveUp')}
            </Button>
          )}
          {writeOff.error && <Failure error={writeOff.error} />}
        </>
      );
    case 'withdrawn':
    case 'written-off':
      return (
        <MainButton onPress={done > 0 ? () => way.show() : toForm} hotkey="Enter">
          {t('returnToRoom')}
        </MainButton>
      );
    default:
      return (
        <>
          {mayIssue && (
            <MainButton onPress={() => void again()} hotkey="Enter">
              {(followed.operation.copy?.of ?? 1) > 1 ? t('tryCopyAgain', { number }) : t('tryAgain')}
            </MainButton>
          )}
          <Button onClick={() => way.show()}>{done > 0 ? t('stopWith', { count: done }) : t('returnToRoom')}</Button>
          {failure}
        </>
      );
  }
}
