import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useSession } from '../session/session.tsx';
import { encoderToUse } from './encoder-state.ts';
import { type Encoder, encodersOf } from './encoders.ts';

/** Of this browser, for each property: two desks of one house have their own. */
const keptAs = (property: string) => `keyrack-encoder-${property}`;

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab of this browser chooses for this one, too.
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

export interface ChosenEncoder {
  /** Null: there is none to use yet, or none was chosen of several. */
  readonly encoder: Encoder | null;
  /** Undefined while it isn't known. */
  readonly encoders: readonly Encoder[] | undefined;
  /** Why they can't be told, if so. */
  readonly error: unknown;
  choose(id: number): void;
}

/** The encoder that this browser works with, remembered over days. */
export function useEncoder(): ChosenEncoder {
  const { property } = useSession();
  const { id } = property;
  const { data: encoders, error } = useQuery(encodersOf(id));
  const kept = useSyncExternalStore(subscribe, () => localStorage.getItem(keptAs(id)));
  const choose = useCallback(
    (encoder: number) => {
      localStorage.setItem(keptAs(id), String(encoder));
      for (const listener of listeners) listener();
    },
    [id],
  );
  return useMemo(() => {
    const chosen = kept === null ? null : Number(kept);
    return { encoder: encoders ? encoderToUse(encoders, chosen) : null, encoders, error, choose };
  }, [encoders, error, kept, choose]);
}
