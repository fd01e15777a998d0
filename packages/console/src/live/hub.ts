import { followProperty } from './connection.ts';
import type { LiveMessage, TabMessage } from './messages.ts';

/** A tab, as the hub knows it. */
export interface Tab {
  postMessage(message: LiveMessage): void;
}

/** Milliseconds after which a tab that says nothing is gone. Browsers let hidden tabs speak once a minute. */
const SILENT_MS = 180_000;

/** One connection for each property that any tab shows, shared by all of them. */
export function createHub() {
  const tabs = new Map<Tab, { property: string | null; heardAt: number }>();
  const followed = new Map<string, { stop: () => void; last: LiveMessage | null }>();

  const tell = (message: LiveMessage) => {
    const connection = followed.get(message.property);
    if (connection !== undefined && message.kind !== 'news') connection.last = message;
    for (const [tab, { property }] of tabs) if (property === message.property) tab.postMessage(message);
    if (message.kind === 'ended') followed.delete(message.property);
  };

  const settle = () => {
    const wanted = new Set([...tabs.values()].map(({ property }) => property));
    for (const [property, { stop }] of followed) {
      if (wanted.has(property)) continue;
      stop();
      followed.delete(property);
    }
    for (const property of wanted) {
      if (property === null || followed.has(property)) continue;
      const connection = { stop: () => {}, last: null };
      followed.set(property, connection);
      connection.stop = followProperty(property, tell);
    }
  };

  return {
    hear(tab: Tab, message: TabMessage): void {
      const now = Date.now();
      for (const [other, { heardAt }] of tabs) if (now - heardAt > SILENT_MS) tabs.delete(other);
      switch (message.kind) {
        case 'show': {
          tabs.set(tab, { property: message.property, heardAt: now });
          const last = followed.get(message.property)?.last ?? null;
          settle();
          if (last !== null) tab.postMessage(last);
          return;
        }
        case 'here': {
          const known = tabs.get(tab);
          if (known !== undefined) known.heardAt = now;
          settle();
          return;
        }
        case 'bye':
          tabs.delete(tab);
          settle();
      }
    },
  };
}
