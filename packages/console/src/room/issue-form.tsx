import { Radio, Switch } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { RoomSearch } from '../app/room-search.ts';
import { useDeskKey } from '../desk/keys.ts';
import { useRackRoom } from '../desk/use-rack.ts';
import { useEncoder } from '../encoder/chosen-encoder.ts';
import { canStayOpen } from '../lock/lock-types.ts';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { serverNow } from '../time/server-clock.ts';
import { useTimes } from '../time/times.ts';
import { useMinute } from '../time/use-minute.ts';
import { dayAndTimeAt } from '../time/zoned.ts';
import { BeginFields } from './begin-fields.tsx';
import { ConsequenceNote } from './consequence-note.tsx';
import { EndFields } from './end-fields.tsx';
import { HolderFields } from './holder-fields.tsx';
import { IssueButton, IssueFormFrame } from './issue-button.tsx';
import { useIssuing } from './issuing.ts';
import classes from './room.module.css';
import type { CardRecord, Room, RoomCards } from './room.ts';
import type { RoomWay } from './room-way.ts';
import { Stepper } from './stepper.tsx';
import * as texts from './texts.ts';
import { useCopies } from './use-copies.ts';
import { beginOf, faultOfEnd, latestEnd, newestOf, usualEnd } from './validity.ts';
import { faultOfWish, issueOf, keptOf, MOST_COPIES, type Typed, type Wish } from './wish.ts';

interface Props {
  readonly room: Room;
  readonly cards: RoomCards;
  /** Cards of the guest who moves here from another room. */
  readonly movedWith: readonly CardRecord[];
  readonly way: RoomWay;
  /** Which cards stop, as chosen now: they are struck through where they stand. */
  readonly onStops: (records: ReadonlySet<string>) => void;
}

