import {
  AGENT_LIMITS,
  type AgentMessage,
  agentMessage,
  type EncoderInfo,
  type InstanceId,
  type JournalPosition,
  type JournalRecord,
  type Mac,
  NAMES_LIKELY_KEY,
  type Nonce,
  type OperationId,
  type Serial,
  type ServerMessage,
  TELLS_DISPUTES,
  TELLS_LIFTING,
  unfinishedOf,
} from '@keyrack/protocol';
import { type Cause, explain } from '../domain/causes.ts';
import { type AgentQuotas, STRANGERS } from '../domain/limits.ts';
import { type Operation, remainingMs } from '../domain/operation.ts';
import type { Agent } from '../domain/places.ts';
import type { Dispute } from '../queries/encoder-claims.ts';
import type { SessionRef } from '../queries/fence-session.ts';
import type { Credentials } from '../runtime/credentials.ts';
import type { FailureLog } from '../runtime/failure-log.ts';
import type { FirstPrompt } from '../transactions/accept/accept-request.ts';
import type { Greeting } from '../transactions/journal/catch-up.ts';
import type { OwnerChange } from '../transactions/journal/change-owner.ts';
import type { RecordPiece } from '../transactions/journal/record-piece.ts';
import { type AgentShare, workOf } from './agent-shares.ts';
import { answerPairing, type PairingParts } from './answer-pairing.ts';
import type { Channel } from './channel.ts';
import { provesAgent } from './prove-agent.ts';
import { recordInPieces } from './record-in-pieces.ts';
import { ENDINGS, type Ending, type SignInEnd } from './server-texts.ts';
import { createSessionCards, type SessionCardParts } from './session-cards.ts';
import { createSessionQueue } from './session-queue.ts';
import { createSessionSignIns } from './session-sign-ins.ts';
import type { InTurn } from './turns.ts';

export interface SessionParts extends PairingParts, Pick<SessionCardParts, 'read' | 'unsealCardKey'> {
  readonly credentials: Credentials;
  readonly signInIdleMs: number;
  readonly quotas: AgentQuotas;
  readonly shareOf: (agentId: string) => AgentShare;
  /** Long work of this agent takes turns with that of the others. */
  readonly inTurn: InTurn;
  readonly log: SessionLog;
  /** Where it is told what failed before the agent proved who it is. */
  readonly failures: Pick<FailureLog, 'note'>;
  /** The agent has proved who it is: an older session of it that isn't welcome yet never will be. */
  readonly onProved: (session: AgentSession) => void;
  /** The session took over: prompts may be sent, and an older session of the same agent is of no use any more. */
  readonly onWelcome: (session: AgentSession) => void;
  /** It tells of other encoders than before, and has these no longer. */
  readonly onEncoders: (session: AgentSession, gone: readonly EncoderInfo[]) => void;
  /** The agent said something, and has told which encoders it has. It may still be telling its journal. */
  readonly onHeard: (session: AgentSession) => void;
  /** Encoders changed hands, or began or ceased to be in dispute. */
  readonly onOwners: (changes: readonly OwnerChange[]) => void;
  /** The database is in this life now: a restore may just have been noticed. */
  readonly onEpoch: (epoch: number) => void;
  /** Whether the database is in a later life by now. */
  readonly isPastEpoch: (epoch: number) => boolean;
  readonly onSignedOutElsewhere: (propertyId: string, agentId: string) => void;
  readonly onEnd: (session: AgentSession) => void;
}

/** One line per step, tied by operation id. */
export interface SessionLog {
  step(step: string, facts: Readonly<Record<string, unknown>>): void;
  error(step: string, error: unknown, facts: Readonly<Record<string, unknown>>): void;
}

/** One connection of an agent, from the challenge to its end. */
export interface AgentSession {
  /** Null until it has proved who it is. */
  readonly agent: () => Agent | null;
  readonly encoders: () => readonly EncoderInfo[];
  /** The life of the database in which it caught up; null until it did. */
  readonly epoch: () => number | null;
  /** A text came in. Messages are handled one after the other. */
  receive(text: string): void;
  /** Bytes came in, perhaps of a message that isn't whole yet. */
  heard(): void;
  /** Asks for what comes first at this encoder. */
  prompt(encoder: Mac): void;
  /** Asks for this operation, which was just found to come first at its encoder. */
  promptFirst(operation: Operation, prompt: FirstPrompt): void;
  /** Records that its agent was heard: that decides about an encoder which another agent names too. */
  noteHeard(): void;
  /** Tells which of its encoders are in dispute, where that may have changed. */
  tellDisputes(): void;
  withdraw(operation: OperationId, cause: Cause): void;
  settle(serials: readonly Serial[]): void;
  tellSignedOut(why: SignInEnd): void;
  /** Sends a ping when it is time, and gives the connection up when nothing was heard for too long. */
  beat(heartbeatMs: number, silenceMs: number): void;
  end(ending: Ending): void;
  /** The connection is gone. */
  closed(): void;
}

