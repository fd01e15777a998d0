import { expect, test } from 'vitest';
import { REPLAYED_AT_ONCE, replayFrom } from './replay-from.ts';
import type { Delivery } from './webhook-calls.ts';

const delivery = (number: number, state: Delivery['state'], at: string): Delivery => ({
  number,
  type: 'card.retired',
  state,
  attempts: 1,
  firstAt: at,
  lastAt: at,
  nextAt: null,
  status: 200,
  problem: null,
  ms: 3,
});

/** Webhooks that hold these deliveries, and note what is sent again. */
function calls(deliveries: readonly Delivery[]) {
  const replayed: number[] = [];
  return {
    replayed,
    deliveries(_webhook: string, { state }: { readonly state: Delivery['state'] | null }) {
      const data = deliveries.filter((each) => each.state === state).reverse();
      return Object.assign(Promise.resolve({ data, nextCursor: null }), {
        async *[Symbol.asyncIterator]() {
          yield* data;
        },
      });
    },
    async replay(_webhook: string, number: number) {
      replayed.push(number);
    },
  };
}

const NOON = Date.parse('2026-11-30T12:00:00Z');

test('what was first sent from a time on is sent again, the oldest first, and nothing that waits', async () => {
  const kept = calls([
    delivery(1, 'delivered', '2026-11-30T11:59:59Z'),
    delivery(2, 'dead', '2026-11-30T12:00:00Z'),
    delivery(3, 'delivered', '2026-11-30T12:01:00Z'),
    delivery(4, 'waiting', '2026-11-30T12:02:00Z'),
  ]);
  expect(await replayFrom(kept, 'w', NOON)).toEqual({ replayed: 2, more: false });
  expect(kept.replayed).toEqual([2, 3]);
});

test('no more than so many at once, and it says so', async () => {
  const many = Array.from({ length: REPLAYED_AT_ONCE + 1 }, (_, i) => delivery(i + 1, 'dead', '2026-11-30T13:00:00Z'));
  const kept = calls(many);
  expect(await replayFrom(kept, 'w', NOON)).toEqual({ replayed: REPLAYED_AT_ONCE, more: true });
  expect(kept.replayed.at(-1)).toBe(REPLAYED_AT_ONCE);
});
