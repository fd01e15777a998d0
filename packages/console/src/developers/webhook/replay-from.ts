import type { WebhookCalls } from './webhook-calls.ts';

/** Deliveries that one click sends again at the most. */
export const REPLAYED_AT_ONCE = 500;

/** Sends everything again whose first try was at or behind a time, the oldest first. Returns how many, and whether more are left. */
export async function replayFrom(
  calls: Pick<WebhookCalls, 'deliveries' | 'replay'>,
  webhook: string,
  from: number,
): Promise<{ readonly replayed: number; readonly more: boolean }> {
  const numbers = new Set<number>();
  for (const state of ['delivered', 'dead'] as const) {
    // The newest event first: what was tried before that time may stand behind what was sent again later.
    for await (const delivery of calls.deliveries(webhook, { state, limit: 200 }))
      if (Date.parse(delivery.firstAt) >= from) numbers.add(delivery.number);
  }
  const oldestFirst = [...numbers].sort((one, other) => one - other);
  const taken = oldestFirst.slice(0, REPLAYED_AT_ONCE);
  for (const number of taken) await calls.replay(webhook, number);
  return { replayed: taken.length, more: oldestFirst.length > taken.length };
}
