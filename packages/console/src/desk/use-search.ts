import { type Answer, isProblem } from '@keyrack/sdk';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { useSession } from '../session/session.tsx';
import { findRooms, mayBeGuest, meantRoom, serialIn } from './rack-filter.ts';
import type { RackRoom } from './seen-state.ts';
import { useRackPart, useRackStore } from './use-rack.ts';

export type FoundGuest = Answer<'searchGuests'>['data'][number];
export type FoundCard = Answer<'getCard'>;

export interface Found {
  readonly rooms: readonly RackRoom[];
  readonly guests: readonly FoundGuest[];
  readonly cards: readonly FoundCard[];
  /** The room that Enter opens at once: the only one that is called just so, or that of the card with that serial. Null for none. */
  readonly meant: string | null;
  /** The server is being asked, or the rack isn't there yet. */
  readonly isAsking: boolean;
  /** Rooms of guests and cards. */
  readonly inRooms: ReadonlySet<string>;
}

/** Rooms of a search that are listed; all of them are shown on the rack. */
const ROOMS_LISTED = 6;
/** How long somebody may type on before the server is asked. Milliseconds. */
const PAUSE_MS = 120;

/** What is found by a text: rooms at once, guests and cards once the server has answered. */
export function useSearch(text: string): Found {
  const store = useRackStore();
  const places = useRackPart((rack) => rack.places());
  const { property } = useSession();
  const asked = usePaused(text);
  const serial = serialIn(asked);
  const guests = useQuery({
    queryKey: ['cards', property.id, 'search', asked],
    queryFn: async () => (await keyrack.guests.search({ property: property.id, search: asked })).data,
    enabled: mayBeGuest(asked),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const card = useQuery({
    queryKey: ['cards', property.id, 'with-serial', serial],
    async queryFn() {
      try {
        return [await keyrack.cards.get({ property: property.id, card: serial ?? '' })];
      } catch (error) {
        if (isProblem(error, 'not-found')) return [];
        throw error;
      }
    },
    enabled: serial !== null,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other places have other rooms.
  return useMemo(() => {
    const foundGuests = text !== '' && mayBeGuest(text) ? (guests.data ?? []) : [];
    const foundCards = serialIn(text) === null ? [] : (card.data ?? []);
    const inRooms = [
      ...foundGuests.map(({ room }) => room.id),
      ...foundCards.flatMap(({ record }) => record?.room ?? []),
    ];
    const ofCard = foundCards.length === 1 ? (foundCards[0]?.record?.room ?? null) : null;
    return {
      meant: meantRoom(store.rooms(), text) ?? ofCard,
      rooms: findRooms(store.rooms(), text, ROOMS_LISTED),
      guests: foundGuests,
      cards: foundCards,
      isAsking: !store.isLoaded() || guests.isFetching || card.isFetching || (text !== asked && mayBeGuest(text)),
      inRooms: new Set(inRooms),
    };
  }, [store, places, text, asked, guests.data, guests.isFetching, card.data, card.isFetching]);
}

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), text === '' ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
