// biome-ignore-all lint/a11y/useSemanticElements: only the rows in sight are in the page, each placed by itself, which rows of a table can’t be.
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus is at the cells of a row, or at what is in them.
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTexts } from '../texts/texts.ts';
import type { Ended } from './cell-editor.tsx';
import type { Change, Field, Value } from './change.ts';
import { type Column, cellAt, columnsFor, isEdited } from './columns.ts';
import type { CardKey, Room } from './places.ts';
import { RoomRow, type RowEvents, type Words } from './room-row.tsx';
import classes from './room-table.module.css';
import { NO_WORKS, type RoomWorks, seenIn } from './row-works.ts';
import * as texts from './texts.ts';

interface Props {
  readonly rooms: readonly Room[];
  readonly places: boolean;
  readonly canWrite: boolean;
  readonly current: number | null;
  readonly keys: readonly CardKey[];
  readonly chosen: ReadonlySet<string>;
  readonly works: RoomWorks;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
  readonly onSave: (room: string, seen: readonly Value[], change: Change) => void;
  readonly onLeave: (room: string, field: Field) => void;
  readonly onRemove: (room: Room) => void;
}

interface Place {
  readonly room: string;
  readonly column: Column;
}

/** The cell that is edited, and what was seen there (`seenIn`). */
interface Editing {
  readonly room: string;
  readonly field: Field;
  readonly seen: readonly Value[];
}

/** Pixels of a row before it is measured. */
const ROW = 41;

/**
 * Rooms as a grid: one stop of the Tab key, arrows within, Enter edits. Only the rows in sight are in the page, and the one
 * that the keyboard is at; screen readers are told how many there are.
 */
