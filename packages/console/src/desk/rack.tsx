import { type CSSProperties, type KeyboardEvent, memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTexts } from '../texts/texts.ts';
import { Cell } from './cell.tsx';
import type { Density } from './density.ts';
import classes from './rack.module.css';
import { fits, type RackFilter } from './rack-filter.ts';
import { MOVES, moveTo } from './rack-moves.ts';
import type { RackPlaces, RackStore } from './rack-store.ts';
import * as texts from './texts.ts';
import { useRackPart, useRackStore } from './use-rack.ts';

/** Rooms of a line, where a floor has more than fit well. */
const LINE = 10;

/** All rooms by building and floor. They never move: position is how a desk finds them. */
export function Rack({ filter, density }: { readonly filter: RackFilter; readonly density: Density }) {
  const root = useRef<HTMLDivElement>(null);
  const store = useRackStore();
  const places = useRackPart((each) => each.places());
  const counts = useRackPart((each) => each.counts());
  const move = useMoves(root);
  const [cells] = useState(createCells);
  // A thousand cells are dimmed without being drawn anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts and places tell that rooms changed.
  useLayoutEffect(
    () => dimBySlices(cells.of(root.current, places), store, filter),
    [store, filter, counts, places, cells],
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move the focus among the links within.
    <div ref={root} className={classes.rack} data-density={density} onKeyDown={move} onFocus={keepTabStop}>
      <Buildings places={places} />
    </div>
  );
}

const Buildings = memo(function Buildings({ places }: { readonly places: RackPlaces }) {
  return places
    .filter(({ floors }) => floors.some(({ rooms }) => rooms.length > 0))
    .map((building) => <BuildingOfRack key={building.id} building={building} />);
});

