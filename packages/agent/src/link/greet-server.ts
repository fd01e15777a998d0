import { agentAddress, isSpoken } from '@keyrack/protocol';
import type { Clock } from '../clock.ts';
import { addressSilent, notKeyrack } from './judge-error.ts';
import { LINK_LIMITS } from './link-limits.ts';
import { type Obstacle, obstacle } from './obstacle.ts';
import { otherProtocol } from './other-protocol.ts';
import { readMessage } from './read-message.ts';
import type { Transport } from './transport.ts';

/** What a server says of itself, or why it can't be talked with. */
export type Greeting =
  | { readonly obstacle: Obstacle }
  /** `version`: of its program; null where it doesn't tell. */
  | { readonly obstacle: null; readonly protocol: number; readonly version: string | null };

/** Connects to a server until it greets, and hangs up. */
export function greetServer(url: string, transport: Transport, clock: Clock): Promise<Greeting> {
  const server = new URL(url);
  const { through = null } = transport;
  return new Promise((resolve) => {
    let opened = false;
    const timer = clock.setTimeout(
      () => end(opened ? notKeyrack(server, through, 'it says nothing') : addressSilent(server, through)),
      LINK_LIMITS.openMs,
    );
    const settle = (greeting: Greeting) => {
      clock.clearTimeout(timer);
      channel.close();
      resolve(greeting);
    };
    const end = (why: Obstacle) => settle({ obstacle: why });
    const channel = transport.connect(agentAddress(url), {
      opened: () => {
        opened = true;
      },
      received: (text) => {
        const read = readMessage(text);
        if (!read.ok) return end(notKeyrack(server, through, read.why));
        if (read.message.type !== 'challenge')
          return end(notKeyrack(server, through, `"${read.message.type}" came first`));
        const { protocol, version = null } = read.message;
        if (isSpoken(protocol)) return settle({ obstacle: null, protocol, version });
        end(obstacle('not-understood', `the server at ${url} is of another version`, otherProtocol(protocol).message));
      },
      closed: end,
    });
  });
}
