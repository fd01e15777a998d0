import { type ReactNode, useId } from 'react';
import classes from './one-of.module.css';

/** A bar of a few choices, of which one holds. Arrows go from one to the next; `label` says to screen readers what is chosen. */
export function OneOf<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly onChange: (value: Value) => void;
  /** As wide as there is room. */
  readonly wide?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className={classes.bar} data-wide={props.wide ?? false}>
      <legend>{props.label}</legend>
      {props.choices.map(({ value, label }) => (
        <label key={value} data-on={props.value === value}>
          <input type="radio" name={name} checked={props.value === value} onChange={() => props.onChange(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
