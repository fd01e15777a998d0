import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useSession } from '../session/session.tsx';
import { serverNow } from '../time/server-clock.ts';
import { joinHub } from './join-hub.ts';
import type { LiveNews } from './messages.ts';
import { isMadeOld } from './topics.ts';

/** Whether news come: `connecting` at first; `lost` says since when nothing is known. */
export type LiveState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'lost'; readonly since: number };

interface Listener {
  news(news: LiveNews): void;
  /** News come from now on, and some may have been missed before. */
  connected(): void;
}

interface Live {
  readonly state: LiveState;
  listen(listener: Listener): () => void;
}

const LiveContext = createContext<Live | null>(null);

/** Keeps what pages know true: news make queries ask again, and listeners hear rooms and operations as they change. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const { property } = useSession();
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>({ kind: 'connecting' });
  const listeners = useRef(new Set<Listener>());
  const { id } = property;
  useEffect(() => {
    setState({ kind: 'connecting' });
    return joinHub(id, (message) => {
      if (message.property !== id) return;
      switch (message.kind) {
        case 'connected':
          setState({ kind: 'live' });
          for (const listener of listeners.current) listener.connected();
          void client.invalidateQueries();
          return;
        case 'lost':
          setState({ kind: 'lost', since: message.since });
          return;
        case 'ended':
          setState({ kind: 'lost', since: serverNow() });
          void client.invalidateQueries({ queryKey: ['me'] });
          return;
        case 'news': {
          const { news } = message;
          if ('types' in news) {
            void client.invalidateQueries({ predicate: isMadeOld(news) });
          }
          for (const listener of listeners.current) listener.news(news);
        }
      }
    });
  }, [id, client]);
  const live = useMemo<Live>(
    () => ({
      state,
      listen(listener) {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [state],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

function useLiveContext(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('useLive is for pages of somebody who is signed in');
  return live;
}

/** Whether what the page shows is kept true. */
export function useLiveState(): LiveState {
  return useLiveContext().state;
}

/**
 * Calls the listener with each piece of news for as long as the part is shown. `connected` hears when what came before may have gaps,
 * and before anything is asked for anew.
 */
export function useLiveNews(listener: Listener['news'], connected: Listener['connected'] = NOTHING): void {
  const { listen } = useLiveContext();
  const latest = useRef({ news: listener, connected });
  useEffect(() => {
    latest.current = { news: listener, connected };
  }, [listener, connected]);
  useEffect(
    () => listen({ news: (news) => latest.current.news(news), connected: () => latest.current.connected() }),
    [listen],
  );
}

const NOTHING = () => {};
