import type { Operation } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useActorName } from '../actor/actor-name.tsx';
import { KindOf, StateMark } from '../operation/state-mark.tsx';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { Empty } from '../page/page.tsx';
import { useTexts } from '../texts/texts.ts';
import { type Times, useTimes } from '../time/times.ts';
import classes from './operation-list.module.css';
import type { OperationsSearch } from './operations-search.ts';
import * as texts from './texts.ts';
import { requesterOf, secondsOf } from './told.ts';
import { useOperations } from './use-operations.ts';

/** Pixels of a row; operation-list.module.css says the same. */
const ROW = 36;
/** Rows that are drawn above and below what is seen. */
const OVERSCAN = 20;

interface ListProps {
  readonly search: OperationsSearch;
  readonly chosen: string | undefined;
  readonly onChoose: (operation: string) => void;
}

/** Operations, the newest first. Only rows that are seen are in the page, so that it stays smooth however many there are. */
export function OperationList({ search, chosen, onChoose }: ListProps) {
  const t = useTexts(texts);
  const times = useTimes();
  const body = useRef<HTMLTableSectionElement>(null);
  const isScrolled = useCallback(() => (body.current?.getBoundingClientRect().top ?? 1) < 0, []);
  const { list, rows, waiting, startAnew } = useOperations(search, isScrolled);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setMargin((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    scrollMargin: margin,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, isFetching, isError, fetchNextPage } = list;
  const isNear = lastSeen >= rows.length - OVERSCAN - 1;
  useEffect(() => {
    // What was looked through without a find is gone on with by a button: a search through years is somebody's to want.
    if (isNear && rows.length > 0 && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [isNear, rows.length, hasNextPage, isFetching, isError, fetchNextPage]);

  const [active, setActive] = useState<string | null>(null);
  const entry = active !== null && rows.some(({ id }) => id === active) ? active : (chosen ?? rows[0]?.id);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step === undefined) return;
    const at = rows.findIndex(({ id }) => id === entry);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    event.preventDefault();
    setActive(next.id);
    virtual.scrollToIndex(rows.indexOf(next), { align: 'auto' });
    requestAnimationFrame(() => document.getElementById(`operation-${next.id}`)?.focus({ preventScroll: true }));
  };

  if (list.isPending) return <Bones rows={10} />;
  const isFiltered = Object.keys(search).length > 0;
  return (
    <>
      {waiting > 0 && (
        <div className={classes.newest} role="status">
          <Button
            size="xs"
            onClick={() => {
              startAnew();
              window.scrollTo({ top: 0 });
            }}
          >
            {t('newest', { count: waiting })}
          </Button>
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by the arrow keys, also while no row is there */}
      <div className={classes.scroll} tabIndex={0}>
        <table className={classes.table} aria-label={t('list')} aria-rowcount={hasNextPage ? -1 : rows.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              {(['time', 'room', 'kind', 'requester', 'encoder', 'outcome', 'took'] as const).map((name) => (
                <th key={name} scope="col" data-column={name}>
                  {t(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={move}>
            <Space pixels={(items[0]?.start ?? margin) - margin} />
            {items.map(({ index }) => {
              const operation = rows[index];
              return (
                operation && (
                  <Row
                    key={operation.id}
                    operation={operation}
                    index={index}
                    isChosen={operation.id === chosen}
                    isEntry={operation.id === entry}
                    times={times}
                    onChoose={onChoose}
                  />
                )
              );
            })}
            <Space pixels={virtual.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin)} />
          </tbody>
        </table>
      </div>
      {isError && (
        <Failure error={list.error} onAgain={() => void (rows.length === 0 ? list.refetch() : fetchNextPage())} />
      )}
      {rows.length === 0 && !hasNextPage && !isError && (
        <Empty title={t(isFiltered ? 'none' : 'noneYet')}>{t(isFiltered ? 'noneAdvice' : 'noneYetAdvice')}</Empty>
      )}
      <p className={classes.end} role="status">
        {isFetchingNextPage
          ? t('looking')
          : rows.length > 0 && !hasNextPage
            ? t('all')
            : rows.length === 0 &&
              hasNextPage && <Button onClick={() => void fetchNextPage()}>{t('lookFurther')}</Button>}
      </p>
    </>
  );
}

/** Stands for the rows that aren't seen. */
function Space({ pixels }: { readonly pixels: number }) {
  if (pixels <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it holds nothing, and takes no focus.
    <tr aria-hidden="true" className={classes.space}>
      <td colSpan={7} style={{ height: pixels }} />
    </tr>
  );
}

interface RowProps {
  readonly operation: Operation;
  readonly index: number;
  readonly isChosen: boolean;
  /** Whether Tab gets here: arrows move on from it. */
  readonly isEntry: boolean;
  readonly times: Times;
  readonly onChoose: (operation: string) => void;
}

const Row = memo(function Row({ operation, index, isChosen, isEntry, times, onChoose }: RowProps) {
  const t = useTexts(texts);
  const nameOf = useActorName();
  const { id, room, encoder, acceptedAt } = operation;
  const seconds = secondsOf(operation);
  return (
    <tr aria-rowindex={index + 2} data-chosen={isChosen}>
      <td data-column="time">
        <button
          type="button"
          id={`operation-${id}`}
          tabIndex={isEntry ? 0 : -1}
          aria-pressed={isChosen}
          onClick={() => onChoose(id)}
        >
          {times.isToday(acceptedAt) ? times.seconds(acceptedAt) : times.dayAndClock(acceptedAt)}
        </button>
      </td>
      <td data-column="room">
        <b>
          <bdi>{room?.name ?? '–'}</bdi>
        </b>
      </td>
      <td data-column="kind">
        <KindOf operation={operation} />
      </td>
      <td data-column="requester">
        <bdi>{nameOf(requesterOf(operation))}</bdi>
      </td>
      <td data-column="encoder">
        <bdi>{encoder.name ?? encoder.mac}</bdi>
      </td>
      <td data-column="outcome">
        <StateMark operation={operation} />
      </td>
      <td data-column="took">{seconds === null ? '–' : t('seconds', { seconds })}</td>
    </tr>
  );
});
