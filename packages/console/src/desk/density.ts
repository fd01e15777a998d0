import { useCallback, useSyncExternalStore } from 'react';

export type Density = 'comfortable' | 'compact';

/** From so many rooms on, a rack is compact unless somebody chose otherwise. */
const COMPACT_FROM = 200;
const KEPT_AS = 'keyrack-rack-density';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

/** How close rooms stand: by how many there are, or as it was chosen in this browser. */
export function useDensity(rooms: number): readonly [Density, (density: Density) => void] {
  const kept = useSyncExternalStore(subscribe, () => localStorage.getItem(KEPT_AS));
  const choose = useCallback((density: Density) => {
    localStorage.setItem(KEPT_AS, density);
    for (const listener of listeners) listener();
  }, []);
  const density =
    kept === 'compact' || kept === 'comfortable' ? kept : rooms >= COMPACT_FROM ? 'compact' : 'comfortable';
  return [density, choose];
}
