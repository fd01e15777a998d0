import { Switch, TextInput } from '@mantine/core';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { serverNow } from '../time/server-clock.ts';
import type { DayAndTime } from '../time/zoned.ts';
import classes from './room.module.css';
import * as texts from './texts.ts';
import { beginOf, endKeepingNights, nextArrival } from './validity.ts';
import type { Wish } from './wish.ts';

/** A stay that is sold ahead begins at a time of its own. Its nights are counted from then. */
export function BeginFields(props: {
  readonly wish: Wish;
  readonly fault: string | null;
  readonly onChange: (change: Partial<Wish>) => void;
}) {
  const t = useTexts(texts);
  const { property } = useSession();
  const { wish, fault, onChange } = props;
  const { begin } = wish;
  const change = (next: DayAndTime | null) => {
    const [now, { timeZone }] = [serverNow(), property];
    const [was, is] = [beginOf(begin, now, timeZone), beginOf(next, now, timeZone)];
    onChange({ begin: next, end: endKeepingNights(wish.end, was, is, timeZone) });
  };
  return (
    <>
      <Switch
        className={classes.full ?? ''}
        classNames={{ body: classes.switch ?? '' }}
        labelPosition="left"
        label={t('later')}
        description={t('laterWhy')}
        checked={begin !== null}
        onChange={({ currentTarget }) =>
          change(currentTarget.checked ? nextArrival(serverNow(), property.timeZone) : null)
        }
      />
      {begin !== null && (
        <>
          <span />
          <TextInput
            type="date"
            label={t('begin')}
            value={begin.day}
            error={fault === 'begin' ? t('endIncomplete') : null}
            onChange={({ currentTarget }) => change({ day: currentTarget.value, time: begin.time })}
          />
          <TextInput
            type="time"
            label={t('at')}
            value={begin.time}
            onChange={({ currentTarget }) => change({ day: begin.day, time: currentTarget.value })}
          />
        </>
      )}
    </>
  );
}
