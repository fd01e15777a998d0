import { useCallback, useState } from 'react';
import { useSession } from './session.tsx';

/**
 * Something that this tab is at, at this property: it is there again when the page is loaded anew. Whoever signs in behind
 * somebody else in the same tab is told nothing of it.
 */
export function useKept<T>(name: string): readonly [kept: T | null, keep: (value: T | null) => void] {
  const { property, me } = useSession();
  const key = `keyrack-${name}`;
  const owner = `${me.session} ${property.id}`;
  const [kept, setKept] = useState<T | null>(() => keptIn<T>(key, owner));
  const keep = useCallback(
    (value: T | null) => {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify({ owner, value }));
      setKept(value);
    },
    [key, owner],
  );
  return [kept, keep];
}

function keptIn<T>(key: string, owner: string): T | null {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    if (typeof found !== 'object' || found === null || !('owner' in found) || found.owner !== owner) return null;
    return 'value' in found ? (found.value as T) : null;
  } catch {
    return null;
  }
}
