import { AGENT_LIMITS, type AgentId, type Mac, type Serial } from '@keyrack/protocol';
import { AGENT_QUOTAS, type AgentQuotas } from '../domain/limits.ts';
import { isTerminal, type Operation } from '../domain/operation.ts';
import type { Agent } from '../domain/places.ts';
import type { AgentPort } from '../runtime/agent-port.ts';
import type { Outcomes } from '../runtime/outcomes.ts';
import type { OwnerChange } from '../transactions/journal/change-owner.ts';
import { createAbsentAgents } from './absent-agents.ts';
import { type AgentSession, createAgentSession, type SessionParts } from './agent-session.ts';
import { createAgentShares } from './agent-shares.ts';
import type { Channel } from './channel.ts';
import { createEncoderRoutes } from './encoder-routes.ts';
import { createSilentOwners, type SilentOwner } from './silent-owners.ts';
import { createTurns } from './turns.ts';

export interface DispatcherParts
  extends Pick<
    SessionParts,
    'run' | 'credentials' | 'unsealCardKey' | 'clock' | 'signInIdleMs' | 'log' | 'failures' | 'newId' | 'limitPairing'
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
  /** Cuts an agent off at once that was revoked, and asks those that have its encoders now. */
  cutOff(agentId: AgentId, encoders: readonly OwnerChange[]): void;
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
  /** The one connection of this agent on which it can still change something. */
  const newestOf = (agentId: AgentId) => proved.get(agentId) ?? byAgent.get(agentId);
  const routes = createEncoderRoutes();
  const quotas = { ...AGENT_QUOTAS, ...parts.quotas };
  const shares = createAgentShares(clock, quotas);
  const inTurn = createTurns(PIECES_AT_ONCE);
  const silentOwners = createSilentOwners(clock, {
    silenceMs: AGENT_LIMITS.silenceMs,
    // A beat may come late; more than that is this server's own standstill.
    mostPerBeatMs: 2 * BEAT_MS,
  });
  /** Properties with something to settle, so that the end of the list is told too. */
  const settling = new Set<string>();
  let stopped = false;
  const absent = createAbsentAgents({
    clock,
    isConnected: (agentId) => byAgent.has(agentId),
    isReachable: (operation) => sessionsAt(operation).length > 0,
    refuse({ propertyId, id }) {
      run('refuseOperation', { propertyId, operation: id, cause: 'encoder-offline', now: clock.now() }).catch(
        (error: unknown) =>
          // Then it ends at its deadline.
          log.error('refuse-offline', error, { operation: id }),
      );
    },
  });

  const sessionsAt = ({ propertyId, encoder }: Operation) => routes.sessionsAt(propertyId, encoder);
  /** Its agent hears of an operation's end also when its encoder is gone. */
  const sessionsFor = (operation: Operation): readonly AgentSession[] => {
    const there = sessionsAt(operation);
    const own = byAgent.get(operation.agentId);
    return there.length > 0 || own === undefined ? there : [own];
  };

  const addEncoders = (session: AgentSession) => {
    const agent = session.agent();
    if (agent === null) return;
    routes.add(agent.propertyId, session);
    for (const { mac } of session.encoders()) session.prompt(mac);
  };
  /** The encoder may be another agent's now, or no longer in dispute. */
  const lookAgainAt = (propertyId: string, mac: Mac) => {
    for (const session of routes.sessionsAt(propertyId, mac)) {
      session.tellDisputes();
      session.prompt(mac);
    }
  };
  const noteOwners = (changes: readonly OwnerChange[]) => {
    silentOwners.note(changes);
    for (const { propertyId, mac, owner, ownership, was, agents } of changes) {
      if (ownership !== was) log.step(`encoder-${ownership}`, { encoder: mac, ownership, was, owner, agents });
      lookAgainAt(propertyId, mac);
      // What an agent was refused to settle there it asks for again when it is told to.
      if (was === 'disputed' && settling.has(propertyId)) refreshSettleList(propertyId);
    }
  };
  /** The wait goes on until it is recorded that it is over. */
  const passOnEncoder = async (silent: SilentOwner): Promise<void> => {
    const { encoders } = await run('ownerSilent', { ...silent, now: clock.now() });
    const gotIt = encoders.length > 0;
    if (gotIt) byAgent.get(silent.owner)?.end('silent');
    silentOwners.over(silent);
    noteOwners(encoders);
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
  let latestEpoch = 0;
  const endEarlierEpochs = (epoch: number) => {
    latestEpoch = Math.max(latestEpoch, epoch);
    for (const session of [...byAgent.values()])
      if ((session.epoch() ?? epoch) < epoch) session.end('database-restored');
  };

  const unsubscribe = outcomes.subscribe((changed) => {
    const toSettle = new Set<string>();
    for (const operation of changed) {
      const sessions = sessionsFor(operation);
      if (operation.state === 'unknown' || settling.has(operation.propertyId)) toSettle.add(operation.propertyId);
      if (isTerminal(operation)) absent.over(operation.id);
      if (isTerminal(operation) && operation.state !== 'succeeded' && operation.cause !== null) {
        for (const session of sessions) session.withdraw(operation.id, operation.cause);
      }
      // Its end makes room for the next one, and one whose grant wasn't obeyed asks again. A new one is asked for by `wake`.
      const isNew = operation.state === 'accepted' && operation.cause === null;
      if (operation.state === 'granted' || isNew) continue;
      for (const session of sessions) {
        session.prompt(operation.encoder);
        // Its grant may have kept the encoder at another agent, and its end left two that have it.
        if (sessions.length > 1) session.tellDisputes();
      }
    }
    for (const propertyId of toSettle) refreshSettleList(propertyId);
  });

  const beat = () => {
    if (stopped) return;
    for (const session of [...connections]) session.beat(AGENT_LIMITS.heartbeatMs, AGENT_LIMITS.silenceMs);
    const owners = silentOwners.beat();
    for (const agentId of owners.heard) newestOf(agentId)?.noteHeard();
    for (const silent of owners.silent) {
      passOnEncoder(silent).catch((error: unknown) => log.error('owner-silent', error, { encoder: silent.mac }));
    }
    shares.sweep();
    nextBeat = clock.setTimeout(beat, BEAT_MS);
  };
  let nextBeat = clock.setTimeout(beat, BEAT_MS);

  /** Of all sessions: made once, since ten thousand of them are kept. */
  const sessionParts: SessionParts = {
    ...parts,
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
      addEncoders(welcomed);
      absent.heard(agent.id);
      // What it had is this one's by now, and falls to nobody else.
      if (older !== undefined && older !== welcomed) older.end('replaced');
      refreshSettleList(agent.propertyId, welcomed);
    },
    onEncoders(session, gone) {
      const agent = session.agent();
      if (agent === null) return;
      addEncoders(session);
      routes.remove(agent.propertyId, session, gone);
      absent.heard(agent.id);
    },
    onHeard(session) {
      const agent = session.agent();
      if (agent !== null && newestOf(agent.id) === session) silentOwners.heard(agent.id, session.encoders());
    },
    onOwners: noteOwners,
    onEpoch: endEarlierEpochs,
    isPastEpoch: (epoch) => epoch < latestEpoch,
    onSignedOutElsewhere: (_propertyId, agentId) => byAgent.get(agentId)?.tellSignedOut('signed-in-elsewhere'),
    onIdentityChanged(agentId, encoders) {
      byAgent.get(agentId)?.end('replaced');
      noteOwners(encoders);
    },
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
      routes.remove(agent.propertyId, ended, ended.encoders());
      if (!wasWelcome) return;
      absent.left(agent.id);
      parts.onLeft?.(agent);
    },
  };

  return {
    connect(channel) {
      const session = createAgentSession(sessionParts, channel, parts.newChallenge());
      connections.add(session);
      return session;
    },
    online: () => byAgent.size,
    isOnline: (agentId) => byAgent.has(agentId),
    cutOff(agentId, encoders) {
      byAgent.get(agentId)?.end('agent-revoked');
      noteOwners(encoders);
    },
    async wake(operation) {
      const sessions = sessionsAt(operation);
      for (const session of sessions) session.prompt(operation.encoder);
      if (sessions.length > 0) return 'asked';
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
