import { AGENT_PROTOCOL } from '@keyrack/protocol';
import type { Clock } from '../clock.ts';
import { LINK_LIMITS } from './link-limits.ts';
import { readMessage } from './read-message.ts';
import type { Transport } from './transport.ts';

/** Connects to a server until it greets, and hangs up. Null when all is well, else why not. */
export function greetServer(url: string, transport: Transport, clock: Clock): Promise<string | null> {
  return new Promise((resolve) => {
    const timer = clock.setTimeout(() => end('it does not answer'), LINK_LIMITS.openMs);
    const end = (why: string | null) => {
      clock.clearTimeout(timer);
      channel.close();
      resolve(why);
    };
    const channel = transport.connect(url, {
      opened: () => {},
      received: (text) => {
        const read = readMessage(text);
        if (!read.ok || read.message.type !== 'challenge') return end('what answers there is no Keyrack server');
        if (read.message.protocol !== AGENT_PROTOCOL) return end('it is of another version; update the older one');
        end(null);
      },
      closed: end,
    });
  });
}
