import type { Operation } from '@keyrack/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { explainCause } from '../cause/explain-cause.ts';
import { useEncoder } from '../encoder/chosen-encoder.ts';
import { troubleOf } from '../encoder/encoder-state.ts';
import { useEncoderAdvice } from '../encoder/use-encoder-advice.ts';
import { Icon } from '../icon/icon.tsx';
import { useLiveNews } from '../live/live.tsx';
import { KindOf, StateMark } from '../operation/state-mark.tsx';
import { useSession } from '../session/session.tsx';
import { useLanguage } from '../texts/language.tsx';
import { Sentences } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import classes from './now.module.css';
import type { RackRoom } from './seen-state.ts';
import * as texts from './texts.ts';
import { useRackPart, useRackStore } from './use-rack.ts';

/** Of each list, more are said by a number: a column of hundreds is read by nobody. */
const SHOWN = { attention: 6, expiring: 28, last: 8 } as const;

/** What is now: what needs a person first, then what ends today, then what was done last. */
export function Now() {
  const t = useTexts(texts);
  return (
    <section className={classes.now} aria-label={t('now')}>
      <Attention />
      <Expiring />
      <Last />
    </section>
  );
}

/** Rooms of a state, in the order of the rack; the same list while it is the same. */
function useRooms(state: RackRoom['state']): readonly RackRoom[] {
  const store = useRackStore();
  const counts = useRackPart((each) => each.counts());
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts tell that rooms changed.
  return useMemo(() => [...store.rooms()].filter((room) => room.state === state), [store, counts, state]);
}

/** What needs a person, and how many there are of each kind: the rooms are those that the legend counts. */
export function useAttention() {
  const t = useTexts(texts);
  const unclear = useRooms('attention');
  const lost = useRooms('lost');
  const { encoders = [] } = useEncoder();
  const adviceFor = useEncoderAdvice();
  const away = encoders.flatMap((encoder) => {
    const trouble = troubleOf(encoder);
    return trouble === null ? [] : [{ encoder, ...adviceFor(encoder, trouble) }];
  });
  const words = (
    [
      ['attentionRooms', unclear.length],
      ['attentionEncoders', away.length],
      ['attentionLost', lost.length],
    ] as const
  )
    .flatMap(([what, count]) => (count > 0 ? [t(what, { count })] : []))
    .join(' · ');
  return { unclear, lost, away, words, count: unclear.length + lost.length + away.length };
}

function Attention() {
  const t = useTexts(texts);
  const times = useTimes();
  const { language } = useLanguage();
  const store = useRackStore();
  const { unclear, lost, away, words, count } = useAttention();
  const items = [
    ...unclear.map((room, at) => (
      <Item
        key={room.id}
        meaning="bad"
        room={room.id}
        title={t('attentionIs', { room: store.name(room.id), what: t(`doubts.${doubtOf(room)}`) })}
      >
        {/* Said once for all that need the same. */}
        {room.attention !== unclear[at - 1]?.attention && room.attention && explainCause(room.attention, language)}
      </Item>
    )),
    ...away.map(({ encoder, what, advice }) => (
      <Item
        key={`encoder ${encoder.id}`}
        meaning="warn"
        room={null}
        title={t('encoderAway', { encoder: encoder.name })}
      >
        <Sentences>
          {what}
          <bdi>{advice}</bdi>
        </Sentences>
      </Item>
    )),
    ...lost.map((room) => (
      <Item key={room.id} meaning="lost" room={room.id} title={t('lostCard', { room: store.name(room.id) })}>
        {room.until && t('lostUntil', { until: times.short(room.until) })}
      </Item>
    )),
  ];
  return (
    <section className={classes.section} id="attention">
      <h2>
        {t('attention')} {count > 0 && <span>{words}</span>}
      </h2>
      {count === 0 ? <p className={classes.calm}>{t('nothingToDo')}</p> : null}
      <ul className={classes.items}>{items.slice(0, SHOWN.attention)}</ul>
      {count > SHOWN.attention && <p className={classes.calm}>{t('more', { count: count - SHOWN.attention })}</p>}
    </section>
  );
}

