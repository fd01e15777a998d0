import { TextInput } from '@mantine/core';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { useMinute } from '../time/use-minute.ts';
import type { DayAndTime } from '../time/zoned.ts';
import classes from './room.module.css';
import { Stepper } from './stepper.tsx';
import * as texts from './texts.ts';
import { beginOf, endAfter, faultOfEnd, nightsUntil } from './validity.ts';

const MOST_NIGHTS = 400;
const FAULTS = { incomplete: 'endIncomplete', past: 'endPast', before: 'endBefore' } as const;

/** Until when cards are valid: by nights, or by day and time. The fields are the browser's own, in the property's zone. */
export function EndFields({
  end,
  begin = null,
  onChange,
}: {
  readonly end: DayAndTime;
  /** When the stay begins; null for at once. */
  readonly begin?: DayAndTime | null;
  readonly onChange: (end: DayAndTime) => void;
}) {
  const t = useTexts(texts);
  const { property } = useSession();
  const now = useMinute();
  const { timeZone } = property;
  const from = beginOf(begin, now, timeZone);
  const nights = nightsUntil(end, from, timeZone) ?? 0;
  const fault = faultOfEnd(end, now, timeZone, from);
  return (
    <>
      <Stepper
        label={t('nights')}
        value={Math.max(0, nights)}
        least={0}
        most={MOST_NIGHTS}
        onChange={(count) =>
          onChange({
            ...endAfter(count, from, timeZone, property.checkOutTime),
            time: end.time || property.checkOutTime,
          })
        }
      />
      <TextInput
        type="date"
        label={t('until')}
        value={end.day}
        aria-invalid={fault !== null}
        onChange={({ currentTarget }) => onChange({ day: currentTarget.value, time: end.time })}
      />
      <TextInput
        type="time"
        label={t('at')}
        value={end.time}
        aria-invalid={fault !== null}
        onChange={({ currentTarget }) => onChange({ day: end.day, time: currentTarget.value })}
      />
      {fault && (
        <p className={classes.fault} role="alert">
          {t(FAULTS[fault])}
        </p>
      )}
    </>
  );
}
