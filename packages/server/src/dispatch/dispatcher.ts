import { AGENT_LIMITS, type AgentId, type EncoderInfo, type Serial } from '@keyrack/protocol';
import { AGENT_QUOTAS, type AgentQuotas } from '../domain/limits.ts';
import { isTerminal, type Operation } from '../domain/operation.ts';
import type { Agent } from '../domain/places.ts';
import type { AgentPort } from '../runtime/agent-port.ts';
import type { Outcomes } from '../runtime/outcomes.ts';
import { createAbsentAgents } from './absent-agents.ts';
import { type AgentSession, createAgentSession, type SessionParts } from './agent-session.ts';
import { createAgentShares } from './agent-shares.ts';
import type { Channel } from './channel.ts';
import { createEncoderRoutes } from './encoder-routes.ts';
import { createTurns } from './turns.ts';

export interface DispatcherParts
  extends Pick<
    SessionParts,
    'run' | 'credentials' | 'openCardKey' | 'clock' | 'signInIdleMs' | 'log' | 'failures' | 'newId' | 'limitPairing'
  > {
  readonly outcomes: Outcomes;
  /** Those of AGENT_QUOTAS that are others here. */
  readonly quotas?: Partial<AgentQuotas>;
  /** The last connection of an agent that was welcome has ended. */
  readonly onLeft?: (agent: Agent) => void;
  /** A fresh challenge: 32 random bytes in base64url. */
  readonly newChallenge: () => string;
}

export interface Dispatcher extends AgentPort {
  /** Takes up a new connection. Hand it what comes in, and tell it when the connection is gone. */
  connect(channel: Channel): AgentSession;
  /** Agents that are connected and caught up. */
  online(): number;
  isOnline(agentId: AgentId): boolean;
  /** Cuts an agent off at once, e.g. after it was revoked. */
  cutOff(agentId: string): void;
  stop(): void;
}

/** How often connections are looked at for pings and silence. Milliseconds. */
const BEAT_MS = 2_500;

/** Pieces of long journals that wait for the database at once, of all agents together. */
const PIECES_AT_ONCE = 1;

