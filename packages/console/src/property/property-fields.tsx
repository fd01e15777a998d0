import { TextInput } from '@mantine/core';
import { useFault } from '../problem/use-fault.ts';
import { useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './property.module.css';
import * as texts from './texts.ts';
import { TimeZoneField } from './time-zone-field.tsx';
import { zoneHere } from './time-zones.ts';

/** What is typed of a property. */
export interface TypedProperty {
  readonly number: string;
  readonly name: string;
  readonly timeZone: string;
  readonly checkOutTime: string;
}

/** A property that nobody has typed anything of: where this browser is, and the usual hour. */
export function newProperty(): TypedProperty {
  return { number: '', name: '', timeZone: zoneHere(), checkOutTime: '12:00' };
}

/** The fields of a property, with what the server has against each. */
export function PropertyFields(props: {
  readonly typed: TypedProperty;
  readonly change: (facts: Partial<TypedProperty>) => void;
  readonly error: unknown;
  readonly strict: boolean;
  /** Where the property stands in the body of the request, e.g. `property.`. */
  readonly path?: string;
  /** Whether the server draws a number where none is typed. */
  readonly numberIsDrawn?: boolean;
}) {
  const t = useTexts(texts);
  const { gap } = useSigns();
  const { typed, change, error, strict, path = '', numberIsDrawn = false } = props;
  const faultAt = useFault(error);
  const fault = (field: keyof TypedProperty) => faultAt(`${path}${field}`);
  const missing = (value: string) => (strict && value.trim() === '' ? t('missing') : null);
  return (
    <>
      <TextInput
        label={t('name')}
        value={typed.name}
        error={fault('name') ?? missing(typed.name)}
        autoComplete="organization"
        maxLength={64}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <TimeZoneField value={typed.timeZone} onChange={(timeZone) => change({ timeZone })} error={fault('timeZone')} />
      <div className={classes.two}>
        <TextInput
          type="time"
          label={t('checkOutTime')}
          description={t('checkOutHint')}
          value={typed.checkOutTime}
          error={fault('checkOutTime') ?? missing(typed.checkOutTime)}
          onChange={({ currentTarget }) => change({ checkOutTime: currentTarget.value })}
        />
        <TextInput
          label={t('number')}
          description={numberIsDrawn ? `${t('numberHint')}${gap}${t('numberIsDrawn')}` : t('numberHint')}
          value={typed.number}
          error={fault('number') ?? (numberIsDrawn ? null : missing(typed.number))}
          autoComplete="off"
          spellCheck={false}
          maxLength={20}
          onChange={({ currentTarget }) => change({ number: currentTarget.value })}
        />
      </div>
    </>
  );
}
