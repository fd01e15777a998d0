// biome-ignore-all lint/a11y/useSemanticElements: only the rows in sight are in the page, each placed by itself, which rows of a table can’t be.
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus is at the cells of a row, or at what is in them.
import { Button } from '@mantine/core';
import { memo } from 'react';
import * as conflict from '../conflict/texts.ts';
import { TheirsNote } from '../conflict/theirs-note.tsx';
import { cardTypeOf } from '../lock/lock-types.ts';
import { Failure } from '../page/failure.tsx';
import { Chip } from '../state/chip.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { CellEditor, type Ended } from './cell-editor.tsx';
import { type Change, type Field, type Value, valueIn } from './change.ts';
import { type Column, isEdited } from './columns.ts';
import type { CardKey, Room } from './places.ts';
import { lockKeyOf } from './room-rows.ts';
import classes from './room-table.module.css';
import { type RowWork, savingOf, shownIn } from './row-works.ts';
import * as texts from './texts.ts';

/** What a row tells its table. */
export interface RowEvents {
  onChoose(room: Room, shift: boolean): void;
  onClick(room: Room, column: Column): void;
  onEdit(room: Room, column: Column): void;
  onEdited(room: Room, change: Change | null, ended: Ended): void;
  onWrite(room: Room, seen: readonly Value[], change: Change): void;
  onLeave(room: string, field: Field): void;
}

/** Words that many cells have, found once. */
export interface Words {
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
  readonly choose: string;
}

interface Props {
  readonly room: Room;
  readonly rowIndex: number;
  readonly columns: readonly Column[];
  /** The cell that the keyboard is at, if it is in this row. */
  readonly active: Column | null;
  readonly editing: Field | null;
  readonly chosen: boolean;
  readonly works: readonly RowWork[];
  readonly current: number | null;
  readonly keys: readonly CardKey[];
  readonly canWrite: boolean;
  readonly words: Words;
  readonly events: RowEvents;
}

/** A room with its lock. */
export const RoomRow = memo(function RoomRow(props: Props) {
  const { room, columns, active, editing, chosen, works, canWrite, words, events } = props;
  const told = works.filter(({ kind }) => kind !== 'saving');
  return (
    <>
      {columns.map((column) => {
        const cell = { 'data-cell': `${room.id} ${column}`, tabIndex: active === column ? 0 : -1 };
        if (column === 'select')
          return (
            <div key={column} role="gridcell" className={classes.select}>
              <input
                {...cell}
                type="checkbox"
                checked={chosen}
                aria-label={`${words.choose} ${room.number}`}
                onChange={({ nativeEvent }) => events.onChoose(room, (nativeEvent as MouseEvent).shiftKey === true)}
              />
            </div>
          );
        if (editing === column)
          return (
            <div key={column} role="gridcell" className={classes[column]}>
              <CellEditor
                room={room}
                field={editing}
                value={shownIn(room, editing, works)}
                keys={props.keys}
                onDone={(change, ended) => events.onEdited(room, change, ended)}
              />
            </div>
          );
        return (
          // Keys are the table's: it moves the focus from cell to cell.
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          // biome-ignore lint/a11y/noStaticElementInteractions: its role is told below
          <div
            {...cell}
            key={column}
            role={column === 'number' ? 'rowheader' : 'gridcell'}
            className={classes[column]}
            onClick={() => events.onClick(room, column)}
            onDoubleClick={() => events.onEdit(room, column)}
            {...(canWrite && (column === 'place' || column === 'lockNumber' || column === 'cardType')
              ? { 'aria-readonly': true }
              : {})}
          >
            <CellText {...props} column={column} />
          </div>
        );
      })}
      {told.length > 0 && (
        <div role="gridcell" className={classes.says}>
          {told.map((work) => (
            <RowSays key={work.change.field} room={room} work={work} events={events} />
          ))}
        </div>
      )}
    </>
  );
});

function CellText({ room, column, works, current, words }: Props & { readonly column: Exclude<Column, 'select'> }) {
  const t = useTexts(texts);
  const { building, floor, lock } = room;
  const saving = isEdited(column) ? (savingOf(works, column)?.change.value ?? null) : null;
  if (saving !== null)
    return (
      <span className={classes.saving} aria-busy="true">
        <bdi>{typeof saving === 'boolean' ? (saving ? words.yes : words.no) : saving}</bdi>
      </span>
    );
  switch (column) {
    case 'number':
      return <b>{room.number}</b>;
    case 'name':
      return <bdi title={room.name}>{room.name}</bdi>;
    case 'place':
      return (
        <span title={`${building.name} · ${floor.name}`}>
          <bdi>{building.name}</bdi> · <bdi>{floor.name}</bdi>
        </span>
      );
    case 'lockType':
      return lock.type;
    case 'cardType':
      return cardTypeOf(lock.type);
    case 'lockNumber':
      return lock.number;
    case 'gateway':
      return <span className={lock.gateway ? undefined : classes.muted}>{lock.gateway ? words.yes : words.no}</span>;
    case 'keyVersion':
      switch (lockKeyOf(room, current)) {
        case 'current':
          return lock.keyVersion;
        case 'old':
          return (
            <Chip meaning="warn" icon="alert">
              {t('needsVersion', { has: String(lock.keyVersion), needs: String(current) })}
            </Chip>
          );
        default:
          return <span className={classes.muted}>{lock.keyVersion ?? words.unknown}</span>;
      }
  }
}

/** What stands in the way of an edit, and what can be done about it, in its own row. */
function RowSays({ room, work, events }: { readonly room: Room; readonly work: RowWork; readonly events: RowEvents }) {
  const t = useTexts(texts);
  const c = useTexts(conflict);
  const told = (value: string | boolean | number | null) =>
    typeof value === 'boolean' ? t(value ? 'yes' : 'no') : String(value ?? t('unknown'));
  switch (work.kind) {
    case 'saving':
      return null;
    case 'removed':
      return (
        <Note meaning="warn" live="alert">
          {t('roomRemoved', { room: room.number })}
        </Note>
      );
    case 'failed':
      return (
        <>
          <Failure error={work.error} />
          <div className={classes.acts}>
            <Button size="xs" onClick={() => events.onWrite(room, work.seen, work.change)}>
              {t('again')}
            </Button>
            <Button size="xs" variant="subtle" onClick={() => events.onLeave(room.id, work.change.field)}>
              {t('leaveIt')}
            </Button>
          </div>
        </>
      );
    case 'changed': {
      const { field, value } = work.change;
      return (
        <TheirsNote now={[[t(`columns.${field}`), told(valueIn(work.now, field))]]} yours={told(value)}>
          <div className={classes.acts}>
            <Button size="xs" onClick={() => events.onWrite(room, [valueIn(work.now, field)], work.change)}>
              {c('saveMine')}
            </Button>
            <Button size="xs" variant="subtle" onClick={() => events.onLeave(room.id, work.change.field)}>
              {c('leaveTheirs')}
            </Button>
          </div>
        </TheirsNote>
      );
    }
  }
}
