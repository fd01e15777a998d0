import { useEffect, useRef, useState } from 'react';
import { useLiveNews, useLiveState } from '../live/live.tsx';
import type { Span } from './spans.ts';

/** Milliseconds after which news are looked at: a house that works all day would ask for its month four times a second. */
const PATIENCE: Readonly<Record<Span, number>> = { today: 5_000, week: 30_000, month: 60_000 };

/** Calls `refresh` when there were news, and not more often than somebody looks; also when news come again. */
export function useRefresh(span: Span, refresh: () => void): void {
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  }, [refresh]);
  const [wanted, setWanted] = useState(false);
  useLiveNews((news) => {
    if ('operations' in news || 'rooms' in news) setWanted(true);
  });
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => {
      setWanted(false);
      latest.current();
    }, PATIENCE[span]);
    return () => clearTimeout(timer);
  }, [wanted, span]);
  const { kind } = useLiveState();
  const wasLost = useRef(false);
  useEffect(() => {
    if (kind === 'lost') wasLost.current = true;
    if (kind !== 'live' || !wasLost.current) return;
    wasLost.current = false;
    latest.current();
  }, [kind]);
}
