import { Radio } from '@mantine/core';
import { useRef, useState } from 'react';
import { SerialEnd } from '../card/plastic.tsx';
import { useEncoder } from '../encoder/chosen-encoder.ts';
import { canStayOpen } from '../lock/lock-types.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { Sentences } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { useMinute } from '../time/use-minute.ts';
import { dayAndTimeAt } from '../time/zoned.ts';
import { EndFields } from './end-fields.tsx';
import { HolderFields } from './holder-fields.tsx';
import { IssueButton, IssueFormFrame } from './issue-button.tsx';
import { StaysOpen, useStops } from './issue-form.tsx';
import { useIssuing } from './issuing.ts';
import classes from './room.module.css';
import type { CardRecord, Room, RoomCards } from './room.ts';
import type { RoomWay } from './room-way.ts';
import { Stepper } from './stepper.tsx';
import * as texts from './texts.ts';
import { useCopies } from './use-copies.ts';
import { faultOfEnd, latestEnd } from './validity.ts';
import { faultOfWish, issueOf, keptOf, MOST_COPIES, type Typed, type Wish } from './wish.ts';

interface Props {
  readonly room: Room;
  readonly cards: RoomCards;
  readonly way: RoomWay;
  readonly onStops: (records: ReadonlySet<string>) => void;
}

/** Which card is lost, what that means, and then new cards for whoever stays. */
export function LostForm(props: Props) {
  const t = useTexts(texts);
  const { cards, way } = props;
  const { record } = way.search;
  const lost =
    cards.current.find(({ id }) => id === record) ?? (cards.current.length === 1 ? cards.current[0] : undefined);
  if (cards.current.length === 0)
    return (
      <div className={classes.section}>
        <h3>{t('lostTitle')}</h3>
        <Note meaning="calm">{t('lostNobody')}</Note>
      </div>
    );
  return (
    <>
      {cards.current.length > 1 && (
        <div className={classes.section}>
          <h3>{t('lostTitle')}</h3>
          <Radio.Group
            label={t('lostWhich')}
            value={lost?.id ?? null}
            onChange={(id) => way.open(way.room, { view: 'lost', record: id }, true)}
          >
            {cards.current.map((card) => (
              <Radio
                key={card.id}
                value={card.id}
                mt="sm"
                label={
                  <>
                    <bdi>{card.holder ?? ''}</bdi> <SerialEnd serial={card.serial} />
                  </>
                }
              />
            ))}
          </Radio.Group>
        </div>
      )}
      {lost !== undefined && <ReplaceForm key={lost.id} {...props} lost={lost} />}
    </>
  );
}

function ReplaceForm({ room, cards, way, onStops, lost }: Props & { readonly lost: CardRecord }) {
  const t = useTexts(texts);
  const times = useTimes();
  const { property } = useSession();
  const { timeZone } = property;
  const { encoder } = useEncoder();
  const now = useMinute();
  const name = useRef<HTMLInputElement>(null);
  const [tried, setTried] = useState(false);
  const [typed, setTyped] = useState<Typed>(() => ({
    mode: 'lost',
    ...keptOf(lost, room),
    end: dayAndTimeAt(Date.parse(lost.validUntil), timeZone),
    begin: null,
  }));
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  // All of the room's cards end with it, so everybody who stays needs a new one.
  const [copies, setCopies] = useCopies(cards.current.length);
  const wish: Wish = { ...typed, copies };
  const fault = faultOfWish(wish, room, timeZone);
  const isComplete = faultOfEnd(wish.end, now, timeZone) === null;
  const issue = isComplete
    ? issueOf(wish, { property: property.id, room: room.id, encoder: encoder?.id ?? 0, timeZone })
    : null;
  const issuing = useIssuing(issue, ({ id }) => way.follow(id));
  useStops(issuing.preview, true, onStops);
  const latest = latestEnd(cards.current);
  return (
    <IssueFormFrame
      label={t('lostTitle')}
      onSubmit={() => {
        setTried(true);
        if (fault === null && encoder !== null) void issuing.press();
      }}
    >
      {cards.current.length === 1 && <h3>{t('lostTitle')}</h3>}
      <Note meaning="lost" icon="lost" live="status">
        {t('lostWhy', { room: room.name, time: latest === null ? '' : times.dayAndClock(latest) })}
      </Note>
      {issuing.hasChanged && (
        <Note meaning="accent" live="alert">
          <Sentences>
            <b>{t('changed', { room: room.name })}</b>
            {t('changedWhy', { count: issuing.preview?.stops.length ?? 0 })}
          </Sentences>
        </Note>
      )}
      <div className={classes.fields}>
        <HolderFields wish={wish} fault={tried ? fault : null} nameRef={name} error={issuing.error} onChange={change} />
        <EndFields end={wish.end} onChange={(end) => change({ end })} />
        <Stepper inline label={t('copies')} value={wish.copies} least={1} most={MOST_COPIES} onChange={setCopies} />
        {canStayOpen(room.lock.type) && (
          <StaysOpen value={wish.normallyOpen} onChange={(normallyOpen) => change({ normallyOpen })} />
        )}
      </div>
      <IssueButton issuing={issuing}>{t('lostOn', { count: wish.copies, encoder: encoder?.name ?? '' })}</IssueButton>
    </IssueFormFrame>
  );
}