function BuildingOfRack({ building }: { readonly building: RackPlaces[number] }) {
  const floors = building.floors.filter(({ rooms }) => rooms.length > 0);
  const most = Math.max(...floors.map(({ rooms }) => rooms.length));
  const label = Math.max(2, ...floors.map(({ number }) => Math.min(6, [...number].length)));
  // As wide as its longest floor, where that fits into one line.
  const store = useRackStore();
  const longest = Math.max(...floors.flatMap(({ rooms }) => rooms.map((id) => [...store.label(id)].length)));
  const layout = {
    '--rooms-in-line': most <= LINE + 2 ? Math.max(6, most) : LINE,
    '--floor-label': `${label}ch`,
    // As many letters, and a drawing beside them.
    '--close': `${Math.max(52, 24 + 7 * Math.min(12, longest))}px`,
  } as CSSProperties;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section would be a landmark, of which there would be too many.
    <div role="group" className={classes.building} aria-labelledby={`building-${building.id}`} style={layout}>
      <header>
        <h2 id={`building-${building.id}`}>
          <bdi>{building.name}</bdi>
        </h2>
        <OutOf floors={floors} />
      </header>
      {floors.map(({ id, number, rooms }) => (
        <div key={id} className={classes.floor} data-floor={id}>
          <h3>{number}</h3>
          <div className={classes.rooms}>
            {rooms.map((room) => (
              <Cell key={room} id={room} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

function OutOf({ floors }: { readonly floors: RackPlaces[number]['floors'] }) {
  const t = useTexts(texts);
  const rooms = floors.flatMap((floor) => floor.rooms);
  const out = useRackPart((store) => rooms.filter((id) => (store.room(id)?.cards ?? 0) > 0).length);
  return <span>{t('roomsOut', { rooms: rooms.length, out })}</span>;
}

interface FloorCells {
  readonly floor: Element;
  readonly cells: readonly HTMLElement[];
}

/** The cells that are drawn, looked up once for each state of the places: a search goes through all of them at each key. */
function createCells() {
  let known: { readonly places: RackPlaces; readonly floors: readonly FloorCells[] } | null = null;
  return {
    of(root: HTMLElement | null, places: RackPlaces): readonly FloorCells[] {
      if (root === null) return [];
      const isStill = known?.places === places && known.floors.every(({ floor }) => floor.isConnected);
      if (known === null || !isStill) {
        const floors = [...root.querySelectorAll('[data-floor]')].map((floor) => ({
          floor,
          cells: [...floor.querySelectorAll<HTMLElement>('[data-room]')],
        }));
        known = { places, floors };
      }
      return known.floors;
    },
  };
}

/** Cells that are drawn otherwise in one frame: more would hold up whoever types on. The first slice is drawn at once. */
const CELLS_OF_A_FRAME = 120;

/** Cells that don't fit give way in their place, from the top of the rack down. Returns what stops it. */
function dimBySlices(floors: readonly FloorCells[], store: RackStore, filter: RackFilter): () => void {
  let next = 0;
  let frame = 0;
  const slice = () => {
    for (let changed = 0; next < floors.length && changed < CELLS_OF_A_FRAME; next += 1)
      changed += dim(floors[next] as FloorCells, store, filter);
    if (next < floors.length) frame = requestAnimationFrame(slice);
  };
  slice();
  return () => cancelAnimationFrame(frame);
}

/** Returns how many cells are drawn otherwise. A floor without any that fits is left out where rooms stand close. */
function dim({ floor, cells }: FloorCells, store: RackStore, filter: RackFilter): number {
  const isFiltered = filter.text !== '' || filter.state !== null;
  let isAny = false;
  let changed = 0;
  for (const cell of cells) {
    const room = store.room(cell.dataset.room ?? '');
    const isFit = !isFiltered || (room !== undefined && fits(room, filter));
    isAny ||= isFit;
    if (cell.hasAttribute('data-dim') !== isFit) continue;
    cell.toggleAttribute('data-dim', !isFit);
    changed += 1;
  }
  if (floor.hasAttribute('data-none') !== isAny) return changed;
  floor.toggleAttribute('data-none', !isAny);
  return cells.length;
}

/** One cell is the rack's tab stop: the one that had the focus last. */
function keepTabStop({ target, currentTarget }: { target: EventTarget; currentTarget: HTMLElement }): void {
  if (!(target instanceof HTMLElement) || target.dataset.room === undefined) return;
  for (const other of currentTarget.querySelectorAll('[data-room][tabindex="0"]'))
    if (other !== target) other.setAttribute('tabindex', '-1');
  target.setAttribute('tabindex', '0');
}

function useMoves(root: { readonly current: HTMLElement | null }) {
  /** Where the line was left, so that up and down come back to it. */
  const column = useRef<number | null>(null);
  const places = useRackPart((store) => store.places());
  // biome-ignore lint/correctness/useExhaustiveDependencies: other places have other cells.
  useEffect(() => {
    const rack = root.current;
    if (rack?.querySelector('[data-room][tabindex="0"]') === null)
      rack.querySelector('[data-room]')?.setAttribute('tabindex', '0');
  }, [root, places]);
  return (event: KeyboardEvent<HTMLElement>) => {
    const move = MOVES[event.key];
    const { ctrlKey, altKey, metaKey, shiftKey } = event;
    if (move === undefined || ctrlKey || altKey || metaKey || shiftKey || root.current === null) return;
    const cells = [...root.current.querySelectorAll<HTMLElement>('[data-floor]:not([data-none]) [data-room]')];
    const from = cells.indexOf(event.target as HTMLElement);
    if (from === -1) return;
    event.preventDefault();
    const placed = cells.map((cell) => cell.getBoundingClientRect());
    const isUpDown = move === 'up' || move === 'down';
    if (!isUpDown || column.current === null) column.current = placed[from]?.left ?? 0;
    const to = moveTo(placed, from, move, column.current);
    if (!isUpDown) column.current = placed[to]?.left ?? null;
    cells[to]?.focus();
    cells[to]?.scrollIntoView({ block: 'nearest' });
  };
}
