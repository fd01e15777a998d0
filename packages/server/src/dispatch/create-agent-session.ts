import {
  AGENT_LIMITS,
  type AgentMessage,
  agentMessage,
  type EncoderInfo,
  NAMES_LIKELY_KEY,
  TELLS_LIFTING,
  TELLS_SERVER_VERSION,
} from '@keyrack/protocol';
import { VERSION } from '@keyrack/protocol/version.ts';
import { standingOf } from '../domain/agent-version.ts';
import { explain } from '../domain/causes.ts';
import type { SessionRef } from '../queries/fence-session.ts';
import type { AgentSession, SessionParts } from './agent-session.ts';
import { workOf } from './agent-work-shares.ts';
import { answerPairing } from './answer-pairing.ts';
import type { Channel } from './channel.ts';
import { createSessionCards, type SessionCards } from './session-cards.ts';
import { takeCatchUp, takePartOfJournal } from './session-catch-up.ts';
import { createSessionConnection } from './session-connection.ts';
import { createSessionEncoders, type SessionEncoders } from './session-encoders.ts';
import { takeHello } from './session-hello.ts';
import { createSessionPrompts } from './session-prompts.ts';
import { createSessionQueue } from './session-queue.ts';
import { takeReport } from './session-records.ts';
import { createSessionSandbox, type SessionSandbox } from './session-sandbox.ts';
import { createSessionSignIns, type SessionSignIns } from './session-sign-ins.ts';

/**
 * Takes an agent's messages in their order and hands each to the part that answers it. `challenge`: what the agent signs to
 * prove who it is; each connection gets its own, so that no signature serves twice.
 */
