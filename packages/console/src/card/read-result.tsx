import type { Operation } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Icon } from '../icon/icon.tsx';
import { MainButton } from '../operation/stage/main-button.tsx';
import { Bones } from '../page/bones.tsx';
import { Columns, Panel } from '../page/page.tsx';
import { roomCardsOf, roomOf } from '../room/room.ts';
import { latestEnd } from '../room/validity.ts';
import { useSession } from '../session/session.tsx';
import { Chip } from '../state/chip.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { useMinute } from '../time/use-minute.ts';
import { cardOf } from './card-of.ts';
import { CompareTable } from './compare-table.tsx';
import classes from './read-page.module.css';
import { atTheDoor, type Reading, type Verdict, verdictOf } from './reading.ts';
import * as texts from './texts.ts';

/** Whose a card is, what it opens, what it says and what the records say. */
export function ReadResult(props: {
  readonly serial: string;
  readonly reading: Reading;
  readonly operation: Operation;
  readonly onCancel: (() => void) | null;
}) {
  const { serial, reading, onCancel } = props;
  const { property } = useSession();
  const now = useMinute();
  const { card, record } = reading;
  const roomId = card?.room ?? null;
  const room = useQuery({ ...roomOf(property.id, roomId ?? ''), enabled: roomId !== null });
  const roomCards = useQuery({ ...roomCardsOf(property.id, roomId ?? ''), enabled: roomId !== null });
  const known = useQuery(cardOf(property.id, serial));
  if ((roomId !== null && (room.isPending || roomCards.isPending)) || known.isPending) return <Bones rows={6} />;
  const records = known.data?.history ?? [];
  const own = records.find(({ id }) => id === record?.id) ?? known.data?.record ?? null;
  const current = roomCards.data?.current ?? [];
  const isOfTheStay = current.some(({ id }) => id === record?.id);
  const end = isOfTheStay ? latestEnd(current) : null;
  const verdict = verdictOf(
    reading,
    { mayOpenUntil: own?.mayOpenUntil ?? null, stayUntil: end === null ? null : new Date(end).toISOString() },
    now,
  );
  const name = room.data?.name ?? null;
  const holder = record === null ? null : (own?.holder ?? null);
  return (
    <Columns>
      <div>
        <VerdictPanel verdict={verdict} reading={reading} room={name} holder={holder} onCancel={onCancel} />
        <CompareTable reading={reading} holder={holder} />
      </div>
      <div>
        {name !== null && <AtTheDoor verdict={verdict} reading={reading} room={name} />}
        <Life records={records} />
      </div>
    </Columns>
  );
}

function VerdictPanel(props: {
  readonly verdict: Verdict;
  readonly reading: Reading;
  readonly room: string | null;
  readonly holder: string | null;
  readonly onCancel: (() => void) | null;
}) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const { verdict, reading, room, onCancel } = props;
  const words = useVerdictWords(verdict, room ?? '', props.holder);
  const count = reading.differences.length;
  const roomId = reading.card?.room ?? null;
  return (
    <Panel>
      <div className={classes.verdict}>
        <svg viewBox="0 0 168 106" aria-hidden="true" focusable="false">
          <rect
            x="1"
            y="1"
            width="166"
            height="104"
            rx="11"
            fill="var(--accent-tint)"
            stroke="var(--accent-mark)"
            strokeWidth="1.5"
          />
          <rect x="18" y="24" width="26" height="20" rx="4" fill="var(--accent-mark)" />
          <path
            d="M128 22a16 16 0 0 1 0 22M137 16a26 26 0 0 1 0 34"
            fill="none"
            stroke="var(--accent-mark)"
            strokeWidth="2"
            strokeLinecap="round"
          />
          {room !== null && (
            <text x="18" y="88" className={classes.number}>
              {[...room].slice(-8).join('')}
            </text>
          )}
        </svg>
        <div className={classes.grow} role="status">
          <p className={classes.chips}>
            {reading.card !== null && (
              <Chip meaning="good" icon="ok">
                {t('genuine')}
              </Chip>
            )}
            {count > 0 && (
              <Chip meaning="warn" icon="alert">
                {t('differences', { count })}
              </Chip>
            )}
          </p>
          <h2>
            <bdi>{words.title}</bdi>
          </h2>
          <p>
            <bdi>{words.why}</bdi>
          </p>
        </div>
      </div>
      <div className={classes.actions}>
        {roomId !== null && room !== null && (
          <MainButton
            hotkey="Enter"
            onPress={() =>
              void navigate({
                to: '/desk/rooms/$room',
                params: { room: roomId },
                search: verdict.kind === 'opensLess' ? { view: 'extend' } : {},
              })
            }
          >
            {verdict.kind === 'opensLess' ? t('extend') : t('openRoom', { room })}
          </MainButton>
        )}
        {onCancel && (
          <Button color="bad" onClick={onCancel} rightSection={<kbd>F4</kbd>}>
            {t('cancelCard')}
          </Button>
        )}
      </div>
    </Panel>
  );
}

