import {
  AGENT_LIMITS,
  type AgentId,
  type AgentMessage,
  type EncoderInfo,
  type InstanceId,
  type Mac,
  type Nonce,
  type OperationId,
  type Serial,
  TAKES_JOURNAL_IN_PARTS,
  TELLS_LIFTING,
  unfinishedOf,
} from '@keyrack/protocol';
import type { Clock } from '../clock.ts';
import type { Encoder } from '../encoder/index.ts';
import type { Journal, JournalError } from '../journal/index.ts';
import {
  type AgentSide,
  type LinkStatus,
  type ServerConnection,
  startLink,
  type Transport,
  type WorkMessage,
} from '../link/index.ts';
import type { AgentLog } from '../log.ts';
import type { Randomness } from '../randomness.ts';
import { declineGrant } from './card-exchange.ts';
import { DESK_LIMITS } from './desk-limits.ts';
import type { DeskState, Notice } from './desk-state.ts';
import { type EncoderWorker, startEncoderWorker } from './encoder-worker.ts';
import { startHistory } from './history.ts';
import { startReports } from './report-records.ts';
import { type Credentials, type SignedInMessage, type SignInResult, startSignIns } from './sign-in.ts';
import { createWritesInProgress } from './writes-in-progress.ts';

export interface DeskEncoder {
  readonly encoder: Encoder;
  /** Marked for the card types whose requests name no encoder. At most one of an agent's. */
  readonly forSignedIn: boolean;
}

export interface AgentIdentity {
  readonly agent: AgentId;
  /** Proves who this is, by a token or by signing the server's challenge (`challengeText`). */
  prove(challenge: string): Extract<AgentMessage, { type: 'hello' }>['proof'];
}

export interface DeskParts {
  readonly url: string;
  readonly identity: AgentIdentity;
  /** Name and version of this program, for the server's log. At most 40 characters. */
  readonly software: string;
  readonly journal: Journal;
  readonly encoders: readonly DeskEncoder[];
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: AgentLog;
  /** Who signs in whenever the agent comes online and nobody is signed in. */
  readonly signIn?: Credentials | undefined;
}

/** The agent at work: one connection to the server, and a worker for every encoder. Runs from its making to `stop`. */
export interface DeskAgent {
  state(): DeskState;
  /** Calls `listener` whenever `state` may tell something new (remaining times aside). Returns what ends it. */
  onChange(listener: () => void): () => void;
  signIn(credentials: Credentials): Promise<SignInResult>;
  signOut(): Promise<SignInResult>;
  /** The signed-in member did something at this computer. */
  activity(): void;
  /** The person at the desk doesn't want that operation. False when it isn't asked for, or is being written. */
  decline(operation: OperationId): boolean;
  /** Replaces the list of encoders. The worker of a removed encoder first finishes its write. */
  setEncoders(encoders: readonly DeskEncoder[]): Promise<void>;
  /** Tells the person at the desk of something else on this computer; null when it is over. */
  setNotice(about: string, notice: Notice | null): void;
  /** Resolves when nothing more can be executed until the agent is started again, with the reason. */
  whenFailed(): Promise<string>;
  /**
   * Finishes the write under way and ends the connection. Journal and encoders stay open, for whoever opened them to
   * close.
   */
  stop(): Promise<void>;
}

