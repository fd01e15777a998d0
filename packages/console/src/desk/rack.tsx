import { useNavigate } from '@tanstack/react-router';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  startTransition,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTexts } from '../texts/texts.ts';
import { Cell } from './cell.tsx';
import type { Density } from './density.ts';
import { drawMore, type ShownPlaces, shownPlaces } from './drawn-floors.ts';
import classes from './rack.module.css';
import { fits, type RackFilter } from './rack-filter.ts';
import { MOVES, moveTo, type PlacedCell } from './rack-moves.ts';
import type { RackPlaces, RackStore } from './rack-store.ts';
import * as texts from './texts.ts';
import { useRackPart, useRackStore } from './use-rack.ts';

/** Rooms of a line, where a floor has more than fit well. */
const LINE = 10;

/** All rooms by building and floor. They never move: position is how a desk finds them. */
export function Rack(props: {
  readonly filter: RackFilter;
  readonly density: Density;
  /** The room that is open. */
  readonly current: string | undefined;
}) {
  const { filter, density, current } = props;
  const root = useRef<HTMLDivElement>(null);
  const store = useRackStore();
  const places = useRackPart((each) => each.places());
  const counts = useRackPart((each) => each.counts());
  const shown = useShownPlaces(places, root);
  const move = useMoves(root, shown);
  const open = useOpening();
  const [cells] = useState(createCells);
  // A thousand cells are dimmed without being drawn anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts tell that rooms changed.
  useLayoutEffect(
    () => dimBySlices(cells.of(root.current, shown), store, filter),
    [store, filter, counts, shown, cells],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: other places have other cells.
  useLayoutEffect(() => markCurrent(root.current, current), [current, shown]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move the focus among the links within.
    <div
      ref={root}
      className={classes.rack}
      data-density={density}
      aria-busy={!shown.isWhole}
      onKeyDown={move}
      onClick={open}
      onFocus={keepTabStop}
    >
      <Buildings places={shown.places} whole={places} />
    </div>
  );
}

/** A room is opened here, where its link would load the page anew. */
function useOpening() {
  const navigate = useNavigate();
  return (event: MouseEvent<HTMLElement>) => {
    const { button, ctrlKey, altKey, metaKey, shiftKey, target } = event;
    const link = target instanceof Element ? target.closest<HTMLElement>('a[data-room]') : null;
    // Whoever holds such a key wants a tab or a window of its own.
    if (link?.dataset.room === undefined || button !== 0 || ctrlKey || altKey || metaKey || shiftKey) return;
    event.preventDefault();
    void navigate({ to: '/desk/rooms/$room', params: { room: link.dataset.room } });
  };
}

function markCurrent(rack: HTMLElement | null, current: string | undefined): void {
  for (const marked of rack?.querySelectorAll('a[aria-current]') ?? []) marked.removeAttribute('aria-current');
  if (current === undefined) return;
  rack?.querySelector(`a[data-room="${CSS.escape(current)}"]`)?.setAttribute('aria-current', 'page');
}

/** How high the rack was as a whole, so that a page to which one comes back stands where it was left. Pixels. */
let wholeHeight = 0;

/** The floors that are drawn by now: the first ones at once, and some more in each frame, so that keys are taken meanwhile. */
function useShownPlaces(places: RackPlaces, root: { readonly current: HTMLElement | null }): ShownPlaces {
  const [rooms, setRooms] = useState(() => drawMore(0));
  const [shown, setShown] = useState<ShownPlaces & { of: RackPlaces; rooms: number }>();
  let now = shown;
  if (now === undefined || now.of !== places || now.rooms !== rooms) {
    now = { ...shownPlaces(places, rooms), of: places, rooms };
    setShown(now);
  }
  const { isWhole } = now;
  useLayoutEffect(() => {
    const rack = root.current;
    if (rack === null) return;
    rack.style.minHeight = isWhole ? '' : `${wholeHeight}px`;
    return () => {
      if (isWhole) wholeHeight = rack.offsetHeight;
    };
  }, [isWhole, root]);
  useEffect(() => {
    if (isWhole) return;
    const frame = requestAnimationFrame(() => startTransition(() => setRooms(drawMore(rooms))));
    return () => cancelAnimationFrame(frame);
  }, [isWhole, rooms]);
  return now;
}

const Buildings = memo(function Buildings({
  places,
  whole,
}: {
  readonly places: RackPlaces;
  readonly whole: RackPlaces;
}) {
  return places.map((building) => (
    <BuildingOfRack
      key={building.id}
      building={whole.find(({ id }) => id === building.id) ?? building}
      floors={building.floors}
    />
  ));
});

/** `floors` are those that are drawn by now; its layout is that of all. */
const BuildingOfRack = memo(function BuildingOfRack(props: {
  readonly building: RackPlaces[number];
  readonly floors: RackPlaces[number]['floors'];
}) {
  const { building } = props;
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
      {props.floors.map((floor) => (
        <FloorOfRack key={floor.id} floor={floor} />
      ))}
    </div>
  );
});

