import { agentAddress, isSpoken } from '@keyrack/protocol';
import type { Clock } from '../clock.ts';
import { addressSilent, notKeyrack } from './judge-error.ts';
import { LINK_LIMITS } from './link-limits.ts';
import { type Obstacle, obstacle } from './obstacle.ts';
import { otherProtocol } from './other-protocol.ts';
import { readMessage } from './read-message.ts';
import type { Transport } from './transport.ts';

/** Connects to a server until it greets, and hangs up. Null when all is well, else why not. */
export function greetServer(url: string, transport: Transport, clock: Clock): Promise<Obstacle | null> {
  const server = new URL(url);
  const { through = null } = transport;
  return new Promise((resolve) => {
    let opened = false;
    const timer = clock.setTimeout(
      () => end(opened ? notKeyrack(server, through, 'it says nothing') : addressSilent(server, through)),
      LINK_LIMITS.openMs,
    );
    const end = (why: Obstacle | null) => {
      clock.clearTimeout(timer);
      channel.close();
      resolve(why);
    };
    const channel = transport.connect(agentAddress(url), {
      opened: () => {
        opened = true;
      },
      received: (text) => {
        const read = readMessage(text);
        if (!read.ok) return end(notKeyrack(server, through, read.why));
        if (read.message.type !== 'challenge')
          return end(notKeyrack(server, through, `"${read.message.type}" came first`));
        if (isSpoken(read.message.protocol)) return end(null);
        end(
          obstacle(
            'not-understood',
            `the server at ${url} is of another version`,
            otherProtocol(read.message.protocol).message,
          ),
        );
      },
      closed: end,
    });
  });
}
