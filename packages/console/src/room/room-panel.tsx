import { isProblem, type Operation } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type CardAction, CardList } from '../card/card-list.tsx';
import type { PlasticLook } from '../card/plastic.tsx';
import { useDeskKey } from '../desk/keys.ts';
import { RoomState } from '../desk/room-state.tsx';
import { Icon } from '../icon/icon.tsx';
import { cardTypeOf } from '../lock/lock-types.ts';
import { operationOf } from '../operation/stage/follow.ts';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { Empty } from '../page/page.tsx';
import { useKeptFocus } from '../page/use-kept-focus.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { CheckOut } from './check-out.tsx';
import { ExtendForm } from './extend-form.tsx';
import { IssueForm } from './issue-form.tsx';
import { LostForm } from './lost-form.tsx';
import { MoveForm } from './move-form.tsx';
import { NoPermission } from './no-permission.tsx';
import { RetireCard } from './retire-card.tsx';
import classes from './room.module.css';
import {
  type CardRecord,
  issuersOf,
  openOperationsOf,
  type Room,
  type RoomCards,
  roomCardsOf,
  roomOf,
} from './room.ts';
import { RoomHistory } from './room-history.tsx';
import { RoomOperation } from './room-operation.tsx';
import { type RoomWay, useRoomWay } from './room-way.ts';
import * as texts from './texts.ts';

/** A room at the desk: who has it, and what is done with its cards. */
export function RoomPanel() {
  const t = useTexts(texts);
  const way = useRoomWay();
  const { property } = useSession();
  const room = useQuery(roomOf(property.id, way.room));
  const cards = useQuery(roomCardsOf(property.id, way.room));
  const error = room.error ?? cards.error;
  const { view, operation } = way.search;
  const isDeep = view !== undefined || operation !== undefined;
  useDeskKey('Escape', 'panel', isDeep ? () => way.show() : way.close);
  if (error && (room.data === undefined || cards.data === undefined))
    return isProblem(error, 'not-found') ? (
      <Empty title={t('missing')}>
        <p>{t('missingWhy')}</p>
      </Empty>
    ) : (
      <Failure error={error} onAgain={() => void Promise.all([room.refetch(), cards.refetch()])} />
    );
  if (room.data === undefined || cards.data === undefined) return <Bones rows={8} />;
  return <LoadedPanel key={way.room} room={room.data} cards={cards.data} way={way} />;
}

function LoadedPanel({ room, cards, way }: { readonly room: Room; readonly cards: RoomCards; readonly way: RoomWay }) {
  const t = useTexts(texts);
  const { property, mayIssue } = useSession();
  const { view, operation } = way.search;
  const [stops, setStops] = useState<ReadonlySet<string>>(new Set());
  const onStops = useCallback((records: ReadonlySet<string>) => setStops(records), []);
  const { data: issuers } = useQuery(issuersOf(property.id, room.id));
  const [retiring, setRetiring] = useState<CardRecord | null>(null);
  const actions = useCardActions(way, setRetiring);
  useDeskKey('F3', 'panel', mayIssue ? way.read : null);
  useDeskKey('F7', 'panel', mayIssue ? () => way.show({ view: 'check-out' }) : null);
  useDeskKey('F8', 'panel', mayIssue ? () => way.show({ view: 'extend' }) : null);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // A field of the form takes it where there is one thing to begin with.
    if (!panel.current?.contains(document.activeElement)) panel.current?.focus({ preventScroll: true });
  }, []);
  const before = useRef(view);
  useKeptFocus(panel, `${view} ${operation} ${retiring?.id}`, (part) =>
    part.querySelector(`[data-to="${before.current}"]`),
  );
  useEffect(() => {
    before.current = view;
  }, [view]);
  const look = (usual: PlasticLook) => (record: { readonly id: string }) => (stops.has(record.id) ? 'stops' : usual);
  return (
    <section ref={panel} className={classes.panel} aria-label={t('room', { room: room.name })} tabIndex={-1}>
      <PanelHead room={room} way={way} />
      <CardList label={t('cards')} records={cards.current} look={look('out')} issuers={issuers} actions={actions} />
      {retiring && <RetireCard record={retiring} onDone={() => setRetiring(null)} />}
      <CardList
        label={t('upcoming')}
        heading
        records={cards.upcoming}
        look={look('upcoming')}
        issuers={issuers}
        actions={actions}
      />
      <CardList
        label={t('outOfUse')}
        heading
        records={cards.outOfUse}
        look={({ status }) => (status === 'lost' ? 'lost' : 'out-of-use')}
        actions={actions}
      />
      {operation === undefined && (
        <CardList label={t('pending')} heading records={cards.pending} look={() => 'pending'} />
      )}
      <Others room={room} way={way} />
      {operation !== undefined && view !== 'check-out' ? (
        <RoomOperation room={room} cards={cards} way={way} operation={operation} />
      ) : view === 'history' ? (
        <RoomHistory room={room} />
      ) : mayIssue || operation !== undefined ? (
        <Work room={room} cards={cards} way={way} onStops={onStops} />
      ) : (
        <NoPermission />
      )}
      {operation === undefined && <Foot cards={cards} way={way} />}
    </section>
  );
}

function PanelHead({ room, way }: { readonly room: Room; readonly way: RoomWay }) {
  const t = useTexts(texts);
  return (
    <header className={classes.head}>
      <div>
        <h2>
          <bdi>{room.name}</bdi>
          <RoomState id={room.id} />
        </h2>
        <p>
          {t('where', {
            building: room.building.name,
            floor: room.floor.name,
            lock: room.lock.type,
            type: cardTypeOf(room.lock.type),
          })}
        </p>
      </div>
      <button type="button" className={classes.close} aria-label={t('close')} onClick={way.close}>
        <Icon name="no" />
      </button>
    </header>
  );
}