export function createAgentSession(parts: SessionParts, channel: Channel, challenge: string): AgentSession {
  const { run, clock, log, failures } = parts;

  const connection = createSessionConnection(parts, channel, () => {
    parts.onEnd(session);
    sandbox?.over();
    cards?.clear();
    endPause();
  });
  const { state, isOver, who, send, end } = connection;
  const queue = createSessionQueue(parts.quotas, isOver, (step, error) => {
    if (state().name !== 'new') log.error(step, error, who());
    end('unavailable', { step, err: error });
  });
  /** Those of the hello: the agent may have named others since. */
  let named: readonly EncoderInfo[] = [];
  let encoders: SessionEncoders | null = null;
  const prompts = createSessionPrompts(parts, connection, () => encoders, queue);
  const onFenced = () => end('replaced');
  // Made when the first card comes, somebody signs in, or encoders change: ten thousand agents that wait need none of it.
  let cards: SessionCards | null = null;
  let signIns: SessionSignIns | null = null;
  let sandbox: SessionSandbox | null = null;
  const encodersHere = () => {
    encoders ??= createSessionEncoders(parts, connection, named, (gone) => parts.onEncoders(session, gone));
    return encoders;
  };
  const cardsHere = () => {
    cards ??= createSessionCards(parts, {
      tellsLifting: channel.protocol >= TELLS_LIFTING,
      takesLikelyKey: channel.protocol >= NAMES_LIKELY_KEY,
      send,
      who,
      onFenced,
      onAskAgain: prompts.prompt,
    });
    return cards;
  };
  const signInsHere = () => {
    signIns ??= createSessionSignIns(parts, {
      send,
      onFenced,
      // Bounded, since anybody who stands at the desk may try as often as they like.
      onRefused: (cause) => failures.note(channel.address, { cause, ...who() }, 'sign-in at a desk was refused'),
    });
    return signIns;
  };

  /** Ends the wait of an agent that takes more than its share. */
  let endPause = NOTHING;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = clock.setTimeout(resolve, ms);
      endPause = () => {
        clock.clearTimeout(timer);
        resolve();
      };
    });

  /** The agent that has proved who it is; null before that and after the end. */
  const proved = () => {
    const now = state();
    return now.name === 'greeted' || now.name === 'welcomed' ? now : null;
  };
  const welcomed = () => {
    const now = state();
    return now.name === 'welcomed' ? now : null;
  };

  /** A message in its turn. Work of an agent that has used up its share waits until it has some again. */
  const takeUp = async (text: string) => {
    const agentId = proved()?.agent.id;
    const waitMs = agentId === undefined ? 0 : parts.shares.waitMs(agentId);
    if (waitMs > 0) await pause(waitMs);
    if (isOver()) return;
    const message = parseMessage(text);
    if (message === null) return end('bad-message');
    queue.name(message.type);
    if (agentId !== undefined) parts.shares.spend(agentId, workOf(message, text.length));
    if (message.type !== 'ping') await handle(message);
  };

  /** A ping that needs no turn behind others, from an agent that has a share left. It asks for nothing. */
  const isRest = (text: string): boolean => {
    const agentId = proved()?.agent.id;
    if (text !== PING || agentId === undefined || !queue.isIdle() || parts.shares.waitMs(agentId) > 0) return false;
    parts.shares.spend(agentId, workOf(PING_MESSAGE, text.length));
    return true;
  };

  const handle = async (message: AgentMessage): Promise<void> => {
    switch (state().name) {
      case 'new':
        return introduce(message);
      case 'greeted':
        return hearJournal(message);
      case 'welcomed':
        return work(message);
    }
  };

  const introduce = async (message: AgentMessage) => {
    if (message.type === 'pair') return end(await answerPairing(parts, message, channel.address, send));
    if (message.type !== 'hello') return end('bad-message');
    await takeHello(parts, connection, message, challenge, () => {
      named = message.encoders;
      channel.proved();
      parts.onProved(session);
      parts.onHeard(session);
    });
  };

  const hearJournal = async (message: AgentMessage) => {
    if (message.type === 'records') return takePartOfJournal(parts, connection, message);
    if (message.type !== 'catch-up') return end('bad-message');
    const isStillIn = (ref: SessionRef) => signInsHere().isStillIn(ref);
    await takeCatchUp(parts, connection, isStillIn, message, ({ liftedElsewhere, disputes, called }) => {
      if (liftedElsewhere.length > 0) encodersHere().liftedElsewhere(liftedElsewhere);
      if (disputes.length > 0) encodersHere().sayDisputes(disputes);
      if (called.length > 0) encodersHere().sayCalled(called);
      parts.onWelcome(session);
    });
  };

  const work = async (message: AgentMessage) => {
    const agent = welcomed();
    if (agent === null) return;
    const { ref, instance } = agent;
    switch (message.type) {
      case 'open':
        return cardsHere().open(message, ref);
      case 'present':
        return cardsHere().present(message, ref, instance);
      case 'reading':
        return cardsHere().reading(message, ref);
      case 'not-written':
        return cardsHere().notWritten(message, ref);
      case 'report':
        return takeReport(parts, connection, message, ref);
      case 'decline': {
        const result = await run('declineOperation', { ...ref, operation: message.operation, now: clock.now() });
        if (result.verdict === 'fenced') end('replaced');
        return;
      }
      case 'lifted':
        return encodersHere().lifted(message.encoder, ref);
      case 'unusable': {
        const { encoder, operation, reason } = message;
        const result = await run('noteUnusable', { ...ref, encoder, operation, reason, now: clock.now() });
        if (result.verdict === 'fenced') return end('replaced');
        log.step('unusable', { operation, encoder, reason, ...who() });
        return;
      }
      case 'encoders':
        return encodersHere().change(message.encoders, ref);
      case 'sign-in':
        return signInsHere().signIn(message, ref);
      case 'sign-out':
        return signInsHere().signOut(message, ref);
      case 'activity':
        return signInsHere().activity(ref);
      case 'sandbox':
        return sandbox?.answer(message);
      case 'ask-offer':
        send({ type: 'offer', request: message.request, archive: await parts.offerFor(message.system) });
        return;
      case 'update-failed': {
        const { version, cause, why } = message;
        log.step('update-failed', { version, cause, why, ...who() });
        const { propertyId, agentId } = ref;
        await run('noteFailedUpdate', { propertyId, agentId, tried: { version, cause, why }, now: clock.now() });
        return;
      }
      default:
        return end('bad-message');
    }
  };

  const session: AgentSession = {
    agent: () => proved()?.agent ?? null,
    encoders: () => encoders?.all() ?? named,
    epoch: () => welcomed()?.epoch ?? null,
    heard() {
      connection.heard();
      if (proved() !== null) parts.onHeard(session);
    },
    receive(text) {
      if (isOver()) return;
      session.heard();
      if (isRest(text)) return;
      if (state().name === 'new' && text.length > AGENT_LIMITS.unauthenticatedBytes) return end('bad-message');
      if (!queue.take(text.length, () => takeUp(text))) end('too-much');
    },
    prompt: prompts.prompt,
    promptFirst: (operation, { room }) => prompts.promptFirst(operation, room),
    noteHeard() {
      queue.addOnce('owner-heard', '', async () => {
        const agent = proved();
        if (agent !== null) await encodersHere().recordHeard(agent.ref);
      });
    },
    tellDisputes() {
      queue.addOnce('disputes', '', async () => {
        const agent = welcomed();
        if (agent !== null) await encodersHere().tellDisputes(agent.ref);
      });
    },
    withdraw(operation, cause) {
      if (welcomed() !== null) send({ type: 'withdraw', operation, cause, message: explain(cause) });
    },
    settle(serials) {
      if (welcomed() !== null) send({ type: 'settle', serials: [...serials] });
    },
    tellSignedOut(why) {
      queue.add('signed-out', async () => {
        const agent = welcomed();
        if (agent !== null) await signInsHere().tellEndOf(agent.ref, why);
      });
    },
    async askSandbox(encoder, command) {
      const info = session.encoders().find(({ mac }) => mac === encoder);
      if (welcomed() === null || info === undefined) return { verdict: 'away' };
      if (info.simulated !== true) return { verdict: 'not-simulated' };
      sandbox ??= createSessionSandbox(clock, send);
      return sandbox.ask(encoder, command);
    },
    beat(heartbeatMs, silenceMs) {
      connection.beat(heartbeatMs, silenceMs, queue.isBusy());
      if (isOver() || !signIns?.isCheckDue(clock.monotonic())) return;
      queue.add('sign-in-idle', async () => {
        const agent = welcomed();
        if (agent !== null) await signInsHere().endIdle(agent.ref);
      });
    },
    end: (ending) => end(ending),
    closed: connection.closed,
    drained: queue.drained,
  };
  const standing = standingOf(connection.speaks);
  // One of an earlier release ends here, and doesn't say who it is.
  if (standing === 'too-old' || standing === 'too-new')
    failures.note(channel.address, { speaks: connection.speaks }, `an agent is ${standing} for this server`);
  const version = channel.protocol >= TELLS_SERVER_VERSION ? { version: VERSION } : {};
  send({ type: 'challenge', protocol: channel.protocol, challenge, ...version });
  return session;
}

const NOTHING = () => {};

const PING_MESSAGE: AgentMessage = { type: 'ping' };
/** As agents write it. Ten thousand of them send one each ten seconds: almost all that a server at rest is told. */
const PING = JSON.stringify(PING_MESSAGE);

function parseMessage(text: string): AgentMessage | null {
  try {
    return agentMessage.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
