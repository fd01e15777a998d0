import { Button, NativeSelect } from '@mantine/core';
import { LOCK_TYPES, type LockType } from '../lock/lock-types.ts';
import { useTexts } from '../texts/texts.ts';
import type { Change } from './change.ts';
import classes from './house.module.css';
import type { Room } from './places.ts';
import * as texts from './texts.ts';

/** What can be done with the chosen rooms, all at once. */
export function ChosenBar(props: {
  readonly rooms: readonly Room[];
  readonly current: number | null;
  readonly canExport: boolean;
  readonly onChange: (change: Change) => void;
  readonly onExport: () => void;
  readonly onRemove: () => void;
  readonly onClear: () => void;
}) {
  const t = useTexts(texts);
  const { rooms, current, onChange } = props;
  return (
    <div className={classes.chosen} role="toolbar" aria-label={t('chosen', { count: rooms.length })}>
      <b role="status">{t('chosen', { count: rooms.length })}</b>
      <NativeSelect
        size="xs"
        aria-label={t('setLockType')}
        value=""
        onChange={({ currentTarget }) => onChange({ field: 'lockType', value: currentTarget.value as LockType })}
        data={[{ value: '', label: t('setLockType') }, ...LOCK_TYPES.map((type) => ({ value: type, label: type }))]}
      />
      {current !== null && (
        <Button size="xs" onClick={() => onChange({ field: 'keyVersion', value: current })}>
          {t('markProgrammed', { version: String(current) })}
        </Button>
      )}
      {props.canExport && (
        <Button size="xs" onClick={props.onExport}>
          {t('exportLocks')}
        </Button>
      )}
      <Button size="xs" color="bad" onClick={props.onRemove}>
        {t('remove')}
      </Button>
      <Button size="xs" variant="subtle" onClick={props.onClear}>
        {t('chooseNone')}
      </Button>
      <span className={classes.keys}>{t.rich('keys', { kbd: (chunks) => <kbd>{chunks}</kbd> })}</span>
    </div>
  );
}
