import { createHub } from './hub.ts';
import type { LiveMessage, TabMessage } from './messages.ts';

/** Milliseconds between two signs of life. */
const HERE_MS = 20_000;

/** Hears what is new at a property, over the stream that all tabs of this browser share. Returns what ends it. */
export function joinHub(property: string, hear: (message: LiveMessage) => void): () => void {
  const { say, leave } = typeof SharedWorker === 'undefined' ? joinOwn(hear) : joinShared(hear);
  const show = () => say({ kind: 'show', property });
  const bye = () => say({ kind: 'bye' });
  const timer = setInterval(() => say({ kind: 'here' }), HERE_MS);
  show();
  // A page that is kept for the way back comes to life again without being loaded.
  addEventListener('pagehide', bye);
  addEventListener('pageshow', show);
  return () => {
    clearInterval(timer);
    removeEventListener('pagehide', bye);
    removeEventListener('pageshow', show);
    bye();
    leave();
  };
}

function joinShared(hear: (message: LiveMessage) => void) {
  const { port } = new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'keyrack-live' });
  port.onmessage = ({ data }: MessageEvent<LiveMessage>) => hear(data);
  return { say: (message: TabMessage) => port.postMessage(message), leave: () => port.close() };
}

/** Some browsers of telephones share no workers: there each tab has a stream of its own. */
function joinOwn(hear: (message: LiveMessage) => void) {
  const hub = createHub();
  const tab = { postMessage: hear };
  return { say: (message: TabMessage) => hub.hear(tab, message), leave() {} };
}
