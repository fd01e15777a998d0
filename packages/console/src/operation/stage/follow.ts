import type { Operation } from '@keyrack/sdk';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { keyrack } from '../../api/keyrack.ts';
import { encodersOf } from '../../encoder/encoders.ts';
import { useLiveNews } from '../../live/live.tsx';
import { useHeldPage } from '../../newer/held-page.ts';
import { useSession } from '../../session/session.tsx';
import { serverNow } from '../../time/server-clock.ts';
import { type CopySet, type Followed, newerOf } from './step.ts';

/** Milliseconds after a deadline by which its end is known: then it is asked for, in case that no news came. */
const AFTER_DEADLINE_MS = 1_500;

/**
 * Milliseconds. While a card is waited for, the one operation that is followed is asked for again: a card that was laid down and
 * won't do changes no state, so the stream doesn't tell of it.
 */
const WAITING_MS = 1_500;

const keyOf = (property: string, id: string) => ['operations', property, 'one', id] as const;
const setKeyOf = (property: string, id: string) => ['operations', property, 'copy-set', id] as const;

export function operationOf(property: string, id: string) {
  return queryOptions({
    queryKey: keyOf(property, id),
    queryFn: async ({ client, signal }): Promise<Operation> => {
      const told = await keyrack.operations.get({ property, operation: id }, { signal });
      return newerOf(client.getQueryData<Operation>(keyOf(property, id)), told);
    },
  });
}

function copySetOf(property: string, id: string) {
  return queryOptions({
    queryKey: setKeyOf(property, id),
    queryFn: (): Promise<CopySet> => keyrack.copySets.get({ property, set: id }),
  });
}

/** Follows an operation, and of several copies the newest, by what the stream tells. Null while it isn't known. */
export function useFollowed(id: string | null): { readonly followed: Followed | null; readonly error: unknown } {
  const { property } = useSession();
  const client = useQueryClient();
  const first = useQuery({ ...operationOf(property.id, id ?? ''), enabled: id !== null });
  const setId = first.data?.copy?.set ?? null;
  const set = useQuery({ ...copySetOf(property.id, setId ?? ''), enabled: setId !== null });
  const newest = set.data?.operations.at(-1) ?? first.data ?? null;
  const operation = useQuery({
    ...operationOf(property.id, newest?.id ?? ''),
    enabled: newest !== null,
    refetchInterval: ({ state: { data } }) => (data?.state === 'accepted' ? WAITING_MS : false),
  });
  const { data: encoders } = useQuery(encodersOf(property.id));

  useLiveNews((news) => {
    if (!('operations' in news)) return;
    for (const told of news.operations as readonly Operation[]) {
      const key = keyOf(property.id, told.id);
      if (client.getQueryData(key) !== undefined) client.setQueryData<Operation>(key, (known) => newerOf(known, told));
      if (told.copy !== null && told.copy.set === setId)
        void client.invalidateQueries({ queryKey: setKeyOf(property.id, told.copy.set) });
    }
  });

  const told = newest && operation.data?.id === newest.id ? newerOf(operation.data, newest) : newest;
  useAskAfterDeadline(told);
  useHeldPage(told !== null && told.endedAt === null);
  const error = first.error ?? set.error;
  if (told === null || (setId !== null && set.data === undefined)) return { followed: null, error };
  const encoder = encoders?.find((each) => each.id === told.encoder.id) ?? null;
  return { followed: { operation: told, set: set.data ?? null, encoder }, error: null };
}

function useAskAfterDeadline(operation: Operation | null): void {
  const { property } = useSession();
  const client = useQueryClient();
  const { deadline } = operation ?? { deadline: '' };
  const isOpen = operation !== null && operation.endedAt === null;
  useEffect(() => {
    if (!isOpen) return;
    const ms = Math.max(0, Date.parse(deadline) - serverNow()) + AFTER_DEADLINE_MS;
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: ['operations', property.id] }), ms);
    return () => clearTimeout(timer);
  }, [client, property.id, deadline, isOpen]);
}
