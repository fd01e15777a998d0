import { Button } from '@mantine/core';
import { Icon } from '../icon/icon.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './house.module.css';
import type { Filter, TreeBuilding } from './room-rows.ts';
import * as texts from './texts.ts';

export type Where = Pick<Filter, 'building' | 'floor'>;

/** The house as a list of buildings and floors. One of them is shown beside it. */
export function PlaceTree(props: {
  readonly tree: readonly TreeBuilding[];
  readonly rooms: number;
  readonly where: Where;
  readonly onWhere: (where: Where) => void;
  /** Null for who may add none. */
  readonly onAdd: (() => void) | null;
}) {
  const t = useTexts(texts);
  const { tree, where, onWhere } = props;
  const is = (building: string | null, floor: string | null) => where.building === building && where.floor === floor;
  const entry = (given: {
    readonly name: React.ReactNode;
    readonly rooms: number;
    readonly building: string | null;
    readonly floor: string | null;
  }) => (
    <button
      type="button"
      aria-current={is(given.building, given.floor) ? 'true' : undefined}
      data-floor={given.floor !== null}
      onClick={() => onWhere({ building: given.building, floor: given.floor })}
    >
      <span>{given.name}</span>
      <span className={classes.count}>{given.rooms}</span>
    </button>
  );
  return (
    <nav className={classes.tree} aria-label={t('tree')}>
      {entry({ name: t('wholeHouse'), rooms: props.rooms, building: null, floor: null })}
      <ul>
        {tree.map(({ building, rooms, floors }) => (
          <li key={building.id}>
            {entry({ name: <bdi>{building.name}</bdi>, rooms, building: building.id, floor: null })}
            {floors.length > 0 && (
              <ul>
                {floors.map(({ floor, rooms: onFloor }) => (
                  <li key={floor.id}>
                    {entry({
                      name: <bdi>{floorName(floor, t)}</bdi>,
                      rooms: onFloor,
                      building: building.id,
                      floor: floor.id,
                    })}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {props.onAdd && (
        <Button size="xs" variant="subtle" leftSection={<Icon name="plus" size={12} />} onClick={props.onAdd}>
          {t('addPlace')}
        </Button>
      )}
    </nav>
  );
}

/** What a floor is called; one that has its number for a name is told as a floor. */
export function floorName(
  { name, number }: { readonly name: string; readonly number: string },
  t: (key: 'floor', values: { readonly number: string }) => string,
): string {
  return name === number ? t('floor', { number }) : name;
}
