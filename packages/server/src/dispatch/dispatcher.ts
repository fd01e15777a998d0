import { AGENT_LIMITS, type AgentId, type Mac, type OfferedArchive } from '@keyrack/protocol';
import { AGENT_QUOTAS, type AgentQuotas } from '../domain/limits.ts';
import { isTerminal, type Operation } from '../domain/operation.ts';
import type { AgentPort, DeskPort, SandboxPort } from '../runtime/agent-port.ts';
import type { Outcomes } from '../runtime/outcomes.ts';
import type { OwnerChange } from '../transactions/journal/change-owner.ts';
import { createAbsentAgents } from './absent-agents.ts';
import type { AgentSession, SessionAgent, SessionParts } from './agent-session.ts';
import { createAgentShares } from './agent-work-shares.ts';
import type { Channel } from './channel.ts';
import { createAgentSession } from './create-agent-session.ts';
import { createEncoderRoutes } from './encoder-routes.ts';
import { createSettleLists } from './settle-lists.ts';
import { createSilentOwners, type SilentOwner } from './silent-owners.ts';
import { createTurns } from './work-in-turns.ts';

export interface DispatcherParts
  extends Pick<
    SessionParts,
    | 'run'
    | 'read'
    | 'credentials'
    | 'unsealCardKey'
    | 'clock'
    | 'signInIdleMs'
    | 'log'
    | 'failures'
    | 'newId'
    | 'limitPairing'
  > {
  readonly outcomes: Outcomes;
  /** Quotas that differ from AGENT_QUOTAS. */
  readonly quotas?: Partial<AgentQuotas>;
  /** The last connection of an agent that was welcome has ended. */
  readonly onLeft?: (agent: SessionAgent) => void;
  /** An agent of the property came or went, or the encoders that are plugged in there changed. No record tells of it. */
  readonly onPresence?: (propertyId: string) => void;
  /** The newest archive of the agent for a system. Nothing is offered unless told. */
  readonly offerFor?: (system: string) => Promise<OfferedArchive | null>;
  /** A fresh challenge: 32 random bytes in base64url. */
  readonly newChallenge: () => string;
}

export interface Dispatcher extends AgentPort, DeskPort, SandboxPort {
  /** Takes up a new connection. Hand it what comes in, and tell it when the connection is gone. */
  connect(channel: Channel): AgentSession;
  /** Agents that are connected and caught up. */
  online(): number;
  /** Ends all connections. Resolves when what agents said before has had its effect: the store is needed until then. */
  stop(): Promise<void>;
}

/** How often connections are looked at for pings and silence. Milliseconds. */
const BEAT_MS = 2_500;

/** Pieces of long journals that wait for the database at once, of all agents together. */
const PIECES_AT_ONCE = 1;

