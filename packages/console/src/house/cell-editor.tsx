import { type KeyboardEvent, useEffect, useRef } from 'react';
import { LOCK_TYPES, type LockType } from '../lock/lock-types.ts';
import { useTexts } from '../texts/texts.ts';
import type { Change, Field, Value } from './change.ts';
import type { CardKey, Room } from './places.ts';
import classes from './room-table.module.css';
import * as texts from './texts.ts';

/** How an edit ended, and where the keyboard goes from there. */
export type Ended = 'stay' | 'next' | 'previous' | 'elsewhere';

/** A field in the place of a cell. Enter and Tab take what it holds, Esc leaves it as it was. */
export function CellEditor(props: {
  readonly room: Room;
  readonly field: Field;
  /** What the cell showed. */
  readonly value: Value;
  readonly keys: readonly CardKey[];
  readonly onDone: (change: Change | null, ended: Ended) => void;
}) {
  const t = useTexts(texts);
  const { room, field, value, onDone } = props;
  const element = useRef<HTMLInputElement & HTMLSelectElement>(null);
  const done = useRef(false);
  useEffect(() => {
    element.current?.focus();
    if (element.current instanceof HTMLInputElement) element.current.select();
  }, []);
  const end = (takes: boolean, ended: Ended) => {
    if (done.current) return;
    done.current = true;
    const change = takes && element.current ? changeOf(field, element.current.value) : null;
    onDone(change === null || change.value === value ? null : change, ended);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    event.stopPropagation();
    const taken = ['Enter', 'Escape', 'Tab'].includes(event.key);
    if (!taken) return;
    event.preventDefault();
    if (event.key === 'Escape') end(false, 'stay');
    else end(true, event.key === 'Enter' ? 'stay' : event.shiftKey ? 'previous' : 'next');
  };
  const shared = {
    ref: element,
    className: classes.editor,
    'aria-label': t('editing', { field: t(`columns.${field}`), room: room.number }),
    defaultValue: String(value ?? ''),
    onKeyDown: keyDown,
    onBlur: () => end(true, 'elsewhere'),
  };
  if (field === 'number' || field === 'name')
    return (
      <input {...shared} type="text" autoComplete="off" spellCheck={false} maxLength={field === 'name' ? 64 : 20} />
    );
  return (
    <select {...shared}>
      {field === 'lockType' && LOCK_TYPES.map((type) => <option key={type}>{type}</option>)}
      {field === 'gateway' && (
        <>
          <option value="true">{t('yes')}</option>
          <option value="false">{t('no')}</option>
        </>
      )}
      {field === 'keyVersion' && (
        <>
          {value === null && <option value="">{t('unknown')}</option>}
          {props.keys.map(({ version }) => (
            <option key={version} value={version}>
              {version}
            </option>
          ))}
        </>
      )}
    </select>
  );
}

function changeOf(field: Field, text: string): Change | null {
  switch (field) {
    case 'number':
    case 'name':
      return text.trim() === '' ? null : { field, value: text.trim() };
    case 'lockType':
      return { field, value: text as LockType };
    case 'gateway':
      return { field, value: text === 'true' };
    case 'keyVersion':
      return text === '' ? null : { field, value: Number(text) };
  }
}