/** Knows the agents that are connected to this node, and routes to each what concerns it. */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { run, clock, outcomes, log } = parts;
  const connections = new Set<AgentSession>();
  const byAgent = new Map<string, AgentSession>();
  /** Those that have proved who they are and aren't welcome yet. */
  const proved = new Map<string, AgentSession>();
  /** The same sessions, so that what concerns one property isn't looked for among all. */
  const byProperty = new Map<string, Set<AgentSession>>();
  const routes = createEncoderRoutes();
  const quotas = { ...AGENT_QUOTAS, ...parts.quotas };
  const shares = createAgentShares(clock, quotas);
  const inTurn = createTurns(PIECES_AT_ONCE);
  /** Properties with something to settle, so that the end of the list is told too. */
  const settling = new Set<string>();
  let stopped = false;
  const absent = createAbsentAgents({
    clock,
    isConnected: (agentId) => byAgent.has(agentId),
    isReachable: (operation) => sessionAt(operation) !== undefined,
    refuse({ propertyId, id }) {
      run('refuse', { propertyId, operation: id, cause: 'encoder-offline', now: clock.now() }).catch((error: unknown) =>
        // Then it ends at its deadline.
        log.error('refuse-offline', error, { operation: id }),
      );
    },
  });

  const sessionAt = ({ propertyId, encoder }: Operation) => routes.sessionAt(propertyId, encoder);
  /** Its agent hears of an operation's end also when its encoder is gone. */
  const sessionFor = (operation: Operation) => sessionAt(operation) ?? byAgent.get(operation.agentId);

  const claimEncoders = (session: AgentSession) => {
    const agent = session.agent();
    if (agent === null) return;
    routes.claim(agent.propertyId, session);
    for (const { mac } of session.encoders()) session.prompt(mac);
  };
  const releaseEncoders = (session: AgentSession, gone: readonly EncoderInfo[]) => {
    const agent = session.agent();
    if (agent !== null) routes.release(agent.propertyId, session, gone, byProperty.get(agent.propertyId) ?? []);
  };
  /** To everybody of the property, or to one who has come and knows nothing yet. */
  const sendSettleList = async (propertyId: string, newcomer: AgentSession | null) => {
    const serials: Serial[] = await run('settleList', { propertyId });
    if (serials.length === 0) settling.delete(propertyId);
    else settling.add(propertyId);
    for (const session of newcomer === null ? (byProperty.get(propertyId) ?? []) : [newcomer]) session.settle(serials);
  };
  const refreshSettleList = (propertyId: string, newcomer: AgentSession | null = null) => {
    sendSettleList(propertyId, newcomer).catch((error: unknown) => log.error('settle-list', error, { propertyId }));
  };

  /** What their operations wait for is told by catching up once more; nobody else asks them to. */
  const endEarlierLives = (life: number) => {
    for (const session of [...byAgent.values()]) if ((session.life() ?? life) < life) session.end('database-restored');
  };

  const unsubscribe = outcomes.subscribe((changed) => {
    const toSettle = new Set<string>();
    for (const operation of changed) {
      const session = sessionFor(operation);
      if (isTerminal(operation)) absent.over(operation.id);
      if (isTerminal(operation) && operation.state !== 'succeeded' && operation.cause !== null) {
        session?.withdraw(operation.id, operation.cause);
      }
      // Its end makes room for the next one, and one whose grant wasn't obeyed asks again. A new one is asked for by `wake`.
      const isNew = operation.state === 'accepted' && operation.cause === null;
      if (operation.state !== 'granted' && !isNew) session?.prompt(operation.encoder);
      // It was granted to another agent, whose encoder has turned up here meanwhile and may move now.
      if (operation.state !== 'granted' && session !== undefined && session.agent()?.id !== operation.agentId)
        session.claimEncoders();
      if (operation.state === 'unknown' || settling.has(operation.propertyId)) toSettle.add(operation.propertyId);
    }
    for (const propertyId of toSettle) refreshSettleList(propertyId);
  });

  const beat = () => {
    if (stopped) return;
    for (const session of [...connections]) session.beat(AGENT_LIMITS.heartbeatMs, AGENT_LIMITS.silenceMs);
    shares.sweep();
    nextBeat = clock.setTimeout(beat, BEAT_MS);
  };
  let nextBeat = clock.setTimeout(beat, BEAT_MS);

  return {
    connect(channel) {
      const session = createAgentSession(
        {
          ...parts,
          challenge: parts.newChallenge(),
          quotas,
          shareOf: shares.of,
          inTurn,
          onProved(session) {
            const agent = session.agent();
            if (agent === null) return;
            const older = proved.get(agent.id);
            proved.set(agent.id, session);
            // Its session number is spent: it would be told so when it catches up, and takes up room until then.
            if (older !== undefined && older !== session) older.end('replaced');
          },
          onWelcome(welcomed) {
            const agent = welcomed.agent();
            if (agent === null) return;
            if (proved.get(agent.id) === welcomed) proved.delete(agent.id);
            const older = byAgent.get(agent.id);
            byAgent.set(agent.id, welcomed);
            const colleagues = byProperty.get(agent.propertyId) ?? new Set();
            byProperty.set(agent.propertyId, colleagues.add(welcomed));
            claimEncoders(welcomed);
            absent.heard(agent.id);
            // What it had is this one's by now, and falls to nobody else.
            if (older !== undefined && older !== welcomed) older.end('replaced');
            refreshSettleList(agent.propertyId, welcomed);
          },
          onEncoders(session, gone) {
            claimEncoders(session);
            releaseEncoders(session, gone);
            const agent = session.agent();
            if (agent !== null) absent.heard(agent.id);
          },
          onLife: endEarlierLives,
          onSignedOutElsewhere: (_propertyId, agentId) => byAgent.get(agentId)?.tellSignedOut('signed-in-elsewhere'),
          onIdentityChanged: (agentId) => byAgent.get(agentId)?.end('replaced'),
          onEnd(ended) {
            connections.delete(ended);
            const agent = ended.agent();
            if (agent === null) return;
            if (proved.get(agent.id) === ended) proved.delete(agent.id);
            // One that only said hello was never there: by coming again and again it would keep callers waiting.
            const wasWelcome = byAgent.get(agent.id) === ended;
            if (wasWelcome) byAgent.delete(agent.id);
            const colleagues = byProperty.get(agent.propertyId);
            colleagues?.delete(ended);
            if (colleagues?.size === 0) byProperty.delete(agent.propertyId);
            releaseEncoders(ended, ended.encoders());
            if (!wasWelcome) return;
            absent.left(agent.id);
            parts.onLeft?.(agent);
          },
        },
        channel,
      );
      connections.add(session);
      return session;
    },
    online: () => byAgent.size,
    isOnline: (agentId) => byAgent.has(agentId),
    cutOff: (agentId) => byAgent.get(agentId as never)?.end('agent-revoked'),
    async wake(operation) {
      const session = sessionAt(operation);
      if (session !== undefined) {
        session.prompt(operation.encoder);
        return 'asked';
      }
      const { agentId } = operation;
      return !byAgent.has(agentId) && absent.isExpected(agentId) ? 'away' : 'offline';
    },
    refuseUnlessBack: (operation, withinMs) => absent.refuseUnlessBack(operation, withinMs),
    stop() {
      stopped = true;
      clock.clearTimeout(nextBeat);
      unsubscribe();
      absent.stop();
      for (const session of [...connections]) session.end('stopping');
    },
  };
}
