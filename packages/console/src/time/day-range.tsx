import { NativeSelect, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTexts } from '../texts/texts.ts';
import classes from './day-range.module.css';
import * as texts from './texts.ts';
import { useTimes } from './times.ts';
import { useMinute } from './use-minute.ts';
import { dayAndTimeAt, daysLater } from './zoned.ts';

/** Days on the calendar of the property, both of them in it. Undefined is no bound. */
export interface DayRange {
  readonly first: string | undefined;
  readonly last: string | undefined;
}

const SPANS = { today: 1, week: 7, month: 31, year: 365 } as const;

/** Which days are looked at: a usual span up to today, or any two days. */
export function DayRangeChoice({
  range,
  onChange,
}: {
  readonly range: DayRange;
  readonly onChange: (range: DayRange) => void;
}) {
  const t = useTexts(texts);
  const id = useId();
  const { timeZone } = useTimes();
  const { day: today } = dayAndTimeAt(useMinute(), timeZone);
  const firstOf = (days: number) => daysLater(today, 1 - days);
  const { first, last } = range;
  const usual = Object.entries(SPANS).find(([, days]) => last === undefined && first === firstOf(days))?.[0];
  const [isOpen, setOpen] = useState(false);
  const chosen = isOpen ? 'days' : (usual ?? (first === undefined && last === undefined ? 'any' : 'days'));
  const choose = (value: string) => {
    setOpen(value === 'days');
    if (value === 'days') return;
    const days = SPANS[value as keyof typeof SPANS];
    onChange({ first: days === undefined ? undefined : firstOf(days), last: undefined });
  };
  return (
    <>
      <NativeSelect
        aria-label={t('when')}
        value={chosen}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        data={(['any', 'today', 'week', 'month', 'year', 'days'] as const).map((value) => ({ value, label: t(value) }))}
      />
      {chosen === 'days' &&
        (['first', 'last'] as const).map((name) => (
          <label key={name} className={classes.day} htmlFor={`${id}-${name}`}>
            {t(name)}
            <TextInput
              id={`${id}-${name}`}
              type="date"
              max="2199-12-31"
              value={range[name] ?? ''}
              onChange={({ currentTarget }) => onChange({ ...range, [name]: currentTarget.value || undefined })}
            />
          </label>
        ))}
    </>
  );
}
