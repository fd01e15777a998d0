import type { Serial } from '@keyrack/protocol';
import type { Read } from '../runtime/runner.ts';
import type { AgentSession } from './agent-session.ts';

export interface SettleListsParts {
  readonly read: Read;
  /** The property's agents that are welcome. */
  readonly sessionsOf: (propertyId: string) => Iterable<AgentSession>;
  readonly onError: (error: unknown, propertyId: string) => void;
}

/** Tells the agents of each property which cards they should read to settle operations. */
export interface SettleLists {
  /** The list may have changed: all agents of the property hear it anew. */
  refresh(propertyId: string): void;
  /** An agent has come: it hears the list. */
  tell(propertyId: string, newcomer: AgentSession): void;
  /** Whether its agents were told of cards, or are about to be: then they must hear when there are none any more. */
  isSettling(propertyId: string): boolean;
}

/**
 * One list of a property is read at a time, and one more behind it for all who ask meanwhile. An empty list is found sooner
 * than a full one is read. So a list that was read before a change could come after the one from behind it, and stay.
 */
export function createSettleLists({ read, sessionsOf, onError }: SettleListsParts): SettleLists {
  const settling = new Set<string>();
  /** Properties whose list is being read, and who hears the next one. */
  const reading = new Map<string, 'all' | Set<AgentSession>>();

  const readList = async (propertyId: string): Promise<Serial[]> =>
    // Most often there is none, and then no list is read.
    (await read('hasUnknown', { propertyId })) ? read('settleList', { propertyId }) : [];
  const send = async (propertyId: string, hearers: 'all' | Set<AgentSession>): Promise<void> => {
    const serials = await readList(propertyId);
    if (serials.length === 0) settling.delete(propertyId);
    else settling.add(propertyId);
    for (const session of hearers === 'all' ? sessionsOf(propertyId) : hearers) session.settle(serials);
  };
  const sendWhileAsked = async (propertyId: string, first: 'all' | Set<AgentSession>): Promise<void> => {
    let hearers: 'all' | Set<AgentSession> | undefined = first;
    while (hearers === 'all' || (hearers !== undefined && hearers.size > 0)) {
      reading.set(propertyId, new Set());
      await send(propertyId, hearers).catch((error: unknown) => onError(error, propertyId));
      hearers = reading.get(propertyId);
    }
    reading.delete(propertyId);
  };

  return {
    refresh(propertyId) {
      if (reading.has(propertyId)) reading.set(propertyId, 'all');
      else void sendWhileAsked(propertyId, 'all');
    },
    tell(propertyId, newcomer) {
      const next = reading.get(propertyId);
      if (next === undefined) void sendWhileAsked(propertyId, new Set([newcomer]));
      else if (next !== 'all') next.add(newcomer);
    },
    isSettling: (propertyId) => settling.has(propertyId) || reading.has(propertyId),
  };
}
