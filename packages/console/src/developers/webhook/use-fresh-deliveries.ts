import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLiveNews } from '../../live/live.tsx';
import { serverNow } from '../../time/server-clock.ts';
import type { Delivery, WebhookCalls } from './webhook-calls.ts';

/** Milliseconds after which an event has been sent, or its first try has failed, as a rule. */
const SENT_MS = 1_500;
/** A try may take long: it is asked again later and later. Milliseconds. */
const MOST_MS = 60_000;

/**
 * Keeps what came of deliveries true. No event tells of them: so it is asked again when something has happened that is
 * sent, and when one that waits should have been tried again.
 */
export function useFreshDeliveries(key: WebhookCalls['key'], waiting: readonly Pick<Delivery, 'nextAt'>[]): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveNews((news) => {
    if (!('types' in news)) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void client.invalidateQueries({ queryKey: key }), SENT_MS);
  });
  const next = Math.min(...waiting.flatMap(({ nextAt }) => (nextAt === null ? [] : [Date.parse(nextAt)])));
  const [asked, setAsked] = useState({ next, times: 0 });
  const times = asked.next === next ? asked.times : 0;
  useEffect(() => {
    if (next === Number.POSITIVE_INFINITY) return;
    const pause = Math.min(MOST_MS, SENT_MS * 2 ** times);
    const again = setTimeout(
      () => {
        setAsked({ next, times: times + 1 });
        void client.invalidateQueries({ queryKey: key });
      },
      Math.max(0, next - serverNow()) + pause,
    );
    return () => clearTimeout(again);
  }, [next, times, client, key]);
}