export function startDeskAgent(parts: DeskParts): DeskAgent {
  const { journal, clock, random, log, identity } = parts;
  const instance = random.uuid() as InstanceId;
  const writesInProgress = createWritesInProgress();
  const reports = startReports({ journal, clock, log, records: AGENT_LIMITS.catchUpRecords });
  const signIns = startSignIns(clock, (message) => connection?.send(message) ?? false);
  const history = startHistory(journal.recordsAfter(0));
  const listeners = new Set<() => void>();
  /** Notices by subject: a newer one about the same subject replaces the one before. */
  const attention = new Map<string, Notice>();
  let workers: readonly { readonly worker: EncoderWorker; readonly desk: DeskEncoder }[] = [];
  let connection: ServerConnection | null = null;
  /** Whether other encoders are here than the newest `hello` named. */
  let encodersUntold = false;
  /** The cards that the server wants settled, for encoders that come later. */
  let settling: readonly Serial[] = [];
  /** The encoders that other front desks have too, and the names of these. */
  let disputes: ReadonlyMap<Mac, readonly string[]> = new Map();
  let status: LinkStatus = { status: 'connecting' };
  /** When it was told. Milliseconds of the monotonic clock. */
  let statusAt = clock.monotonic();
  let signedIn: string | null = null;
  let signInEnded: DeskState['signInEnded'] = null;
  let lastActivity = Number.NEGATIVE_INFINITY;

  /** Calls the listeners. It runs in the middle of work: one that throws must neither end that work nor stop the others. */
  function changed(): void {
    for (const listener of [...listeners]) {
      try {
        listener();
      } catch (error) {
        log.error({ err: error }, 'somebody who listens to the desk failed');
      }
    }
  }

  function attend(about: string, cause: string, message: string | null): void {
    if (message === null) attention.delete(about);
    else attention.set(about, { cause, message });
  }

  function startWorker(desk: DeskEncoder): { worker: EncoderWorker; desk: DeskEncoder } {
    const { encoder } = desk;
    const worker = startEncoderWorker({
      encoder,
      clock,
      log,
      journal,
      writesInProgress,
      newNonce: () => random.uuid() as Nonce,
      mayWork: () => journal.brokenBy() === null,
      onResult: reports.resultJournaled,
      onRecent: ({ operation, kind, room, serial: wanted }, mac, found, how) => {
        const ended = { operation, kind, encoder: mac, serial: wanted ?? found, room, ...how, at: clock.now() };
        history.add(ended, journal.head().number);
      },
      onSettled: history.settled,
      onHung: (hung) => {
        attend(
          encoder.mac,
          'encoder-hung',
          hung ? `The encoder ${encoder.name} does not answer; unplug it and plug it in again.` : null,
        );
      },
      onChange: changed,
    });
    if (connection !== null) worker.begin(connection);
    worker.settle(settling);
    return { worker, desk };
  }

  function statusNow(): LinkStatus {
    if (!('retryMs' in status)) return status;
    return { ...status, retryMs: Math.max(0, Math.round(status.retryMs - (clock.monotonic() - statusAt))) };
  }

  function encoderInfos(): EncoderInfo[] {
    return workers.map(({ desk: { encoder, forSignedIn } }) => ({ mac: encoder.mac, name: encoder.name, forSignedIn }));
  }

  function tellEncoders(): void {
    encodersUntold = connection?.send({ type: 'encoders', encoders: encoderInfos() }) !== true;
  }

  const side: AgentSide = {
    hello: (challenge, protocol) => {
      encodersUntold = false;
      return {
        type: 'hello',
        protocol,
        agent: identity.agent,
        proof: identity.prove(challenge),
        instance,
        software: parts.software,
        journal: { id: journal.id(), head: journal.head() },
        acknowledged: journal.acknowledged(),
        encoders: encoderInfos(),
      };
    },
    catchUp: (from, position) => {
      // The server decides what an unknown position means; a person may want to know why it decides as it does.
      if (!journal.contains(position))
        log.error({ number: position.number }, "the server's position is not in this journal");
      else journal.acknowledge(position);
      const records = journal.recordsAfter(position.number);
      const inParts = from.protocol() >= TAKES_JOURNAL_IN_PARTS;
      if (inParts && records.length > AGENT_LIMITS.partRecords) {
        const part = records.slice(0, AGENT_LIMITS.partRecords);
        log.info({ from: position.number, records: records.length }, 'the journal is told in several messages');
        return {
          type: 'records',
          records: [...part],
          unfinished: unfinishedOf(part, records),
          inProgress: writesInProgress.list(),
        };
      }
      if (records.length > AGENT_LIMITS.catchUpRecords) {
        log.error({ records: records.length }, 'the server lacks more records than one message holds');
        return null;
      }
      reports.caughtUp(from, position);
      const lifted = workers.filter(({ worker }) => worker.tellLifted(from)).map(({ worker }) => worker.mac);
      return {
        type: 'catch-up',
        records: [...records],
        inProgress: writesInProgress.list(),
        ...(from.protocol() >= TELLS_LIFTING && { lifted }),
      };
    },
    replaceJournal: async () => {
      log.warn({ journal: journal.id() }, 'the server does not know this journal; it is set aside and a new one begun');
      await journal.replace();
      attend(
        'journal-replaced',
        'journal-replaced',
        'The journal was replaced by a new one; the server tells which cards must be read again.',
      );
    },
    welcomed: (to, welcome) => {
      connection = to;
      signedIn = welcome.signedIn?.name ?? null;
      if (signedIn !== null) signInEnded = null;
      if (encodersUntold) tellEncoders();
      for (const { worker } of workers) worker.begin(to);
      reports.welcomed(to);
      if (parts.signIn !== undefined && signedIn === null) void signInAtStart(parts.signIn);
      changed();
    },
    received: (from, message) => {
      receive(from, message);
      changed();
    },
    ended: (from) => {
      reports.lost(from);
      for (const { worker } of workers) worker.lose(from);
      if (connection !== from) return;
      connection = null;
      settling = [];
      disputes = new Map();
      signIns.lost();
      changed();
    },
  };

  function receive(from: ServerConnection, message: WorkMessage): void {
    switch (message.type) {
      case 'prompt': {
        const worker = workerOf(message.encoder);
        log.info({ operation: message.operation, encoder: message.encoder, kind: message.kind }, 'prompt');
        if (worker === undefined)
          log.warn({ operation: message.operation, encoder: message.encoder }, 'prompt for no encoder of ours');
        worker?.prompt(message);
        return;
      }
      case 'withdraw':
        log.info({ operation: message.operation, cause: message.cause }, 'prompt withdrawn');
        for (const { worker } of workers)
          worker.drop(message.operation, { outcome: 'withdrawn', cause: message.cause, message: message.message });
        return;
      case 'settle':
        settling = message.serials;
        for (const { worker } of workers) worker.settle(message.serials);
        history.needed(message.serials, journal.acknowledged()?.number ?? 0);
        return;
      case 'keys':
      case 'grant':
      case 'refuse':
      case 'recorded': {
        if (workers.some(({ worker }) => worker.answer(message, from))) return;
        if (message.type === 'grant')
          declineGrant(message, from, 'nobody waits for it any more', { journal, writesInProgress, log });
        else log.warn({ answer: message.type }, 'an answer that nobody waits for any more');
        return;
      }
      case 'disputes':
        takeDisputes(message.disputes);
        return;
      case 'acknowledge':
        reports.acknowledged(from, message.position);
        return;
      case 'signed-in':
        takeSignedIn(message);
        signIns.answer(message);
        return;
    }
  }

  function takeDisputes(told: Extract<WorkMessage, { type: 'disputes' }>['disputes']): void {
    const before = disputes;
    // A name may be empty; that another desk has the encoder counts.
    disputes = new Map(told.map(({ encoder, others }) => [encoder, others]));
    for (const [encoder, others] of disputes) {
      workerOf(encoder)?.standDown();
      if (!before.has(encoder)) log.warn({ encoder, others }, 'another front desk has this encoder too');
    }
    for (const encoder of before.keys())
      if (!disputes.has(encoder)) log.info({ encoder }, 'no other front desk has this encoder any more');
  }

  function takeSignedIn({ request, member, cause, message }: SignedInMessage): void {
    // A refused request changes nothing: whoever was signed in still is.
    if (request !== null && message !== null) return;
    signedIn = member?.name ?? null;
    signInEnded = signedIn === null && message !== null ? { cause: cause ?? null, message, at: clock.now() } : null;
  }

  async function signInAtStart(credentials: Credentials): Promise<void> {
    const result = await signIns.signIn(credentials);
    if (!result.ok) log.warn({ why: result.message }, 'nobody is signed in');
    attend('sign-in', 'sign-in-failed', result.ok ? null : `Signing in failed: ${result.message}`);
    changed();
  }

  function workerOf(mac: Mac): EncoderWorker | undefined {
    return workers.find(({ worker }) => worker.mac === mac)?.worker;
  }

  async function stop(): Promise<void> {
    await Promise.all(workers.map(({ worker }) => worker.stop()));
    link.stop();
  }

  workers = parts.encoders.map(startWorker);
  const link = startLink({
    ...parts,
    side,
    onStatus: (next) => {
      status = next;
      statusAt = clock.monotonic();
      attend(
        'refused',
        'refused',
        next.status === 'refused' ? `The server refused this agent: ${next.why.message}` : null,
      );
      changed();
    },
  });

  const failed = journal.whenBroken().then(async (error: JournalError) => {
    log.error({ why: error.message }, 'nothing more is executed');
    attend('journal', 'journal-broken', error.message);
    changed();
    // The server should see that nothing can be done here, and say "offline" to whoever asks.
    await stop();
    return error.message;
  });

  return {
    state: () => ({
      connection: statusNow(),
      signedIn,
      signInEnded,
      encoders: workers.map(({ worker, desk }) => ({
        ...worker.state(),
        forSignedIn: desk.forSignedIn,
        disputedWith: disputes.get(worker.mac) ?? [],
      })),
      recent: history.recent(),
      toCheck: history.toCheck(),
      attention: [...attention.values()],
    }),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signIn: signIns.signIn,
    signOut: signIns.signOut,
    activity: () => {
      const now = clock.monotonic();
      if (now - lastActivity < DESK_LIMITS.activityMs) return;
      if (connection?.send({ type: 'activity' })) lastActivity = now;
    },
    decline: (operation) => {
      const dropped = workers.some(({ worker }) =>
        worker.drop(operation, { outcome: 'declined', cause: null, message: null }),
      );
      if (dropped) connection?.send({ type: 'decline', operation });
      return dropped;
    },
    setEncoders: async (encoders) => {
      const gone = workers.filter(({ desk }) => !encoders.some(({ encoder }) => encoder === desk.encoder));
      await Promise.all(gone.map(({ worker }) => worker.stop()));
      workers = encoders.map((desk) => {
        const known = workers.find(({ desk: { encoder } }) => encoder === desk.encoder);
        return known === undefined ? startWorker(desk) : { ...known, desk };
      });
      tellEncoders();
      changed();
    },
    setNotice: (about, notice) => {
      if (notice?.message === attention.get(about)?.message) return;
      if (notice === null) attention.delete(about);
      else attention.set(about, notice);
      changed();
    },
    whenFailed: () => failed,
    stop,
  };
}
