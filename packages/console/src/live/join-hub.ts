import { createHub } from './hub.ts';
import type { LiveMessage, TabMessage } from './messages.ts';

/** Milliseconds between two signs of life. */
const HERE_MS = 20_000;

/** Hears what is new at a property, over the stream that all tabs of this browser share. Returns what ends it. */
export function joinHub(property: string, hear: (message: LiveMessage) => void): () => void {
  const show = () => way.say({ kind: 'show', property });
  const bye = () => way.say({ kind: 'bye' });
  const alone = () => {
    way = joinOwn(hear);
    show();
  };
  let way = typeof SharedWorker === 'undefined' ? joinOwn(hear) : joinShared(hear, alone);
  const timer = setInterval(() => way.say({ kind: 'here', property }), HERE_MS);
  show();
  // A page that is kept for the way back comes to life again without being loaded.
  addEventListener('pagehide', bye);
  addEventListener('pageshow', show);
  return () => {
    clearInterval(timer);
    removeEventListener('pagehide', bye);
    removeEventListener('pageshow', show);
    bye();
    way.leave();
  };
}

interface Way {
  say(message: TabMessage): void;
  leave(): void;
}

/** `fail` is called where there is no worker: after an update, the script of an older console is gone. */
function joinShared(hear: (message: LiveMessage) => void, fail: () => void): Way {
  const worker = new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'keyrack-live' });
  const { port } = worker;
  let left = false;
  worker.onerror = () => {
    if (!left) fail();
  };
  port.onmessage = ({ data }: MessageEvent<LiveMessage>) => hear(data);
  return {
    say: (message) => port.postMessage(message),
    leave() {
      left = true;
      port.close();
    },
  };
}

/** Some browsers of telephones share no workers: there each tab has a stream of its own. */
function joinOwn(hear: (message: LiveMessage) => void): Way {
  const hub = createHub();
  const tab = { postMessage: hear };
  return { say: (message) => hub.hear(tab, message), leave() {} };
}