function useVerdictWords(verdict: Verdict, room: string, holder: string | null) {
  const t = useTexts(texts);
  const times = useTimes();
  const name = holder ?? t('noHolder');
  const whose = holder === null ? t('verdictWhy.opensNobody') : t('verdictWhy.opens', { holder });
  switch (verdict.kind) {
    case 'opens':
      return { title: t('verdict.opensUntil', { room, time: times.short(verdict.until) }), why: whose };
    case 'opensLess':
      return {
        title: t('verdict.opensLess', { room, time: times.short(verdict.until) }),
        why: t('verdictWhy.opensLess', { holder: name, time: times.dayAndClock(verdict.stayUntil) }),
      };
    case 'later':
      return { title: t('verdict.later', { room, time: times.dayAndClock(verdict.from) }), why: t('verdictWhy.later') };
    case 'expired':
      return {
        title: t('verdict.expired'),
        why: t('verdictWhy.expired', { room, time: times.dayAndClock(verdict.until) }),
      };
    case 'superseded':
      return {
        title: t('verdict.superseded', { room }),
        why:
          verdict.mayOpenUntil === null
            ? t('verdictWhy.supersededOver')
            : t('verdictWhy.superseded', { time: times.dayAndClock(verdict.mayOpenUntil) }),
      };
    case 'lost':
      return {
        title: t('verdict.lost'),
        why:
          verdict.mayOpenUntil === null
            ? t('verdictWhy.supersededOver')
            : t('verdictWhy.lost', { time: times.dayAndClock(verdict.mayOpenUntil) }),
      };
    default:
      return { title: t(`verdict.${verdict.kind}`), why: t(`verdictWhy.${verdict.kind}`) };
  }
}

const DOOR_ICONS = { opens: 'ok', perhaps: 'question', expired: 'clock', early: 'clock', superseded: 'no' } as const;

function AtTheDoor({
  verdict,
  reading,
  room,
}: {
  readonly verdict: Verdict;
  readonly reading: Reading;
  readonly room: string;
}) {
  const t = useTexts(texts);
  const times = useTimes();
  const lines = atTheDoor(verdict, reading.card);
  if (lines.length === 0) return null;
  return (
    <Panel title={<bdi>{t('door', { room })}</bdi>}>
      <ul className={classes.doors}>
        {lines.map(({ from, answer }) => (
          <li key={`${from} ${answer}`} data-answer={answer}>
            <Icon name={DOOR_ICONS[answer]} />
            <b>{from === null ? t('doorNow') : t('doorFrom', { time: times.short(from) })}</b>
            <span>{t(`answers.${answer}`)}</span>
          </li>
        ))}
        <li data-answer="another-room">
          <Icon name="no" />
          <b>{t('doorOthers')}</b>
          <span>{t('answers.another-room')}</span>
        </li>
      </ul>
      <Note meaning="calm">{t('doorNote')}</Note>
    </Panel>
  );
}

function Life({
  records,
}: {
  readonly records: readonly {
    readonly id: string;
    readonly room: string;
    readonly status: string;
    readonly issuedAt: string;
    readonly validUntil: string;
    readonly holder: string | null;
  }[];
}) {
  const t = useTexts(texts);
  const times = useTimes();
  return (
    <Panel title={t('life')}>
      {records.length === 0 && <p className={classes.muted}>{t('lifeNone')}</p>}
      <ol className={classes.life}>
        {records.slice(0, 10).map((record) => (
          <li key={record.id}>
            <b>
              <IssuedFor room={record.room} />
            </b>
            <p>
              {times.short(record.issuedAt)} · {t('lifeTo', { time: times.dayAndClock(record.validUntil) })} ·{' '}
              {t(`status.${record.status as keyof (typeof texts.english)['status']}`)}
              {record.holder !== null && (
                <>
                  {' · '}
                  <bdi>{record.holder}</bdi>
                </>
              )}
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function IssuedFor({ room }: { readonly room: string }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const { data } = useQuery(roomOf(property.id, room));
  return <bdi>{t('lifeIssued', { room: data?.name ?? '…' })}</bdi>;
}
