import { AGENT_LIMITS, type InstanceId, type Nonce, type OperationId } from '@keyrack/protocol';
import type { JournalError } from '../journal/index.ts';
import { type AgentSide, type LinkStatus, type ServerConnection, startLink, type WorkMessage } from '../link/index.ts';
import { createOffers } from './ask-offer.ts';
import { declineGrant } from './card-exchange.ts';
import type { DeskAgent, DeskParts } from './desk-agent.ts';
import { DESK_LIMITS } from './desk-limits.ts';
import type { DeskState, Notice } from './desk-state.ts';
import { startDeskWorkers } from './desk-workers.ts';
import { watchDisputes } from './encoder-disputes.ts';
import { startEncoderWorker } from './encoder-worker.ts';
import { startHistory } from './history.ts';
import { startReports } from './report-records.ts';
import { type Credentials, type SignedInMessage, startSignIns } from './sign-in.ts';
import { tellJournal } from './tell-journal.ts';
import { createWritesInProgress } from './writes-in-progress.ts';

export function startDeskAgent(parts: DeskParts): DeskAgent {
  const { journal, clock, random, log, identity } = parts;
  const instance = random.uuid() as InstanceId;
  const writesInProgress = createWritesInProgress();
  const reports = startReports({ journal, clock, log, records: AGENT_LIMITS.catchUpRecords });
  const signIns = startSignIns(clock, (message) => connection?.send(message) ?? false);
  const offers = createOffers(clock);
  const history = startHistory(journal.recordsAfter(0));
  const listeners = new Set<() => void>();
  /** Notices by subject: a newer one about the same subject replaces the one before. */
  const attention = new Map<string, Notice>();
  let connection: ServerConnection | null = null;
  /** Whether other encoders are here than the newest `hello` named. */
  let encodersChanged = false;
  let status: LinkStatus = { status: 'connecting' };
  /** When the status was told. Milliseconds of the monotonic clock. */
  let statusAt = clock.monotonic();
  let signedIn: string | null = null;
  let signInEnded: DeskState['signInEnded'] = null;
  let lastActivity = Number.NEGATIVE_INFINITY;

  /** Calls the listeners. It runs in the middle of work: one that throws must neither end that work nor stop the others. */
  function changed(): void {
    sandbox?.changed();
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

  const workers = startDeskWorkers(parts.encoders, ({ encoder }) =>
    startEncoderWorker({
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
    }),
  );
  const disputes = watchDisputes(workers, log);

  const sandbox = parts.sandbox?.({
    asked: (encoder) => {
      const state = workers.of(encoder)?.state();
      return state?.prompt ? { ...state.prompt, isWriting: state.condition === 'writing' } : null;
    },
    decline,
    disconnect: (ms) => link.stayAway(ms),
  });

  function decline(operation: OperationId): boolean {
    const dropped = workers.drop(operation, { outcome: 'declined', cause: null, message: null });
    if (dropped) connection?.send({ type: 'decline', operation });
    return dropped;
  }

  function statusNow(): LinkStatus {
    if (!('retryMs' in status)) return status;
    return { ...status, retryMs: Math.max(0, Math.round(status.retryMs - (clock.monotonic() - statusAt))) };
  }

  function tellEncoders(): void {
    const to = connection;
    encodersChanged = to?.send({ type: 'encoders', encoders: workers.infos(to.protocol()) }) !== true;
  }

  const side: AgentSide = {
    hello: (challenge, protocol) => {
      encodersChanged = false;
      return {
        type: 'hello',
        protocol,
        agent: identity.agent,
        proof: identity.prove(challenge),
        instance,
        software: parts.software,
        journal: { id: journal.id(), head: journal.head() },
        acknowledged: journal.acknowledged(),
        encoders: workers.infos(protocol),
      };
    },
    catchUp: (from, position) => tellJournal({ journal, log, writesInProgress, reports, workers }, from, position),
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
      // Nothing is told where there is nothing to tell.
      workers.call([]);
      signedIn = welcome.signedIn?.name ?? null;
      if (signedIn !== null) signInEnded = null;
      if (encodersChanged) tellEncoders();
      workers.begin(to);
      reports.welcomed(to);
      offers.welcomed(to);
      if (parts.signIn !== undefined && signedIn === null) void signInAtStart(parts.signIn);
      changed();
    },
    received: (from, message) => {
      receive(from, message);
      changed();
    },
    ended: (from) => {
      reports.lost(from);
      workers.lose(from);
      if (connection !== from) return;
      connection = null;
      disputes.lost();
      signIns.lost();
      offers.lost();
      changed();
    },
  };

  function receive(from: ServerConnection, message: WorkMessage): void {
    switch (message.type) {
      case 'prompt': {
        const worker = workers.of(message.encoder);
        log.info({ operation: message.operation, encoder: message.encoder, kind: message.kind }, 'prompt');
        if (worker === undefined)
          log.warn({ operation: message.operation, encoder: message.encoder }, 'prompt for no encoder of ours');
        sandbox?.asked(message);
        worker?.prompt(message);
        return;
      }
      case 'withdraw':
        log.info({ operation: message.operation, cause: message.cause }, 'prompt withdrawn');
        workers.drop(message.operation, { outcome: 'withdrawn', cause: message.cause, message: message.message });
        return;
      case 'settle':
        workers.settle(message.serials);
        history.needed(message.serials, journal.acknowledged()?.number ?? 0);
        return;
      case 'grant':
        sandbox?.granting(message.operation);
        if (!workers.answer(message, from))
          declineGrant(message, from, 'nobody waits for it any more', { journal, writesInProgress, log });
        sandbox?.granted(message.operation);
        return;
      case 'keys':
      case 'refuse':
      case 'recorded':
        if (!workers.answer(message, from))
          log.warn({ answer: message.type }, 'an answer that nobody waits for any more');
        return;
      case 'called':
        workers.call(message.encoders);
        return;
      case 'sandbox': {
        const { request, encoder, command } = message;
        const answer = sandbox?.carryOut(encoder, command) ?? { verdict: 'not-simulated' };
        log.info({ encoder, ...command, verdict: answer.verdict }, 'sandbox');
        from.send({ type: 'sandbox', request, answer });
        if (command.do === 'disconnect' && answer.verdict === 'done') link.stayAway(command.seconds * 1_000);
        return;
      }
      case 'offer':
        offers.answer(message);
        return;
      case 'disputes':
        disputes.take(message.disputes);
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

  async function stop(): Promise<void> {
    await workers.stop();
    link.stop();
  }

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
      encoders: workers.states(disputes.all()),
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
    decline,
    askOffer: offers.ask,
    tellUpdateFailed: offers.tellFailed,
    setEncoders: async (encoders) => {
      await workers.replace(encoders);
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