/** What is wrong, in two words. */
function doubtOf({ attention }: RackRoom): keyof (typeof texts.english)['doubts'] {
  return attention === 'card-damaged' || attention === 'written-off' ? attention : 'unknown';
}

function Item(props: {
  readonly meaning: 'bad' | 'warn' | 'lost';
  readonly room: string | null;
  readonly title: string;
  readonly children: React.ReactNode;
}) {
  const { meaning, room, title, children } = props;
  return (
    <li data-meaning={meaning}>
      <Icon name={meaning === 'lost' ? 'lost' : 'alert'} />
      <b>
        {room === null ? (
          <bdi>{title}</bdi>
        ) : (
          <Link to="/desk/rooms/$room" params={{ room }} preload={false}>
            <bdi>{title}</bdi>
          </Link>
        )}
      </b>
      <p>{children}</p>
    </li>
  );
}

function Expiring() {
  const t = useTexts(texts);
  const times = useTimes();
  const store = useRackStore();
  const rooms = useRooms('expires-today');
  const sorted = [...rooms].sort((one, other) => ((one.until ?? '') < (other.until ?? '') ? -1 : 1));
  const byTime = Map.groupBy(sorted.slice(0, SHOWN.expiring), ({ until }) =>
    until === null ? '' : times.clock(until),
  );
  return (
    <section className={classes.section}>
      <h2>
        {t('expiring')} {rooms.length > 0 && <span>{rooms.length}</span>}
      </h2>
      {rooms.length === 0 ? (
        <p className={classes.calm}>{t('nothingExpires')}</p>
      ) : (
        <dl className={classes.when}>
          {[...byTime].map(([time, ending]) => (
            <div key={time}>
              <dt>{time}</dt>
              <dd>
                {ending.map(({ id }) => (
                  <Link key={id} to="/desk/rooms/$room" params={{ room: id }} preload={false}>
                    <bdi>{store.short(id)}</bdi>
                  </Link>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {rooms.length > SHOWN.expiring && (
        <p className={classes.calm}>{t('more', { count: rooms.length - SHOWN.expiring })}</p>
      )}
    </section>
  );
}

function Last() {
  const t = useTexts(texts);
  const store = useRackStore();
  const times = useTimes();
  const { property } = useSession();
  const client = useQueryClient();
  // Kept true by what the stream tells, so that ten desks don't ask for each card that somebody makes.
  const key = ['rack', property.id, 'last-operations'];
  const { data = [] } = useQuery({
    queryKey: key,
    queryFn: async () => (await keyrack.operations.list({ property: property.id, limit: SHOWN.last })).data,
  });
  useLiveNews((news) => {
    if (!('operations' in news)) return;
    const changed = news.operations as readonly Operation[];
    client.setQueryData<readonly Operation[]>(key, (before = []) => withChanges(before, changed));
  });
  return (
    <section className={classes.section}>
      <h2>
        {t('last')} <Link to="/operations">{t('allOperations')}</Link>
      </h2>
      {data.length === 0 && <p className={classes.calm}>{t('nothingYet')}</p>}
      <ul className={classes.last}>
        {data.map((operation) => (
          <li key={operation.id}>
            <time dateTime={operation.acceptedAt}>{times.clock(operation.acceptedAt)}</time>
            <b>
              <bdi>{operation.room === null ? '–' : store.name(operation.room.id) || operation.room.name}</bdi>
            </b>
            <span>
              <KindOf operation={operation} />
            </span>
            <StateMark operation={operation} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The newest first, each once as it is now. Ids begin with the time of their request. */
function withChanges(before: readonly Operation[], changed: readonly Operation[]): readonly Operation[] {
  const byId = new Map([...before, ...changed].map((operation) => [operation.id, operation]));
  return [...byId.values()].sort((one, other) => (one.id < other.id ? 1 : -1)).slice(0, SHOWN.last);
}
