import { memo } from 'react';
import { Icon, type IconName } from '../icon/icon.tsx';
import { useTexts } from '../texts/texts.ts';
import { type Times, useTimes } from '../time/times.ts';
import classes from './rack.module.css';
import { drawnCards, type RackRoom, type SeenState, seenState } from './seen-state.ts';
import * as texts from './texts.ts';
import { useRackRoom, useRackStore } from './use-rack.ts';

/** States that have a drawing of their own; the others are told by the cards that hang there. */
const MARKS: Readonly<Partial<Record<SeenState, IconName>>> = { today: 'clock', lost: 'lost', attention: 'alert' };

/** More cards than that are told by a number. */
const DRAWN = 2;

/** A hook of the rack. An empty one is an outline; where cards are out, so many hang there. It hears of its room alone. */
export const Cell = memo(function Cell({ id }: { readonly id: string }) {
  const room = useRackRoom(id);
  return room === undefined ? null : <DrawnCell room={room} />;
});

/**
 * A plain link, which the rack follows, with its words as a label: a router's link and hidden text in each of a thousand cells took
 * half of the time until the rack was there. What stands beside the number is drawn by the sheet, since the label says it.
 */
function DrawnCell({ room }: { readonly room: RackRoom }) {
  const t = useTexts(texts);
  const times = useTimes();
  const label = useRackStore().label(room.id);
  const state = seenState(room);
  const mark = MARKS[state];
  const { count, struck } = drawnCards(room);
  const line = room.busy === null ? lineOf(room, state, times, t) : t(room.busy);
  const isCalm = state === 'vacant' && room.busy === null && room.upcoming === 0;
  return (
    <a
      href={`/desk/rooms/${encodeURIComponent(room.id)}`}
      className={classes.room}
      data-room={room.id}
      data-state={state}
      data-busy={room.busy ?? undefined}
      data-beside={isCalm ? undefined : besideOf(count)}
      tabIndex={-1}
      title={room.name}
      aria-label={wordsOf(room, label, line, t)}
    >
      <bdi>{label}</bdi>
      {!isCalm && (
        <>
          <span className={classes.cards} data-count={count > DRAWN ? count : undefined}>
            {Array.from({ length: count > DRAWN ? 1 : count }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cards that are drawn alike.
              <i key={at} className={classes.card} data-struck={struck || undefined} />
            ))}
            {count === 0 && room.upcoming > 0 && <i className={classes.card} data-later="true" />}
          </span>
          <span className={classes.line}>
            {mark && <Icon name={mark} size={12} />}
            <em data-text={line} />
          </span>
        </>
      )}
    </a>
  );
}

/** How much is drawn beside the number, which leaves it that much less room. */
function besideOf(count: number): 'one' | 'two' | 'many' {
  return count > DRAWN ? 'many' : count === 2 ? 'two' : 'one';
}

/** What a cell says to who doesn't see it. */
function wordsOf(room: RackRoom, label: string, line: string, t: ReturnType<typeof useTexts<typeof texts.english>>) {
  const state = seenState(room);
  const isTime = room.until !== null && room.busy === null && state !== 'attention' && state !== 'lost';
  return [
    label,
    t(`states.${state}`),
    room.cards > 0 && t('cards', { count: room.cards }),
    room.outOfUse > 0 && t('mayOpen', { count: room.outOfUse }),
    room.upcoming > 0 && t('later', { count: room.upcoming }),
    room.normallyOpen && t('normallyOpen'),
    isTime ? `${t('until')} ${line}` : line,
  ]
    .filter((part) => part !== false && part !== '')
    .join(', ');
}

function lineOf(
  { until, normallyOpen }: RackRoom,
  state: SeenState,
  times: Times,
  t: ReturnType<typeof useTexts<typeof texts.english>>,
): string {
  if (state === 'attention') return t('check');
  if (state === 'lost') return t('lost');
  if (until === null) return '';
  const end = state === 'today' ? times.clock(until) : dayOf(until, times);
  return normallyOpen ? `${end} · ${t('open')}` : end;
}

/** `Fri`; a date where that could be another week's, and a year where it is another one. */
function dayOf(until: string, times: Times): string {
  const short = times.short(until);
  const year = /\d{4}/.exec(short)?.[0];
  if (year !== undefined) return year;
  const [first = short, ...others] = short.split(' ');
  return others.length <= 1 ? first : others.join(' ');
}

/** A hook of the legend, as small as a word. */
export function Sample({ state }: { readonly state: SeenState }) {
  const mark = MARKS[state];
  const count = { vacant: 0, out: 1, several: 2, today: 0, lost: 0, attention: 0 }[state];
  return (
    <span className={classes.sample} data-state={state} aria-hidden="true">
      {mark ? <Icon name={mark} size={12} /> : null}
      {Array.from({ length: count }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cards that are drawn alike.
        <i key={at} className={classes.card} />
      ))}
    </span>
  );
}