export function RoomTable(props: Props) {
  const t = useTexts(texts);
  const { rooms, canWrite, chosen, works, onChosen } = props;
  const words = useMemo<Words>(() => ({ yes: t('yes'), no: t('no'), unknown: t('unknown'), choose: t('choose') }), [t]);
  const columns = useMemo(() => columnsFor({ canWrite, places: props.places }), [canWrite, props.places]);
  const [active, setActive] = useState<Place | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const focusNext = useRef(false);
  /** A second click on a cell edits it, as on a telephone, where no key does. */
  const clicked = useRef('');
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  const rowOf = useMemo(() => new Map(rooms.map(({ id }, at) => [id, at])), [rooms]);
  const activeRow = active === null ? 0 : (rowOf.get(active.room) ?? 0);
  const activeColumn = active !== null && columns.includes(active.column) ? active.column : 'number';

  // What stands above the table comes and goes. Looked at then alone: each look lays the page out.
  useLayoutEffect(() => {
    const look = () => setMargin(Math.round((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const rows = useWindowVirtualizer({
    count: rooms.length,
    estimateSize: () => ROW,
    overscan: 10,
    scrollMargin: margin,
    scrollPaddingStart: ROW,
    scrollPaddingEnd: 60,
    getItemKey: (at) => rooms[at]?.id ?? at,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return shown.includes(activeRow) ? shown : [...shown, activeRow].sort((one, other) => one - other);
    },
  });

  useEffect(() => {
    if (!focusNext.current || active === null || editing !== null) return;
    const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${active.room} ${active.column}"]`);
    if (!cell) return;
    focusNext.current = false;
    cell.focus({ preventScroll: true });
  });

  const goTo = (row: number, column: Column) => {
    const room = rooms[row];
    if (room === undefined) return;
    focusNext.current = true;
    setActive({ room: room.id, column });
    rows.scrollToIndex(row, { align: 'auto' });
  };
  const edit = (room: Room, column: Column) => {
    if (!canWrite || !isEdited(column)) return;
    if (column === 'keyVersion' && props.keys.length === 0) return;
    setActive({ room: room.id, column });
    setEditing({ room: room.id, field: column, seen: seenIn(room, column, works.get(room.id) ?? NO_WORKS) });
  };
  const choose = (room: Room, shift: boolean) => {
    const after = new Set(chosen);
    const isOn = !after.has(room.id);
    const [from, to] = [activeRow, rowOf.get(room.id) ?? activeRow].sort((one, other) => one - other);
    const meant = shift ? rooms.slice(from, (to ?? 0) + 1) : [room];
    for (const { id } of meant) isOn ? after.add(id) : after.delete(id);
    onChosen(after);
    setActive({ room: room.id, column: 'select' });
  };
  const edited = (room: Room, change: Change | null, ended: Ended) => {
    setEditing(null);
    if (change !== null && editing !== null) props.onSave(room.id, editing.seen, change);
    if (ended === 'elsewhere') return;
    const at = columns.indexOf(activeColumn);
    const step = ended === 'next' ? 1 : ended === 'previous' ? -1 : 0;
    goTo(rowOf.get(room.id) ?? 0, columns[at + step] ?? activeColumn);
  };
  const latest = useRef<RowEvents>(null as unknown as RowEvents);
  latest.current = {
    onChoose: choose,
    onClick(room, column) {
      if (clicked.current === `${room.id} ${column}`) edit(room, column);
      clicked.current = `${room.id} ${column}`;
    },
    onEdit: edit,
    onEdited: edited,
    onWrite: ({ id }, seen, change) => props.onSave(id, seen, change),
    onLeave: props.onLeave,
  };
  // Rows are drawn anew only where something of theirs changed.
  const events = useRef<RowEvents>({
    onChoose: (...given) => latest.current.onChoose(...given),
    onClick: (...given) => latest.current.onClick(...given),
    onEdit: (...given) => latest.current.onEdit(...given),
    onEdited: (...given) => latest.current.onEdited(...given),
    onWrite: (...given) => latest.current.onWrite(...given),
    onLeave: (...given) => latest.current.onLeave(...given),
  });

  const keyDown = (event: KeyboardEvent) => {
    if (!(event.target as HTMLElement).matches('[data-cell]') || event.altKey) return;
    const room = rooms[activeRow];
    if (room === undefined) return;
    const ctrl = event.ctrlKey || event.metaKey;
    const at = { row: activeRow, column: columns.indexOf(activeColumn) };
    const to = cellAt(event.key, at, { rows: rooms.length, columns: columns.length }, ctrl);
    if (to !== null) {
      event.preventDefault();
      goTo(to.row, columns[to.column] ?? 'number');
    } else if ((event.key === 'Enter' || event.key === 'F2') && isEdited(activeColumn)) {
      event.preventDefault();
      edit(room, activeColumn);
    } else if (event.key === ' ' && canWrite && activeColumn !== 'select') {
      event.preventDefault();
      choose(room, event.shiftKey);
      setActive({ room: room.id, column: activeColumn });
    } else if (event.key === 'a' && ctrl && canWrite) {
      event.preventDefault();
      onChosen(new Set(rooms.map(({ id }) => id)));
    } else if (event.key === 'Delete' && canWrite) {
      event.preventDefault();
      props.onRemove(room);
    }
  };
  /** The focus comes by the mouse and by screen readers too, and the keys work from there. */
  const focused = ({ target }: FocusEvent<HTMLElement>) => {
    const [room, column] = (target.dataset.cell ?? '').split(' ');
    if (room === undefined || column === undefined || (active?.room === room && active.column === column)) return;
    focusNext.current = false;
    setActive({ room, column: column as Column });
  };
  const allChosen = rooms.length > 0 && rooms.every(({ id }) => chosen.has(id));
  const someChosen = useCallback(
    (box: HTMLInputElement | null) => {
      if (box) box.indeterminate = chosen.size > 0 && !allChosen;
    },
    [chosen, allChosen],
  );

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={t('title')}
      aria-rowcount={rooms.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable={canWrite}
      aria-readonly={!canWrite}
      className={classes.grid}
      data-places={props.places}
      data-writes={canWrite}
      onKeyDown={keyDown}
      onFocus={focused}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.row}>
          {columns.map((column) =>
            column === 'select' ? (
              <div key={column} role="columnheader" className={classes.select}>
                <input
                  ref={someChosen}
                  type="checkbox"
                  checked={allChosen}
                  aria-label={t('chooseAll', { count: rooms.length })}
                  onChange={() => onChosen(allChosen ? new Set() : new Set(rooms.map(({ id }) => id)))}
                />
              </div>
            ) : (
              <div key={column} role="columnheader" className={classes[column]}>
                {t(`columns.${column}`)}
              </div>
            ),
          )}
        </div>
      </div>
      <div ref={body} role="rowgroup" className={classes.body} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const room = rooms[index];
          if (room === undefined) return null;
          return (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={canWrite ? chosen.has(room.id) : undefined}
              className={classes.row}
              style={{ transform: `translateY(${start - margin}px)` }}
            >
              <RoomRow
                room={room}
                rowIndex={index}
                columns={columns}
                active={index === activeRow ? activeColumn : null}
                editing={editing?.room === room.id ? editing.field : null}
                chosen={chosen.has(room.id)}
                works={works.get(room.id) ?? NO_WORKS}
                current={props.current}
                keys={props.keys}
                canWrite={canWrite}
                words={words}
                events={events.current}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