function Work(props: {
  readonly room: Room;
  readonly cards: RoomCards;
  readonly way: RoomWay;
  readonly onStops: (records: ReadonlySet<string>) => void;
}) {
  const { room, cards, way, onStops } = props;
  switch (way.search.view) {
    case 'extend':
      return <ExtendForm room={room} cards={cards} way={way} />;
    case 'lost':
      return <LostForm room={room} cards={cards} way={way} onStops={onStops} />;
    case 'move':
      return <MoveForm room={room} way={way} />;
    case 'check-out':
      return <CheckOut key={way.search.record ?? ''} room={room} cards={cards} way={way} />;
    default:
      return <Issue room={room} cards={cards} way={way} onStops={onStops} />;
  }
}

/** The form of an issue; with the guest of another room, where they move here. */
function Issue({ room, cards, way, onStops }: Parameters<typeof Work>[0]) {
  const t = useTexts(texts);
  const { property } = useSession();
  const { from } = way.search;
  const old = useQuery({ ...roomOf(property.id, from ?? ''), enabled: from !== undefined });
  const oldCards = useQuery({ ...roomCardsOf(property.id, from ?? ''), enabled: from !== undefined });
  if (from !== undefined && oldCards.isPending) return <Bones rows={6} />;
  const name = old.data?.name ?? '';
  // The guest has cards here, and none of the old room any more.
  const isMoved = cards.current.length > 0 && oldCards.data?.current.length === 0;
  return (
    <>
      {from !== undefined && old.data && !isMoved && (
        <div className={classes.section}>
          <Note meaning="accent">
            <b>{t('movedFrom', { room: name })}</b> <p>{t('movedFromWhy', { room: name })}</p>
            <Button size="xs" mt="sm" onClick={() => way.open(from, { view: 'check-out' })}>
              {t('movedFromCancel', { room: name })}
            </Button>
          </Note>
        </div>
      )}
      <IssueForm
        key={from ?? ''}
        room={room}
        cards={cards}
        movedWith={from === undefined ? [] : (oldCards.data?.current ?? [])}
        way={way}
        onStops={onStops}
      />
    </>
  );
}

/** What is done for the room at any encoder. One's own is taken up again; that of others is told. */
function Others({ room, way }: { readonly room: Room; readonly way: RoomWay }) {
  const t = useTexts(texts);
  const { property, member } = useSession();
  const client = useQueryClient();
  const { data = [] } = useQuery(openOperationsOf(property.id, room.id));
  const { operation, view } = way.search;
  const open = data.filter(({ id }) => !client.getQueryData<Operation>(operationOf(property.id, id).queryKey)?.endedAt);
  const mine = open.find(({ requester, kind }) => requester.id === member && kind !== 'read');
  const others = open.filter(({ id, requester }) => id !== operation && requester.id !== member);
  const takeUp = operation === undefined && view === undefined ? mine : undefined;
  useEffect(() => {
    if (takeUp === undefined) return;
    const next = { ...(takeUp.kind === 'cancel' && { view: 'check-out' as const }), operation: takeUp.id };
    way.show(next, true);
  }, [takeUp, way]);
  if (operation !== undefined || others.length === 0) return null;
  return (
    <div className={classes.section}>
      {others.map(({ id, requester, encoder }) => {
        const names = { room: room.name, encoder: encoder.name ?? encoder.mac };
        return (
          <Note key={id} meaning="accent" live="status">
            <bdi>
              {requester.name === null
                ? t('othersAtWorkNobody', names)
                : t('othersAtWork', { ...names, name: requester.name })}
            </bdi>{' '}
            <Button size="xs" onClick={() => way.show({ operation: id })}>
              {t('follow')}
            </Button>
          </Note>
        );
      })}
    </div>
  );
}

function useCardActions(way: RoomWay, onRetire: (record: CardRecord) => void): readonly CardAction[] {
  const t = useTexts(texts);
  const { can, mayIssue } = useSession();
  return [
    ...(mayIssue
      ? [
          { name: t('cancelCard'), act: ({ id }: { id: string }) => way.show({ view: 'check-out', record: id }) },
          { name: t('reportLost'), act: ({ id }: { id: string }) => way.show({ view: 'lost', record: id }) },
        ]
      : []),
    ...(can('cards.write') ? [{ name: t('retire'), act: onRetire }] : []),
  ];
}

/** What else is done with a room's cards. */
function Foot({ cards, way }: { readonly cards: RoomCards; readonly way: RoomWay }) {
  const t = useTexts(texts);
  const { mayIssue } = useSession();
  const { view } = way.search;
  const isOut = cards.current.length > 0;
  const button = (to: NonNullable<typeof view>, name: string, hotkey?: string) => (
    <Button
      key={to}
      size="xs"
      variant="subtle"
      aria-current={view === to}
      data-to={to}
      onClick={() => way.show({ view: to })}
      rightSection={hotkey && <kbd>{hotkey}</kbd>}
    >
      {name}
    </Button>
  );
  return (
    <div className={classes.foot}>
      {view !== undefined && (
        <Button size="xs" variant="subtle" onClick={() => way.show()} leftSection={<Icon name="left" size={14} />}>
          {t('returnToRoom')}
        </Button>
      )}
      {mayIssue && isOut && (
        <>
          {button('extend', t('extend'), 'F8')}
          {button('lost', t('reportLost'))}
          {button('move', t('move'))}
          {button('check-out', t('checkOut'), 'F7')}
        </>
      )}
      {button('history', t('history'))}
    </div>
  );
}
