import { useState } from 'react';
import { useEncoder } from '../encoder/chosen-encoder.ts';
import { canStayOpen } from '../lock/lock-types.ts';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { useMinute } from '../time/use-minute.ts';
import { dayAndTimeAt, daysLater } from '../time/zoned.ts';
import { ConsequenceNote } from './consequence-note.tsx';
import { EndFields } from './end-fields.tsx';
import { IssueButton, IssueFormFrame } from './issue-button.tsx';
import { StaysOpen } from './issue-form.tsx';
import { useIssuing } from './issuing.ts';
import classes from './room.module.css';
import type { CardRecord, Room, RoomCards } from './room.ts';
import type { RoomWay } from './room-way.ts';
import { Stepper } from './stepper.tsx';
import * as texts from './texts.ts';
import { useCopies } from './use-copies.ts';
import { faultOfEnd, latestEnd, newestOf } from './validity.ts';
import { issueOf, keptOf, MOST_COPIES, type Typed, type Wish } from './wish.ts';

/** A later end for the guest who has the room. Each card of theirs has to come to the encoder. */
export function ExtendForm(props: { readonly room: Room; readonly cards: RoomCards; readonly way: RoomWay }) {
  const t = useTexts(texts);
  const { room, cards, way } = props;
  const { current } = cards;
  const end = latestEnd(current);
  if (end === null)
    return (
      <div className={classes.section}>
        <h3>{t('extendTitle')}</h3>
        <Note meaning="calm">{t('extendNobody')}</Note>
      </div>
    );
  return <ExtendFields key={end} room={room} current={current} end={end} way={way} />;
}

function ExtendFields(props: {
  readonly room: Room;
  readonly current: readonly CardRecord[];
  readonly end: number;
  readonly way: RoomWay;
}) {
  const t = useTexts(texts);
  const times = useTimes();
  const { property } = useSession();
  const { timeZone } = property;
  const { encoder } = useEncoder();
  const now = useMinute();
  const { room, end: oldEnd, way } = props;
  const [typed, setTyped] = useState<Typed>(() => {
    const { day, time } = dayAndTimeAt(oldEnd, timeZone);
    return {
      mode: 'duplicate',
      ...keptOf(newestOf(props.current), room),
      end: { day: daysLater(day, 1), time },
      begin: null,
    };
  });
  const [copies, setCopies] = useCopies(props.current.length);
  const fields: Wish = { ...typed, copies };
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const wanted = issueOf(fields, { property: property.id, room: room.id, encoder: encoder?.id ?? 0, timeZone });
  const isLater = wanted !== null && Date.parse(wanted.validUntil) > oldEnd;
  const issue = isLater && faultOfEnd(fields.end, now, timeZone) === null ? wanted : null;
  const issuing = useIssuing(issue, ({ id }) => way.follow(id));
  return (
    <IssueFormFrame
      label={t('extendTitle')}
      onSubmit={() => {
        if (encoder !== null) void issuing.press();
      }}
    >
      <h3>{t('extendTitle')}</h3>
      <p className={classes.lead}>{t('extendWhy')}</p>
      <div className={classes.fields}>
        <EndFields end={fields.end} onChange={(end) => change({ end })} />
        <Stepper inline label={t('copies')} value={fields.copies} least={1} most={MOST_COPIES} onChange={setCopies} />
        {canStayOpen(room.lock.type) && (
          <StaysOpen value={fields.normallyOpen} onChange={(normallyOpen) => change({ normallyOpen })} />
        )}
      </div>
      {wanted !== null && !isLater && (
        <Note meaning="warn" live="status">
          {t('extendEarlier', { time: times.dayAndClock(oldEnd) })}
        </Note>
      )}
      {issue !== null && <ConsequenceNote issuing={issuing} mode="duplicate" room={room.name} />}
      <IssueButton issuing={issuing}>
        {t('extendOn', { count: fields.copies, encoder: encoder?.name ?? '' })}
      </IssueButton>
    </IssueFormFrame>
  );
}
