import type { Serial } from '@keyrack/protocol';
import type { Clock } from '../runtime/clock.ts';
import type { Read } from '../runtime/runner.ts';
import type { AgentSession } from './agent-session.ts';

export interface SettleListsParts {
  readonly read: Read;
  readonly clock: Clock;
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
  stop(): void;
}

/** Until a list is read again that could not be read. Milliseconds. */
const AGAIN_MS = 5_000;

/**
 * One list of a property is read at a time, and one more behind it for all who ask meanwhile. An empty list is found sooner
 * than a full one is read. So a list that was read before a change could come after the one from behind it, and stay.
 */
export function createSettleLists({ read, clock, sessionsOf, onError }: SettleListsParts): SettleLists {
  const settling = new Set<string>();
  /** Properties whose list is being read, and who hears the next one. */
  const reading = new Map<string, 'all' | Set<AgentSession>>();
  /** Timers of properties whose list could not be read. */
  const failed = new Map<string, object>();
  let stopped = false;

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
      await send(propertyId, hearers).catch((error: unknown) => {
        onError(error, propertyId);
        tryAgain(propertyId);
      });
      hearers = reading.get(propertyId);
    }
    reading.delete(propertyId);
  };

  const refresh = (propertyId: string): void => {
    if (reading.has(propertyId)) reading.set(propertyId, 'all');
    else void sendWhileAsked(propertyId, 'all');
  };
  /** Without it, cards that would settle something would lie there unread until something else changes. */
  const tryAgain = (propertyId: string): void => {
    if (stopped || failed.has(propertyId)) return;
    const timer = clock.setTimeout(() => {
      failed.delete(propertyId);
      refresh(propertyId);
    }, AGAIN_MS);
    failed.set(propertyId, timer);
  };

  return {
    refresh,
    tell(propertyId, newcomer) {
      const next = reading.get(propertyId);
      if (next === undefined) void sendWhileAsked(propertyId, new Set([newcomer]));
      else if (next !== 'all') next.add(newcomer);
    },
    isSettling: (propertyId) => settling.has(propertyId) || reading.has(propertyId) || failed.has(propertyId),
    stop() {
      stopped = true;
      for (const timer of failed.values()) clock.clearTimeout(timer);
      failed.clear();
    },
  };
}
