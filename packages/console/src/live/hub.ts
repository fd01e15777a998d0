import { followProperty } from './connection.ts';
import type { LiveMessage, TabMessage } from './messages.ts';

/** A tab, as the hub knows it. */
export interface Tab {
  postMessage(message: LiveMessage): void;
}

/** Milliseconds after which a tab that says nothing is gone. Browsers let hidden tabs speak once a minute. */
export const SILENT_MS = 180_000;

/** One connection for each property that any tab shows, shared by all of them. `now`: milliseconds. */
export function createHub(
  { follow, now }: { readonly follow: typeof followProperty; readonly now: () => number } = {
    follow: followProperty,
    now: Date.now,
  },
) {
  const tabs = new Map<Tab, { readonly property: string; readonly heardAt: number }>();
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
      if (followed.has(property)) continue;
      const connection = { stop: () => {}, last: null };
      followed.set(property, connection);
      connection.stop = follow(property, tell);
    }
  };

  return {
    hear(tab: Tab, message: TabMessage): void {
      const at = now();
      for (const [other, { heardAt }] of tabs) if (at - heardAt > SILENT_MS) tabs.delete(other);
      if (message.kind === 'bye') {
        tabs.delete(tab);
        settle();
        return;
      }
      const { property } = message;
      // One that slept was forgotten, and missed what came: to it the connection is a new one.
      const isNew = message.kind === 'show' || !tabs.has(tab);
      tabs.set(tab, { property, heardAt: at });
      const last = followed.get(property)?.last ?? null;
      settle();
      if (isNew && last !== null) tab.postMessage(last);
    },
  };
}