/** New guest or same guest, first of all. Then who, until when, and how many cards. */
export function IssueForm({ room, cards, movedWith, way, onStops }: Props) {
  const t = useTexts(texts);
  const { property } = useSession();
  const { timeZone, checkOutTime } = property;
  const { encoder } = useEncoder();
  const now = useMinute();
  const [mode, setMode] = useState<'new' | 'duplicate' | null>(modeOf(way.search.mode));
  const [tried, setTried] = useState(false);
  const [fields, setFields] = useState<Typed>(() => {
    const movedEnd = latestEnd(movedWith);
    return {
      mode: 'new',
      ...keptOf(newestOf(movedWith), room),
      end: movedEnd === null ? usualEnd(serverNow(), timeZone, checkOutTime) : dayAndTimeAt(movedEnd, timeZone),
      begin: null,
    };
  });
  const [copies, setCopies] = useCopies(movedWith.length);
  // What the guest's cards do is kept, unless somebody says otherwise here.
  const [sameOpen, setSameOpen] = useState<boolean | null>(null);
  const change = (part: Partial<Typed>) => setFields((before) => ({ ...before, ...part }));

  const isVacant = cards.current.length === 0;
  // A card of which nobody can tell what it holds may open the room, too.
  const onRack = useRackRoom(room.id);
  const isFree = isVacant && (onRack === undefined || onRack.state === 'vacant');
  // Where nobody is, there is one choice, and nothing to stop.
  const chosen = isVacant ? 'new' : mode;
  const guestEnd = latestEnd(cards.current);
  const wish: Wish = {
    ...fields,
    copies,
    mode: chosen ?? 'new',
    ...(chosen === 'duplicate' &&
      guestEnd !== null && {
        end: dayAndTimeAt(guestEnd, timeZone),
        begin: null,
        normallyOpen: sameOpen ?? keptOf(newestOf(cards.current), room).normallyOpen,
      }),
  };
  const fault = faultOfWish(wish, room, timeZone);
  const isComplete =
    chosen !== null &&
    faultOfEnd(wish.end, now, timeZone, beginOf(wish.begin, now, timeZone)) === null &&
    fault !== 'begin';
  const issue = isComplete
    ? issueOf(wish, { property: property.id, room: room.id, encoder: encoder?.id ?? 0, timeZone })
    : null;
  const issuing = useIssuing(issue, ({ id }) => way.follow(id));
  useStops(issuing.preview, chosen !== null, onStops);

  const name = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const choose = (next: 'new' | 'duplicate') => {
    setMode(next);
    if (next === 'new') requestAnimationFrame(() => name.current?.focus());
    else requestAnimationFrame(() => button.current?.focus());
  };
  useDeskKey('F5', 'panel', () => choose('new'));
  useDeskKey('F6', 'panel', isVacant ? null : () => choose('duplicate'));

  const submit = () => {
    setTried(true);
    if (fault === null && encoder !== null) void issuing.press();
  };

  return (
    <IssueFormFrame label={t('whose')} onSubmit={submit}>
      <Radio.Group
        value={chosen}
        onChange={(value) => setMode(value === 'duplicate' ? 'duplicate' : 'new')}
        aria-label={t('whose')}
      >
        <div className={classes.choice}>
          <Radio.Card value="new" className={classes.option ?? ''}>
            <b>
              <i className={classes.dot} />
              {t('newGuest')} <kbd>F5</kbd>
            </b>
            <span>{t(isFree ? 'newGuestVacant' : 'newGuestWhy')}</span>
          </Radio.Card>
          {!isVacant && (
            <Radio.Card value="duplicate" className={classes.option ?? ''}>
              <b>
                <i className={classes.dot} />
                {t('sameGuest')} <kbd>F6</kbd>
              </b>
              <span>{t('sameGuestWhy')}</span>
            </Radio.Card>
          )}
        </div>
      </Radio.Group>
      {chosen === null ? (
        <p className={classes.lead}>{t('chooseFirst')}</p>
      ) : (
        <>
          <ConsequenceNote issuing={issuing} mode={chosen} room={room.name} />
          <div className={classes.fields}>
            {chosen === 'new' ? (
              <>
                <HolderFields
                  wish={wish}
                  fault={tried ? fault : null}
                  nameRef={name}
                  error={issuing.error}
                  onChange={change}
                />
                <EndFields end={fields.end} begin={fields.begin} onChange={(end) => change({ end })} />
                <BeginFields wish={wish} fault={tried ? fault : null} onChange={change} />
              </>
            ) : (
              <SameGuest cards={cards.current} />
            )}
            <Stepper inline label={t('copies')} value={copies} least={1} most={MOST_COPIES} onChange={setCopies} />
            {canStayOpen(room.lock.type) && (
              <StaysOpen
                value={wish.normallyOpen}
                onChange={chosen === 'duplicate' ? setSameOpen : (normallyOpen) => change({ normallyOpen })}
              />
            )}
          </div>
          <IssueButton issuing={issuing} buttonRef={button}>
            {t('issue', { count: copies, encoder: encoder?.name ?? '' })}
          </IssueButton>
        </>
      )}
    </IssueFormFrame>
  );
}

/** What a key of the desk chose, e.g. F5 and then the room. */
function modeOf(mode: RoomSearch['mode']): 'new' | 'duplicate' | null {
  return mode === undefined ? null : mode === 'same' ? 'duplicate' : 'new';
}

/** Tells which cards an issue would stop, as long as something is chosen. */
export function useStops(
  preview: { readonly stops: readonly { readonly record: string }[] } | undefined,
  isChosen: boolean,
  onStops: (records: ReadonlySet<string>) => void,
): void {
  const records = isChosen ? (preview?.stops ?? []).map(({ record }) => record).join(' ') : '';
  useEffect(() => {
    onStops(new Set(records.split(' ').filter(Boolean)));
    return () => onStops(new Set());
  }, [records, onStops]);
}

/** Holder and end are those of the cards that are out, and can't differ silently. */
function SameGuest({ cards }: { readonly cards: readonly CardRecord[] }) {
  const t = useTexts(texts);
  const times = useTimes();
  const end = latestEnd(cards);
  const holder = cards.find((card) => card.holder !== null)?.holder ?? null;
  const time = end === null ? '' : times.dayAndClock(end);
  return (
    <p className={classes.full}>
      <bdi>{holder === null ? t('sameEndNobody', { time }) : t('sameEnd', { holder, time })}</bdi>
      <span className={classes.small}>{t('changeEnd')}</span>
    </p>
  );
}

export function StaysOpen({
  value,
  onChange,
}: {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}) {
  const t = useTexts(texts);
  return (
    <Switch
      className={classes.full ?? ''}
      classNames={{ body: classes.switch ?? '' }}
      labelPosition="left"
      label={t('staysOpen')}
      description={t('staysOpenWhy')}
      checked={value}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}
