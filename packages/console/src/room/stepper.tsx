import { useId } from 'react';
import { useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './room.module.css';
import * as texts from './texts.ts';

/** A small number: buttons for the hand, and a field for the keyboard, whose arrows count too. */
export function Stepper(props: {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  /** Beside the field, instead of above it. */
  readonly inline?: boolean;
  readonly onChange: (value: number) => void;
}) {
  const t = useTexts(texts);
  const { colon } = useSigns();
  const id = useId();
  const { label, value, least, most, inline, onChange } = props;
  const set = (next: number) => {
    if (Number.isInteger(next)) onChange(Math.min(most, Math.max(least, next)));
  };
  const field = (
    <span className={classes.stepper}>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`${label}${colon}${t('oneLess')}`}
        disabled={value <= least}
        onClick={() => set(value - 1)}
      >
        −
      </button>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={least}
        max={most}
        value={value}
        onChange={({ currentTarget }) => set(currentTarget.valueAsNumber)}
      />
      <button
        type="button"
        tabIndex={-1}
        aria-label={`${label}${colon}${t('oneMore')}`}
        disabled={value >= most}
        onClick={() => set(value + 1)}
      >
        +
      </button>
    </span>
  );
  return inline ? (
    <div className={classes.row}>
      <label htmlFor={id}>{label}</label>
      {field}
    </div>
  ) : (
    <div className={classes.stepLabel}>
      <label htmlFor={id}>{label}</label>
      {field}
    </div>
  );
}
