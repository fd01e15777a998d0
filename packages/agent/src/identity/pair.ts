import { type AgentId, type AgentMessage, agentAddress, isSpoken, serverMessage } from '@keyrack/protocol';
import type { Clock } from '../clock.ts';
import {
  addressSilent,
  notKeyrack,
  type Obstacle,
  obstacleText,
  otherProtocol,
  type Transport,
} from '../link/index.ts';
import type { AgentKey } from './agent-key.ts';

/** Pairing came to nothing; the message says why, and what to do. `cause` is the server's word, where it has one. */
export class PairingError extends Error {
  override readonly name = 'PairingError';
}

/** How long the server may take for all of it. Milliseconds. */
const PAIRING_MS = 15_000;

export interface PairingOffer {
  readonly code: string;
  readonly key: AgentKey;
  /** This computer's name. */
  readonly name: string;
  /** The agent that this computer is already. A code that makes another one of it is refused, and stays good. */
  readonly known?: AgentId | null;
}

export interface PairingParts {
  readonly transport: Transport;
  readonly clock: Clock;
}

/**
 * Trades a one-time code for an identity: the server learns the public key, and tells the agent's id and property.
 * @throws PairingError
 */
export function pair(
  url: string,
  offer: PairingOffer,
  { transport, clock }: PairingParts,
): Promise<{ readonly agent: AgentId; readonly property: string }> {
  return new Promise((resolve, reject) => {
    const server = new URL(url);
    const { through = null } = transport;
    const timer = clock.setTimeout(() => notReached(addressSilent(server, through)), PAIRING_MS);
    let over = false;
    const end = () => {
      over = true;
      clock.clearTimeout(timer);
      channel.close();
    };
    const fail = (message: string, cause?: string) => {
      if (over) return;
      end();
      reject(new PairingError(message, { cause }));
    };
    const notReached = (why: Obstacle) => fail(`Not paired with ${url}: ${obstacleText(why)}`);
    const channel = transport.connect(agentAddress(url), {
      opened: () => {},
      received: (text) => {
        if (over) return;
        const message = parse(text);
        switch (message?.type) {
          case 'challenge': {
            if (!isSpoken(message.protocol)) {
              const why = otherProtocol(message.protocol);
              return fail(why.message, why.cause);
            }
            const { code, key, name, known = null } = offer;
            const wanted: AgentMessage = {
              type: 'pair',
              protocol: message.protocol,
              code,
              publicKey: key.publicKey,
              name,
              ...(known !== null && { known }),
            };
            return channel.send(JSON.stringify(wanted));
          }
          case 'paired': {
            end();
            return resolve({ agent: message.agent, property: message.property });
          }
          case 'refused':
            return fail(message.message, message.cause);
          default:
            return notReached(notKeyrack(server, through, 'it says something else'));
        }
      },
      closed: notReached,
    });
  });
}

function parse(text: string) {
  try {
    return serverMessage.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
