import type { Answer, Operation } from '@keyrack/sdk';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import { createQueueNews, type QueueNews } from './queue-news.ts';

export type Encoder = Answer<'getEncoder'>;

const news = new Map<string, QueueNews>();

function queueNewsOf(property: string): QueueNews {
  const known = news.get(property) ?? createQueueNews();
  news.set(property, known);
  return known;
}

/** The encoders of a property, also those that no front desk has, with what waits at each; `KeepQueues` keeps that true. */
export function encodersOf(property: string) {
  return queryOptions({
    queryKey: ['encoders', property],
    queryFn: async (): Promise<readonly Encoder[]> =>
      queueNewsOf(property).applyTo(await keyrack.encoders.list({ property, limit: 200 }).toArray()),
  });
}

/** Operations are as was told, and with them what waits at the encoders. */
export function noteOperations(client: QueryClient, property: string, operations: readonly Operation[]): void {
  const queues = queueNewsOf(property);
  queues.note(operations);
  client.setQueryData(encodersOf(property).queryKey, (before) => before && queues.applyTo(before));
}

/** What was told of operations may have gaps. What is asked for from now on is true by itself. */
export function forgetOperations(property: string): void {
  queueNewsOf(property).forget();
}