type State =
  | { readonly name: 'new' }
  | {
      readonly name: 'greeted';
      readonly agent: Agent;
      readonly ref: SessionRef;
      readonly greeting: Greeting;
      /** From where on the agent was told to tell its journal. */
      readonly position: JournalPosition;
    }
  | {
      readonly name: 'welcomed';
      readonly agent: Agent;
      readonly ref: SessionRef;
      readonly instance: InstanceId;
      readonly epoch: number;
    }
  | { readonly name: 'over' };

/** `challenge`: what the agent signs to prove who it is; its like was never drawn before. */
export function createAgentSession(parts: SessionParts, channel: Channel, challenge: string): AgentSession {
  const { run, read, clock, log, failures } = parts;
  let state: State = { name: 'new' };
  let encoders: readonly EncoderInfo[] = [];
  const openedAt = clock.monotonic();
  let lastSent = openedAt;
  let lastHeard = openedAt;
  /** When it was opened, and then when its agent proved who it is. */
  let lastStep = openedAt;
  /** Of the agent, once it has proved who it is. */
  let share: AgentShare | null = null;
  /** What is being worked on, for the log. */
  let doing = 'message';

  const send = (message: ServerMessage) => {
    if (state.name === 'over') return;
    lastSent = clock.monotonic();
    try {
      channel.send(JSON.stringify(message));
    } catch (error) {
      // What it tells of is durable: the agent hears it when it connects again.
      log.error('send', error, who());
      over();
      channel.close();
    }
  };
  /** `facts` are for the line of an end before the proof. */
  const end = (ending: Ending, facts: Readonly<Record<string, unknown>> = {}) => {
    if (state.name === 'over') return;
    const { retry, message } = ENDINGS[ending];
    send({ type: 'refused', cause: ending, message, retry });
    noteEnd(ending, facts);
    over();
    channel.close();
  };
  /** Anybody can fail before the proof, so such ends go to the bounded log. */
  const noteEnd = (ending: Ending, facts: Readonly<Record<string, unknown>>) => {
    if (state.name !== 'new') log.step('session-ended', { ending, ...who() });
    else if (!ORDINARY_ENDS.has(ending))
      failures.note(channel.address, { ending, ...facts }, 'agent failed before authentication');
  };
  const over = () => {
    if (state.name === 'over') return;
    parts.onEnd(session);
    state = { name: 'over' };
    cards.clear();
    endPause();
  };
  const who = () =>
    state.name === 'greeted' || state.name === 'welcomed' ? { agent: state.agent.id, session: state.ref.session } : {};

  const cards = createSessionCards(parts, {
    tellsLifting: channel.protocol >= TELLS_LIFTING,
    takesLikelyKey: channel.protocol >= NAMES_LIKELY_KEY,
    send,
    who,
    onFenced: () => end('replaced'),
    onAskAgain: (encoder) => session.prompt(encoder),
  });
  const signIns = createSessionSignIns(parts, {
    send,
    onFenced: () => end('replaced'),
    // The desk is known, and who stood there isn't: anybody may try as often as they like.
    onRefused: (cause) => failures.note(channel.address, { cause, ...who() }, 'sign-in at a desk was refused'),
  });

  const queue = createSessionQueue(
    parts.quotas,
    () => state.name === 'over',
    (error) => {
      if (state.name !== 'new') log.error(doing, error, who());
      end('unavailable', { step: doing, err: error });
    },
  );
  const enqueue = (step: string, work: () => Promise<void>) => {
    queue.add(() => {
      doing = step;
      return work();
    });
  };

  /** Work of the server that waits already isn't queued again: in its turn it finds what is so then. */
  const waiting = new Set<string>();
  const enqueueOnce = (step: string, about: string, work: () => Promise<void>) => {
    const key = `${step} ${about}`;
    if (waiting.has(key)) return;
    waiting.add(key);
    enqueue(step, () => {
      waiting.delete(key);
      return work();
    });
  };

  /** Ends the wait of an agent that takes more than its share. */
  let endPause = () => {};
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = clock.setTimeout(resolve, ms);
      endPause = () => {
        clock.clearTimeout(timer);
        resolve();
      };
    });

  /** A message in its turn. Work of an agent that has used up its share waits until it has some again. */
  const takeUp = async (text: string) => {
    const waitMs = share?.waitMs() ?? 0;
    if (waitMs > 0) await pause(waitMs);
    if (isOver()) return;
    doing = 'message';
    const message = parseMessage(text);
    if (message === null) return end('bad-message');
    doing = message.type;
    share?.spend(workOf(message, text.length));
    await handle(message);
  };

  const handle = async (message: AgentMessage): Promise<void> => {
    if (message.type === 'ping') return;
    if (state.name === 'new') {
      if (message.type === 'hello') return hello(message);
      return message.type === 'pair'
        ? end(await answerPairing(parts, message, channel.address, send))
        : end('bad-message');
    }
    if (state.name === 'greeted') {
      if (message.type === 'records') return takePart(message);
      return message.type === 'catch-up' ? catchUp(message) : end('bad-message');
    }
    if (state.name !== 'welcomed') return;
    const { ref, instance } = state;
    const now = clock.now();
    switch (message.type) {
      case 'open':
        return cards.open(message, ref);
      case 'present':
        return cards.present(message, ref, instance);
      case 'reading':
        return cards.reading(message, ref);
      case 'not-written':
        return cards.notWritten(message, ref);
      case 'report': {
        const rest = await inPieces(message.records, ref, null);
        if (rest === null) return;
        const result = await run('report', { ...ref, records: rest, now });
        if (result.verdict === 'fenced') return end('replaced');
        if (result.verdict === 'no-chain') return end('no-chain');
        if (result.verdict === 'suspended') return end('agent-suspended');
        tellOutcomes(result.changed);
        return send({ type: 'acknowledge', position: result.position });
      }
      case 'decline': {
        const result = await run('declineOperation', { ...ref, operation: message.operation, now });
        if (result.verdict === 'fenced') end('replaced');
        return;
      }
      case 'lifted':
        return noteLifted(message.encoder, ref);
      case 'unusable': {
        const { encoder, operation, reason } = message;
        const result = await run('noteUnusable', { ...ref, encoder, operation, reason, now });
        if (result.verdict === 'fenced') return end('replaced');
        log.step('unusable', { operation, encoder, reason, ...who() });
        return;
      }
      case 'encoders':
        return changeEncoders(message.encoders, ref);
      case 'sign-in':
        return signIns.signIn(message, ref);
      case 'sign-out':
        return signIns.signOut(message, ref);
      case 'activity':
        return signIns.activity(ref);
      default:
        return end('bad-message');
    }
  };

  const tellOutcomes = (changed: readonly Operation[]) => {
    for (const { id, state } of changed) log.step('outcome', { operation: id, state, ...who() });
  };

  /**
   * Records all but the last of many records, one piece at a time, and returns the rest; null where the connection
   * ended with that. What is told while catching up comes with each piece.
   */
  const inPieces = async (
    records: readonly JournalRecord[],
    ref: SessionRef,
    catchUp: RecordPiece['catchUp'],
    unfinishedWrites: ReadonlySet<Nonce> = new Set(unfinishedOf(records, records)),
  ): Promise<readonly JournalRecord[] | null> => {
    const rest = await recordInPieces(records, parts.quotas.recordsAtOnce, unfinishedWrites, (piece, unfinished) =>
      parts.inTurn(async () => {
        if (isOver()) return null;
        const input = { ...ref, catchUp, records: piece, unfinished, now: clock.now() };
        const result = await run('recordPiece', input);
        if (result.verdict === 'fenced') return result;
        parts.onEpoch(result.epoch);
        tellOutcomes(result.changed);
        return result;
      }),
    );
    if (rest?.verdict === 'rest') return rest.records;
    if (rest?.verdict === 'fenced') end('replaced');
    if (rest?.verdict === 'not-yet') end('not-yet');
    if (rest?.verdict === 'suspended') end('agent-suspended');
    if (rest?.verdict === 'replace') send({ type: 'replace-journal' });
    return null;
  };

  /** Encoders of this agent whose card it told to be lifted while they were another's: it tells that once alone. */
  const liftedBefore = new Set<Mac>();
  const noteLifted = async (encoder: Mac, ref: SessionRef) => {
    const result = await run('cardLifted', { ...ref, encoder });
    if (result.verdict === 'fenced') return end('replaced');
    if (result.isOwn) liftedBefore.delete(encoder);
    else if (encoders.some(({ mac }) => mac === encoder)) liftedBefore.add(encoder);
  };

  const changeEncoders = async (present: readonly EncoderInfo[], ref: SessionRef) => {
    const result = await run('changeEncoders', { ...ref, encoders: present, now: clock.now() });
    if (result.verdict === 'fenced') return end('replaced');
    const gone = encoders.filter(({ mac }) => !present.some((each) => each.mac === mac));
    encoders = present;
    for (const { mac } of gone) liftedBefore.delete(mac);
    sayDisputes(result.disputes);
    parts.onEncoders(session, gone);
    parts.onOwners(result.encoders);
  };

  let saidDisputes = '[]';
  const sayDisputes = (disputes: readonly Dispute[]) => {
    const text = JSON.stringify(disputes);
    if (text === saidDisputes || channel.protocol < TELLS_DISPUTES) return;
    saidDisputes = text;
    send({ type: 'disputes', disputes: disputes.map(({ encoder, others }) => ({ encoder, others: [...others] })) });
  };

  const hello = async (message: Extract<AgentMessage, { type: 'hello' }>) => {
    if (message.protocol !== channel.protocol) return end('protocol');
    const agent = await read('findAgent', { agentId: message.agent });
    if (agent === null || !provesAgent(agent, message, challenge)) {
      return end('not-proved', { agent: message.agent });
    }
    const agentShare = parts.shareOf(agent.id);
    if (agentShare.waitMs() > 0) return end('too-much', { agent: agent.id });
    agentShare.spend(workOf(message, 0));
    const { propertyId } = agent;
    const { instance, journal, acknowledged } = message;
    const result = await run('startSession', {
      propertyId,
      agentId: agent.id,
      journal,
      visit: { software: message.software, seenAt: clock.now() },
    });
    if (result.verdict === 'refused') return end(result.cause, { agent: agent.id });
    const { position } = result;
    const ref = { propertyId, agentId: agent.id, session: result.session };
    if (isOver()) return;
    share = agentShare;
    encoders = message.encoders;
    state = {
      name: 'greeted',
      agent,
      ref,
      position,
      greeting: { instance, encoders, journal: { ...journal, acknowledged } },
    };
    log.step('hello', { ...who(), position: position.number });
    lastStep = clock.monotonic();
    send({ type: 'cursor', session: ref.session, position });
    channel.proved();
    parts.onProved(session);
    parts.onHeard(session);
  };

  /** The first part of a long journal: what comes behind it is told from where this has led to. */
  const takePart = async ({ records, unfinished, inProgress }: Extract<AgentMessage, { type: 'records' }>) => {
    if (state.name !== 'greeted') return;
    const { ref, greeting } = state;
    const rest = await inPieces(records, ref, { greeting, inProgress }, new Set(unfinished));
    if (rest === null) return;
    const next = rest[0]?.number ?? Number.POSITIVE_INFINITY;
    const last = records.findLast(({ number }) => number < next);
    lastStep = clock.monotonic();
    const position = last === undefined ? state.position : { number: last.number, hash: last.hash };
    state = { ...state, position };
    log.step('part', { ...who(), records: records.length, position: position.number });
    send({ type: 'cursor', session: ref.session, position });
  };

  const catchUp = async (message: Extract<AgentMessage, { type: 'catch-up' }>) => {
    if (state.name !== 'greeted') return;
    const { agent, ref, greeting } = state;
    const { inProgress, lifted = [] } = message;
    const records = await inPieces(message.records, ref, { greeting, inProgress });
    if (records === null) return;
    const result = await run('catchUp', { ...ref, greeting, records, inProgress, lifted, now: clock.now() });
    if (result.verdict === 'fenced') return end('replaced');
    parts.onEpoch(result.epoch);
    parts.onOwners(result.encoders);
    if (result.verdict === 'not-yet') return end('not-yet');
    if (result.verdict === 'suspended') return end('agent-suspended');
    if (result.verdict === 'replace') return send({ type: 'replace-journal' });
    const signedIn = result.signedIn !== null && (await signIns.isStillIn(ref)) ? { name: result.signedIn } : null;
    if (isOver()) return;
    // A restore that was noticed since: what it holds waits for this agent to catch up once more.
    if (parts.isPastEpoch(result.epoch)) return end('database-restored');
    state = { name: 'welcomed', agent, ref, instance: greeting.instance, epoch: result.epoch };
    for (const { mac } of encoders) if (result.liftedElsewhere.includes(mac)) liftedBefore.add(mac);
    log.step('welcome', { ...who(), records: message.records.length, position: result.position.number });
    send({ type: 'acknowledge', position: result.position });
    send({ type: 'welcome', session: ref.session, signedIn });
    sayDisputes(result.disputes);
    parts.onWelcome(session);
  };
  const isOver = () => state.name === 'over';

  const sendPrompt = (operation: Operation, room: string | null, now: number) => {
    const { id, encoder, kind, serial } = operation;
    log.step('prompted', { operation: id, encoder, ...who() });
    send({ type: 'prompt', operation: id, encoder, kind, serial, room, remainingMs: remainingMs(operation, now) });
  };

  const session: AgentSession = {
    agent: () => (state.name === 'greeted' || state.name === 'welcomed' ? state.agent : null),
    encoders: () => encoders,
    epoch: () => (state.name === 'welcomed' ? state.epoch : null),
    heard() {
      lastHeard = clock.monotonic();
      if (state.name === 'greeted' || state.name === 'welcomed') parts.onHeard(session);
    },
    receive(text) {
      if (state.name === 'over') return;
      session.heard();
      if (state.name === 'new' && text.length > AGENT_LIMITS.unauthenticatedBytes) return end('bad-message');
      if (!queue.take(text.length, () => takeUp(text))) end('too-much');
    },
    prompt(encoder) {
      enqueueOnce('prompt', encoder, async () => {
        if (state.name !== 'welcomed') return;
        // The encoder may be this agent's by now.
        if (liftedBefore.has(encoder)) await noteLifted(encoder, state.ref);
        if (state.name !== 'welcomed') return;
        const now = clock.now();
        const next = await read('nextPrompt', { ...state.ref, encoder, now });
        if (next.verdict === 'fenced') return end('replaced');
        if (next.operation === null) return;
        sendPrompt(next.operation, next.room, now);
      });
    },
    promptFirst(operation, { room }) {
      // What waits here may change what comes first, or tell of a card before it.
      if (state.name !== 'welcomed' || !queue.isIdle() || liftedBefore.has(operation.encoder))
        return session.prompt(operation.encoder);
      sendPrompt(operation, room, clock.now());
    },
    noteHeard() {
      enqueueOnce('owner-heard', '', async () => {
        if (state.name !== 'greeted' && state.name !== 'welcomed') return;
        const named = encoders.map(({ mac }) => mac);
        const result = await run('ownerHeard', { ...state.ref, named, now: clock.now() });
        if (result.verdict === 'fenced') return end('replaced');
        parts.onOwners(result.encoders);
      });
    },
    tellDisputes() {
      enqueueOnce('disputes', '', async () => {
        if (state.name !== 'welcomed') return;
        const result = await read('findDisputes', state.ref);
        if (result.verdict === 'fenced') return end('replaced');
        sayDisputes(result.disputes);
      });
    },
    withdraw(operation, cause) {
      if (state.name === 'welcomed') send({ type: 'withdraw', operation, cause, message: explain(cause) });
    },
    settle(serials) {
      if (state.name === 'welcomed') send({ type: 'settle', serials: [...serials] });
    },
    tellSignedOut: (why) => {
      if (state.name === 'welcomed') signIns.tellEnd(why);
    },
    beat(heartbeatMs, silenceMs) {
      const now = clock.monotonic();
      // What takes long here isn't held against the agent.
      const mostMs = state.name === 'new' ? STRANGERS.proofMs : STRANGERS.catchUpMs;
      if (state.name !== 'welcomed' && !queue.isBusy() && now - lastStep >= mostMs) return end('late');
      if (now - lastHeard >= silenceMs) return end('silent');
      if (now - lastSent >= heartbeatMs) send({ type: 'ping' });
      if (!signIns.isCheckDue(now)) return;
      enqueue('sign-in-idle', async () => {
        if (state.name === 'welcomed') await signIns.endIdle(state.ref);
      });
    },
    end: (ending) => end(ending),
    closed: over,
  };
  send({ type: 'challenge', protocol: channel.protocol, challenge });
  return session;
}

/** Ends of a connection that aren't a failure although nobody has proved anything on it. */
const ORDINARY_ENDS: ReadonlySet<Ending> = new Set(['paired', 'stopping']);

function parseMessage(text: string): AgentMessage | null {
  try {
    return agentMessage.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
