import { expect, test } from 'vitest';
import { createHub, SILENT_MS, type Tab } from './hub.ts';
import type { LiveMessage } from './messages.ts';

/** A hub on a clock of the test's own, with what it follows. */
function openHub() {
  let now = 0;
  const followed = new Map<string, (message: LiveMessage) => void>();
  const hub = createHub({
    now: () => now,
    follow(property, tell) {
      followed.set(property, tell);
      return () => followed.delete(property);
    },
  });
  const openTab = () => {
    const heard: LiveMessage['kind'][] = [];
    const tab: Tab = { postMessage: ({ kind }) => heard.push(kind) };
    return { tab, heard };
  };
  const tell = (kind: 'connected' | 'news') =>
    followed.get('inn')?.(
      kind === 'news' ? { kind, property: 'inn', news: { types: [], rooms: [] } } : { kind, property: 'inn' },
    );
  return { hub, openTab, tell, followed, pass: (ms: number) => (now += ms) };
}

test('two tabs of a property share one connection, which ends with the last of them', () => {
  const { hub, openTab, tell, followed } = openHub();
  const [one, other] = [openTab(), openTab()];
  hub.hear(one.tab, { kind: 'show', property: 'inn' });
  tell('connected');
  hub.hear(other.tab, { kind: 'show', property: 'inn' });
  tell('news');
  expect([one.heard, other.heard]).toEqual([
    ['connected', 'news'],
    ['connected', 'news'],
  ]);
  hub.hear(one.tab, { kind: 'bye' });
  expect([...followed.keys()]).toEqual(['inn']);
  hub.hear(other.tab, { kind: 'bye' });
  expect(followed.size).toBe(0);
});

test('a tab that slept longer than anybody waits for it is served again as soon as it says that it is here', () => {
  const { hub, openTab, tell, followed, pass } = openHub();
  const { tab, heard } = openTab();
  hub.hear(tab, { kind: 'show', property: 'inn' });
  tell('connected');
  // As a computer does that was closed over lunch: no timer runs there.
  pass(SILENT_MS + 1);
  hub.hear(tab, { kind: 'here', property: 'inn' });
  expect([...followed.keys()]).toEqual(['inn']);
  tell('news');
  expect(heard.at(-1)).toBe('news');
});

test('a tab that another one outlived asks for everything anew, since it missed what came meanwhile', () => {
  const { hub, openTab, tell, pass } = openHub();
  const [asleep, awake] = [openTab(), openTab()];
  hub.hear(asleep.tab, { kind: 'show', property: 'inn' });
  hub.hear(awake.tab, { kind: 'show', property: 'inn' });
  tell('connected');
  pass(SILENT_MS - 1);
  hub.hear(awake.tab, { kind: 'here', property: 'inn' });
  pass(2);
  hub.hear(awake.tab, { kind: 'here', property: 'inn' });
  tell('news');
  hub.hear(asleep.tab, { kind: 'here', property: 'inn' });
  expect(asleep.heard).toEqual(['connected', 'connected']);
  expect(awake.heard).toEqual(['connected', 'news']);
});
