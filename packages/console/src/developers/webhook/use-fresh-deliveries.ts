import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLiveNews } from '../../live/live.tsx';
import type { Delivery, WebhookCalls } from './webhook-calls.ts';

/** Milliseconds after which an event has been sent, or its first try has failed, as a rule. */
const SENT_MS = 1_500;

/**
 * Keeps what came of deliveries true. No event tells of them: so it is asked again when something has happened that is
 * sent, and when one that waits has been tried again.
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
  useEffect(() => {
    if (next === Number.POSITIVE_INFINITY) return;
    const again = setTimeout(
      () => void client.invalidateQueries({ queryKey: key }),
      Math.max(SENT_MS, next - Date.now() + SENT_MS),
    );
    return () => clearTimeout(again);
  }, [next, client, key]);
}
