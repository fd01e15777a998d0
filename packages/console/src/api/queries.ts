import { isProblem, isUnreachable } from '@keyrack/sdk';
import { QueryClient } from '@tanstack/react-query';

/**
 * What queries are about: the first part of each key, with the property's id behind it: `[topic, property, …]`. Live news
 * make the queries of a topic ask again (live/topics.ts).
 */
export const TOPICS = [
  'me',
  'property',
  'rack',
  'places',
  'members',
  'persons',
  'agents',
  'encoders',
  'cards',
  'operations',
  'statistics',
  'accounts',
  'api-keys',
  'webhooks',
  'card-keys',
  'guests',
  'audit',
] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * Without a network every request is tried all the same, and fails: kept requests would be sent later by themselves, and a card be
 * written that nobody waits for any more. The browser may also be wrong about the network, where the server is in the house.
 */
const networkMode = 'always';
/** Milliseconds between two tries of what nobody answered. */
const AGAIN_MS = 3_000;

/** Queries hold until live news say otherwise; without a stream the page says since when it knows nothing new. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        // The page says that it tries again by itself. A server that answers all others tells no stream to begin anew.
        refetchInterval: ({ state }) => (isOffline(state.error) ? AGAIN_MS : false),
        refetchOnWindowFocus: false,
        // The SDK tries again itself, where that is safe.
        retry: false,
        throwOnError: false,
        networkMode,
        refetchOnReconnect: true,
      },
      mutations: { retry: false, networkMode },
    },
  });
}

/** Whether the session has ended, or never was. */
export function isSignedOut(error: unknown): boolean {
  return isProblem(error, 'unauthorized');
}

/** Whether nobody answered: the page is right about what it saw, and can't say what is true now. */
export function isOffline(error: unknown): boolean {
  return isUnreachable(error);
}
