import { TextInput } from '@mantine/core';
import { faultOf } from '../problem/explain-problem.ts';
import { useTexts } from '../texts/texts.ts';
import classes from './property.module.css';
import * as texts from './texts.ts';
import { TimeZoneField } from './time-zone-field.tsx';

/** What is typed of a property. */
export interface TypedProperty {
  readonly number: string;
  readonly name: string;
  readonly timeZone: string;
  readonly checkOutTime: string;
}

/** The fields of a property, with what the server has against each. */
export function PropertyFields(props: {
  readonly typed: TypedProperty;
  readonly change: (facts: Partial<TypedProperty>) => void;
  readonly error: unknown;
  readonly strict: boolean;
}) {
  const t = useTexts(texts);
  const { typed, change, error, strict } = props;
  const missing = (value: string) => (strict && value.trim() === '' ? t('missing') : null);
  return (
    <>
      <TextInput
        label={t('name')}
        value={typed.name}
        error={faultOf(error, 'name') ?? missing(typed.name)}
        autoComplete="organization"
        maxLength={64}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <TimeZoneField
        value={typed.timeZone}
        onChange={(timeZone) => change({ timeZone })}
        error={faultOf(error, 'timeZone')}
      />
      <div className={classes.two}>
        <TextInput
          type="time"
          label={t('checkOutTime')}
          description={t('checkOutHint')}
          value={typed.checkOutTime}
          error={faultOf(error, 'checkOutTime') ?? missing(typed.checkOutTime)}
          onChange={({ currentTarget }) => change({ checkOutTime: currentTarget.value })}
        />
        <TextInput
          label={t('number')}
          description={t('numberHint')}
          value={typed.number}
          error={faultOf(error, 'number') ?? missing(typed.number)}
          autoComplete="off"
          spellCheck={false}
          maxLength={20}
          onChange={({ currentTarget }) => change({ number: currentTarget.value })}
        />
      </div>
    </>
  );
}
