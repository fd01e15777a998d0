import { NativeSelect, TextInput } from '@mantine/core';
import { Icon } from '../icon/icon.tsx';
import { LOCK_TYPES, type LockType } from '../lock/lock-types.ts';
import { useTexts } from '../texts/texts.ts';
import classes from './house.module.css';
import { floorName } from './place-tree.tsx';
import type { Filter, LockKey, TreeBuilding } from './room-rows.ts';
import * as texts from './texts.ts';

/** Which rooms are shown. */
export function Toolbar(props: {
  readonly filter: Filter;
  readonly tree: readonly TreeBuilding[];
  readonly onFilter: (filter: Filter) => void;
}) {
  const t = useTexts(texts);
  const { filter, tree, onFilter } = props;
  return (
    <search className={classes.toolbar} aria-label={t('which')}>
      <NativeSelect
        className={classes.whereSelect}
        aria-label={t('tree')}
        value={`${filter.building ?? ''} ${filter.floor ?? ''}`}
        onChange={({ currentTarget }) => {
          const [building = '', floor = ''] = currentTarget.value.split(' ');
          onFilter({ ...filter, building: building || null, floor: floor || null });
        }}
      >
        <option value=" ">{t('wholeHouse')}</option>
        {tree.map(({ building, floors }) => (
          <optgroup key={building.id} label={building.name}>
            <option value={`${building.id} `}>{t('wholeBuilding', { name: building.name })}</option>
            {floors.map(({ floor }) => (
              <option key={floor.id} value={`${building.id} ${floor.id}`}>
                {floorName(floor, t)}
              </option>
            ))}
          </optgroup>
        ))}
      </NativeSelect>
      <TextInput
        className={classes.search}
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<Icon name="search" />}
        value={filter.search}
        onChange={({ currentTarget }) => onFilter({ ...filter, search: currentTarget.value })}
        autoComplete="off"
        spellCheck={false}
      />
      <NativeSelect
        aria-label={t('columns.lockType')}
        value={filter.lockType ?? ''}
        onChange={({ currentTarget }) =>
          onFilter({ ...filter, lockType: (currentTarget.value || null) as LockType | null })
        }
        data={[{ value: '', label: t('allLockTypes') }, ...LOCK_TYPES.map((type) => ({ value: type, label: type }))]}
      />
      <NativeSelect
        aria-label={t('columns.keyVersion')}
        value={filter.lockKey ?? ''}
        onChange={({ currentTarget }) =>
          onFilter({ ...filter, lockKey: (currentTarget.value || null) as LockKey | null })
        }
        data={[
          { value: '', label: t('allKeys') },
          { value: 'old', label: t('oldKey') },
          { value: 'current', label: t('currentKey') },
          { value: 'unknown', label: t('unknownKey') },
        ]}
      />
    </search>
  );
}
