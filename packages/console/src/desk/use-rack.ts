import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { useLiveNews } from '../live/live.tsx';
import { useSession } from '../session/session.tsx';
import { createRackStore, type RackStore } from './rack-store.ts';
import type { KeyRack, RackRoom } from './seen-state.ts';

export interface LoadedRack {
  readonly store: RackStore;
  /** Whether it was told once. */
  readonly isThere: boolean;
  readonly error: unknown;
  again(): void;
}

/** The rack of the property: told whole, then kept true by news. */
export function useLoadedRack(): LoadedRack {
  const { property } = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another property has another rack.
  const store = useMemo(createRackStore, [property.id]);
  const { data, error, refetch } = useQuery({
    queryKey: ['rack', property.id, 'rooms'],
    async queryFn(): Promise<{ readonly rack: KeyRack; readonly since: number }> {
      const since = store.mark();
      return { rack: await keyrack.keyRack.get({ property: property.id }), since };
    },
    structuralSharing: false,
  });
  const isMounted = useRef(false);
  useEffect(() => {
    isMounted.current = true;
  }, []);
  // A rack that is known is there with the first draw, when nobody listens yet; each whole one is taken before the next is seen.
  useMemo(() => data && !isMounted.current && !store.isLoaded() && store.load(data.rack, data.since), [data, store]);
  useLayoutEffect(() => {
    if (data) store.load(data.rack, data.since);
  }, [data, store]);
  const isThere = useSyncExternalStore(store.subscribe, store.isLoaded);
  useLiveNews((news) => {
    if ('rooms' in news) store.update(news.rooms as readonly RackRoom[]);
  });
  return useMemo(() => ({ store, isThere, error, again: () => void refetch() }), [store, isThere, error, refetch]);
}

const RackContext = createContext<RackStore | null>(null);
export const RackProvider = RackContext;

export function useRackStore(): RackStore {
  const store = useContext(RackContext);
  if (store === null) throw new Error('there is no rack around this part');
  return store;
}

/** One room, anew whenever it changes. */
export function useRackRoom(id: string): RackRoom | undefined {
  const store = useRackStore();
  const subscribe = useMemo(() => (listener: () => void) => store.subscribeRoom(id, listener), [store, id]);
  return useSyncExternalStore(subscribe, () => store.room(id));
}

/** Something of the whole rack that is the same object while it is the same. */
export function useRackPart<T>(read: (store: RackStore) => T): T {
  const store = useRackStore();
  return useSyncExternalStore(store.subscribe, () => read(store));
}