/**
 * Knows the agents that are connected to this node, and routes to each what concerns it.
 *
 * One node: an agent that isn't connected here counts as offline. With several, the others must be asked first.
 */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { run, read, clock, outcomes, log } = parts;
  const connections = new Set<AgentSession>();
  /** Of connections that are over, while the last message on them is still being worked on. */
  const draining = new Set<Promise<void>>();
  const byAgent = new Map<string, AgentSession>();
  /** Sessions whose agent has proved who it is and hasn't caught up yet, by agent. */
  const proved = new Map<string, AgentSession>();
  /** The sessions of `byAgent` by property, so that news of one property doesn't search all. */
  const byProperty = new Map<string, Set<AgentSession>>();
  /** The agent's newest session: only what it says there can still change something. */
  const newestOf = (agentId: AgentId) => proved.get(agentId) ?? byAgent.get(agentId);
  const routes = createEncoderRoutes();
  const quotas = { ...AGENT_QUOTAS, ...parts.quotas };
  const shares = createAgentShares(clock, quotas);
  const inTurn = createTurns(PIECES_AT_ONCE);
  const silentOwners = createSilentOwners(clock, {
    silenceMs: AGENT_LIMITS.silenceMs,
    // A beat may come late. A longer gap means that this server stood still, which counts against no agent.
    mostPerBeatMs: 2 * BEAT_MS,
  });
  let stopped = false;
  const settleLists = createSettleLists({
    read,
    clock,
    sessionsOf: (propertyId) => byProperty.get(propertyId) ?? [],
    onError: (error, propertyId) => log.error('settle-list', error, { propertyId }),
  });
  const absent = createAbsentAgents({
    clock,
    isConnected: (agentId) => byAgent.has(agentId),
    isReachable: (operation) => sessionsAt(operation).length > 0,
    refuse({ propertyId, id }) {
      run('refuseOperation', { propertyId, operation: id, cause: 'encoder-offline', now: clock.now() }).catch(
        (error: unknown) =>
          // The operation ends at its deadline then.
          log.error('refuse-offline', error, { operation: id }),
      );
    },
  });

  const sessionsAt = ({ propertyId, encoder }: Operation) => routes.sessionsAt(propertyId, encoder);
  /** The sessions that hear of an operation: those at its encoder, or else its agent's own where the encoder is gone. */
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
  /** Asks the agents at an encoder to look again: it may be another agent's now, or no longer in dispute. */
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
      // An agent that was refused to settle a card there asks again only when it gets the list anew.
      if (was === 'disputed' && settleLists.isSettling(propertyId)) settleLists.refresh(propertyId);
    }
  };
  /** Takes an encoder from its silent owner. The wait ends only when that is recorded, so that a failure is tried again. */
  const passOnEncoder = async (silent: SilentOwner): Promise<void> => {
    const { encoders } = await run('ownerSilent', { ...silent, now: clock.now() });
    const gotIt = encoders.length > 0;
    if (gotIt) byAgent.get(silent.owner)?.end('silent');
    silentOwners.over(silent);
    noteOwners(encoders);
  };
  let latestEpoch = 0;
  /**
   * Ends sessions that caught up before the latest restore. Their held operations wait for a new catch-up, and an agent catches
   * up only when it connects.
   */
  const endEarlierEpochs = (epoch: number) => {
    latestEpoch = Math.max(latestEpoch, epoch);
    for (const session of [...byAgent.values()])
      if ((session.epoch() ?? epoch) < epoch) session.end('database-restored');
  };

  const unsubscribe = outcomes.subscribe((changed, nothingBehind) => {
    const toSettle = new Set<string>();
    for (const operation of changed) {
      const sessions = sessionsFor(operation);
      if (operation.state === 'unknown' || settleLists.isSettling(operation.propertyId))
        toSettle.add(operation.propertyId);
      if (isTerminal(operation)) absent.over(operation.id);
      if (isTerminal(operation) && operation.state !== 'succeeded' && operation.cause !== null) {
        for (const session of sessions) session.withdraw(operation.id, operation.cause);
      }
      // An end makes room for the next operation, and one whose grant wasn't obeyed asks again. `wake` asks for a new one.
      const isNew = operation.state === 'accepted' && operation.cause === null;
      if (operation.state === 'granted' || isNew) continue;
      const mayWait = !nothingBehind.includes(operation.id);
      for (const session of sessions) {
        if (mayWait) session.prompt(operation.encoder);
        // An open grant keeps an encoder at its agent. Once it ends, two agents may turn out to have the encoder.
        if (sessions.length > 1) session.tellDisputes();
      }
    }
    for (const propertyId of toSettle) settleLists.refresh(propertyId);
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

  /** What all sessions share. Made once: ten thousand copies would take memory. */
  const sessionParts: SessionParts = {
    ...parts,
    quotas,
    shares,
    inTurn,
    onProved(session) {
      const agent = session.agent();
      if (agent === null) return;
      const older = proved.get(agent.id);
      proved.set(agent.id, session);
      // The older session's number is spent. Left alone, it would take up room until it catches up and hears so.
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
      // End the older session last: its encoders are this session's by now, so they fall to nobody else.
      if (older !== undefined && older !== welcomed) older.end('replaced');
      settleLists.tell(agent.propertyId, welcomed);
      parts.onPresence?.(agent.propertyId);
    },
    onEncoders(session, gone) {
      const agent = session.agent();
      if (agent === null) return;
      addEncoders(session);
      routes.remove(agent.propertyId, session, gone);
      absent.heard(agent.id);
      parts.onPresence?.(agent.propertyId);
    },
    onHeard(session) {
      const agent = session.agent();
      if (agent !== null && newestOf(agent.id) === session) silentOwners.heard(agent.id, session.encoders());
    },
    onOwners: noteOwners,
    onEpoch: endEarlierEpochs,
    isPastEpoch: (epoch) => epoch < latestEpoch,
    offerFor: parts.offerFor ?? (async () => null),
    onSignedOutElsewhere: (_propertyId, agentId) => byAgent.get(agentId)?.tellSignedOut('signed-in-elsewhere'),
    onIdentityChanged(agentId, encoders) {
      byAgent.get(agentId)?.end('replaced');
      noteOwners(encoders);
    },
    onEnd(ended) {
      connections.delete(ended);
      const drained = ended.drained().finally(() => draining.delete(drained));
      draining.add(drained);
      const agent = ended.agent();
      if (agent === null) return;
      if (proved.get(agent.id) === ended) proved.delete(agent.id);
      // A session that only said hello doesn't count as having been there. Else an agent could keep callers waiting by
      // connecting again and again.
      const wasWelcome = byAgent.get(agent.id) === ended;
      if (wasWelcome) byAgent.delete(agent.id);
      const colleagues = byProperty.get(agent.propertyId);
      colleagues?.delete(ended);
      if (colleagues?.size === 0) byProperty.delete(agent.propertyId);
      routes.remove(agent.propertyId, ended, ended.encoders());
      if (!wasWelcome) return;
      absent.left(agent.id);
      parts.onLeft?.(agent);
      parts.onPresence?.(agent.propertyId);
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
    async wake(operation, prompt = null) {
      const sessions = sessionsAt(operation);
      const isOwn = sessions.length === 1 && sessions[0]?.agent()?.id === operation.agentId;
      for (const session of sessions) {
        if (prompt !== null && isOwn) session.promptFirst(operation, prompt);
        else session.prompt(operation.encoder);
      }
      if (sessions.length > 0) return 'asked';
      const { agentId } = operation;
      return !byAgent.has(agentId) && absent.isExpected(agentId) ? 'away' : 'offline';
    },
    tellSignedOut(ended) {
      if (ended !== null) byAgent.get(ended.agentId)?.tellSignedOut(ended.why);
    },
    async askSandbox(propertyId, encoder, command) {
      const [session, ...others] = routes.sessionsAt(propertyId, encoder);
      if (session === undefined) return { verdict: 'away' };
      return others.length > 0 ? { verdict: 'disputed' } : session.askSandbox(encoder, command);
    },
    tellCalled: (agentId) => byAgent.get(agentId)?.tellDisputes(),
    refuseUnlessBack: (operation, withinMs) => absent.refuseUnlessBack(operation, withinMs),
    async stop() {
      stopped = true;
      clock.clearTimeout(nextBeat);
      unsubscribe();
      absent.stop();
      settleLists.stop();
      for (const session of [...connections]) session.end('stopping');
      await Promise.all(draining);
    },
  };
}
