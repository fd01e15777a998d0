import type { Operation } from '@keyrack/sdk';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLiveNews, useLiveState } from '../live/live.tsx';
import { operationOf } from '../operation/stage/follow.ts';
import { useSession } from '../session/session.tsx';
import { withNewest, withNews } from './merge-news.ts';
import { operationPages } from './operation-queries.ts';
import { belongs, type OperationsSearch } from './operations-search.ts';

/** More new ones than this are asked for, and not kept until somebody wants to see them. */
const WAITING_AT_MOST = 200;

/** The list of operations, kept true by news. While `isHeld` new ones wait, so that rows don't move under somebody's eyes. */
export function useOperations(search: OperationsSearch, isHeld: () => boolean) {
  const { property } = useSession();
  const { id, timeZone } = property;
  const client = useQueryClient();
  const [epoch, setEpoch] = useState(0);
  const options = useMemo(() => operationPages(id, timeZone, search, epoch), [id, timeZone, search, epoch]);
  const list = useInfiniteQuery(options);
  const [waiting, setWaiting] = useState<readonly Operation[]>([]);
  const startAnew = useCallback(() => {
    setWaiting([]);
    setEpoch((before) => before + 1);
  }, []);

  // What was missed while there were no news is asked for.
  const { kind } = useLiveState();
  const wasLost = useRef(false);
  useEffect(() => {
    if (kind === 'lost') wasLost.current = true;
    if (kind !== 'live' || !wasLost.current) return;
    wasLost.current = false;
    startAnew();
  }, [kind, startAnew]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what waits is of one list.
  useEffect(() => setWaiting([]), [options]);

  const rows = useMemo(() => list.data?.pages.flatMap(({ data }) => data) ?? [], [list.data]);

  useLiveNews((news) => {
    if (!('operations' in news)) return;
    const told = news.operations as readonly Operation[];
    client.setQueryData(options.queryKey, (loaded) => loaded && withNews(loaded, told));
    for (const operation of told) client.setQueryData(operationOf(id, operation.id).queryKey, operation);
    const known = new Set(rows.map((row) => row.id));
    const newest = rows[0]?.acceptedAt ?? '';
    const fresh = told.filter(
      (each) => each.acceptedAt >= newest && !known.has(each.id) && belongs(each, search, timeZone) === true,
    );
    if (fresh.length === 0) return;
    if (!isHeld()) client.setQueryData(options.queryKey, (loaded) => loaded && withNewest(loaded, fresh));
    else
      setWaiting((before) => {
        const ids = new Set(fresh.map((each) => each.id));
        return [...before.filter((each) => !ids.has(each.id)), ...fresh].slice(-WAITING_AT_MOST);
      });
  });

  return { list, rows, waiting: waiting.length, startAnew };
}
