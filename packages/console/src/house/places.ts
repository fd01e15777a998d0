import type { Answer } from '@keyrack/sdk';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { keyrack } from '../api/keyrack.ts';

export type Room = Answer<'getRoom'>;
export type Building = Answer<'getBuilding'>;
export type Floor = Answer<'getFloor'>;
export type CardKey = Answer<'listCardKeys'>['data'][number];

/** What the server answers at most at once. */
const PAGE = 200;

export const roomsKey = (property: string) => ['places', property, 'pages-of-rooms'] as const;

/** A page of rooms, as the cache keeps it. */
export interface RoomPages {
  readonly pages: { readonly data: Room[]; readonly nextCursor: string | null }[];
  readonly pageParams: (string | null)[];
}

/** All rooms of the property. The first ones are there at once, and the others come page by page. */
export function useRooms(property: string, { paused }: { readonly paused: boolean }) {
  const found = useInfiniteQuery({
    queryKey: roomsKey(property),
    enabled: !paused,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const cursor = pageParam === null ? {} : { cursor: pageParam };
      const { data, nextCursor } = await keyrack.rooms.list({ property, limit: PAGE, ...cursor }, { signal });
      return { data, nextCursor };
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = found;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError && !paused) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, paused, fetchNextPage]);
  const rooms = useMemo(() => found.data?.pages.flatMap(({ data }) => data) ?? null, [found.data]);
  return { rooms, isWhole: rooms !== null && !hasNextPage, error: found.error, again: () => void found.refetch() };
}

/** Buildings and floors, also those without rooms. */
export function useFloors(property: string) {
  return useQuery({
    queryKey: ['places', property, 'floors'],
    async queryFn({ signal }) {
      const [buildings, floors] = await Promise.all([
        keyrack.buildings.list({ property, limit: PAGE }, { signal }).toArray(),
        keyrack.floors.list({ property, limit: PAGE }, { signal }).toArray(),
      ]);
      return { buildings, floors };
    },
  });
}

/** The versions of the card key, the newest first; none for who may not see them. */
export function useCardKeys(property: string, allowed: boolean) {
  return useQuery({
    queryKey: ['card-keys', property],
    enabled: allowed,
    queryFn: ({ signal }): Promise<CardKey[]> => keyrack.cardKeys.list({ property, limit: PAGE }, { signal }).toArray(),
  });
}