const FloorOfRack = memo(function FloorOfRack({ floor }: { readonly floor: RackPlaces[number]['floors'][number] }) {
  const { id, number, rooms } = floor;
  return (
    <div className={classes.floor} data-floor={id}>
      <h3>{number}</h3>
      <div className={classes.rooms}>
        {rooms.map((room) => (
          <Cell key={room} id={room} />
        ))}
      </div>
    </div>
  );
});

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
  let known: { readonly shown: ShownPlaces; readonly floors: readonly FloorCells[] } | null = null;
  return {
    of(root: HTMLElement | null, shown: ShownPlaces): readonly FloorCells[] {
      if (root === null) return [];
      const isStill = known?.shown === shown && known.floors.every(({ floor }) => floor.isConnected);
      if (known === null || !isStill) {
        const floors = [...root.querySelectorAll('[data-floor]')].map((floor) => ({
          floor,
          cells: [...floor.querySelectorAll<HTMLElement>('[data-room]')],
        }));
        known = { shown, floors };
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

function useMoves(root: { readonly current: HTMLElement | null }, shown: ShownPlaces) {
  /** Where the line was left, so that up and down come back to it. */
  const column = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other places have other cells.
  useEffect(() => {
    const rack = root.current;
    if (rack?.querySelector('[data-room][tabindex="0"]') === null)
      rack.querySelector('[data-room]')?.setAttribute('tabindex', '0');
  }, [root, shown]);
  return (event: KeyboardEvent<HTMLElement>) => {
    const move = MOVES[event.key];
    const { ctrlKey, altKey, metaKey, shiftKey } = event;
    if (move === undefined || ctrlKey || altKey || metaKey || shiftKey || root.current === null) return;
    const floors = [...root.current.querySelectorAll('[data-floor]:not([data-none])')];
    const at = floors.findIndex((floor) => floor.contains(event.target as HTMLElement));
    if (at === -1) return;
    event.preventDefault();
    // Up and down lead to the next floor at the most, and to measure one lays it out.
    const near = move === 'first' || move === 'last' ? floors : floors.slice(Math.max(0, at - 1), at + 2);
    const cells = near.flatMap((floor) => [...floor.querySelectorAll<HTMLElement>('[data-room]')]);
    const from = cells.indexOf(event.target as HTMLElement);
    if (from === -1) return;
    const isUpDown = move === 'up' || move === 'down';
    const placed = isUpDown ? cells.map((cell) => cell.getBoundingClientRect()) : cells.map(() => NOWHERE);
    if (!isUpDown) column.current = null;
    else column.current ??= placed[from]?.left ?? 0;
    const to = moveTo(placed, from, move, column.current ?? 0);
    cells[to]?.focus();
    cells[to]?.scrollIntoView({ block: 'nearest' });
  };
}

/** Where nobody asks for the place of a cell. */
const NOWHERE: PlacedCell = { top: 0, left: 0 };
