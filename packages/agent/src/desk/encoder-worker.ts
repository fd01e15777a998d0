import type { Mac, Nonce, OperationId, Serial, UnusableReason } from '@keyrack/protocol';
import type { Clock, Timer } from '../clock.ts';
import { type CardConnection, type Encoder, isCardError, reasonOfFailure } from '../encoder/index.ts';
import type { ServerConnection } from '../link/index.ts';
import { type AgentLog, withEncoder } from '../log.ts';
import { deservesPause, type Ending, recentOf } from './after-exchange.ts';
import { type AnswerMessage, type AwaitedAnswer, awaitAnswers } from './awaited-answer.ts';
import { type ExchangeEnd, type ExchangeParts, exchangeCard } from './card-exchange.ts';
import { DESK_LIMITS } from './desk-limits.ts';
import type { EncoderState } from './encoder-state.ts';
import { nextStep } from './next-step.ts';
import {
  dropPrompt,
  type PromptMessage,
  pausePrompt,
  type QueuedPrompt,
  type QueuedPrompts,
  queuePrompt,
  runningPrompts,
} from './queued-prompts.ts';
import { createLiftedTeller } from './tell-lifted.ts';
import { createUnusableTeller } from './tell-unusable.ts';
import { connectTimed } from './timed-connection.ts';

/** Works one encoder: one card and one operation at a time. */
export interface EncoderWorker {
  readonly mac: Mac;
  /** A connection is ready for work. Prompts that came on it before count already. */
  begin(connection: ServerConnection): void;
  /** A connection is over. Its prompts are forgotten, and no grant for its nonce is obeyed any more. */
  lose(connection: ServerConnection): void;
  prompt(message: PromptMessage): void;
  /** The operation isn't wanted any more. False when it isn't held here or is being written. */
  drop(operation: OperationId, how: Ending): boolean;
  /** Forgets its prompts, since another desk has this encoder too. A write under way is finished. */
  standDown(): void;
  settle(serials: readonly Serial[]): void;
  /** Whether to tell on this connection that the card written last was lifted. Counts as told. */
  tellLifted(connection: ServerConnection): boolean;
  /** False when nobody here waits for it. */
  answer(message: AnswerMessage, from: ServerConnection): boolean;
  state(): EncoderState;
  /** Begins nothing more; resolves when what is under way has ended. The encoder stays open. */
  stop(): Promise<void>;
}

export interface WorkerParts extends Omit<ExchangeParts, 'onObeyed' | 'clock' | 'log'> {
  readonly encoder: Encoder;
  readonly clock: Clock;
  readonly log: AgentLog;
  readonly newNonce: () => Nonce;
  /** False while nothing may be executed: the journal is broken. */
  readonly mayWork: () => boolean;
  /** A result was journaled. */
  readonly onResult: () => void;
  readonly onRecent: (prompt: QueuedPrompt, encoder: Mac, serial: Serial | null, how: Ending) => void;
  /** The server was told what that card holds. */
  readonly onSettled: (serial: Serial) => void;
  /** The encoder hangs, or answers again. */
  readonly onHung: (hung: boolean) => void;
  /** What `state` tells has changed. */
  readonly onChange: () => void;
}

/** One exchange with a card, from its begin to its end. */
interface Task {
  readonly prompt: QueuedPrompt | null;
  readonly connection: ServerConnection;
  readonly nonce: Nonce;
  readonly answers: AwaitedAnswer;
  /** The presence of the card when it was begun. */
  readonly presence: number;
  card: CardConnection | null;
  obeyed: boolean;
  readonly done: Promise<void>;
}

export function startEncoderWorker(parts: WorkerParts): EncoderWorker {
  const { encoder, clock } = parts;
  const { mac } = encoder;
  const log = withEncoder(parts.log, mac);
  let connection: ServerConnection | null = null;
  let prompts: QueuedPrompts = [];
  let settle: ReadonlySet<Serial> = new Set();
  let refusedHere: ReadonlySet<OperationId | 'settling'> = new Set();
  /** How often a card came or went. */
  let presence = 0;
  let task: Task | null = null;
  let pause: Timer | null = null;
  let hung = false;
  let encoderClosed = false;
  let stopped = false;
  const lifted = createLiftedTeller(encoder);
  /** Why the last exchange with this card failed; it is tried again. Null where it didn't. */
  let failure: UnusableReason | null = null;
  const unusableTeller = createUnusableTeller(mac);

  const stopListening = encoder.onChange(() => {
    presence += 1;
    lifted.changed(connection);
    refusedHere = new Set();
    failure = null;
    if (task?.card && !task.card.isAlive()) task.answers.end('card-gone');
    sayUnusable();
    parts.onChange();
    wake();
  });
  const stopListeningUnusable = encoder.onUnusable(() => {
    // The last failure no longer counts. While the encoder hung, its field may have become empty: look again.
    failure = null;
    parts.onHung(hung || encoder.unusable() === 'encoder-hung');
    lifted.look(connection);
    sayUnusable();
    parts.onChange();
  });

  function unusable(): UnusableReason | null {
    if (encoderClosed) return null;
    return hung ? 'encoder-hung' : (failure ?? encoder.unusable());
  }

  function sayUnusable(): void {
    unusableTeller.tell(connection, prompts, unusable(), clock.monotonic());
  }

  /** Something changed that may be worth another try, pause or not. */
  function wake(): void {
    if (pause !== null) clock.clearTimeout(pause);
    pause = null;
    if (task !== null || connection === null || hung || encoderClosed || stopped || !parts.mayWork()) return;
    const step = nextStep({ card: encoder.card(), prompts, refusedHere, settle, now: clock.monotonic() });
    if (step.do !== 'wait') begin(step.do === 'carry-out' ? step.prompt : null, connection);
  }

  function begin(prompt: QueuedPrompt | null, on: ServerConnection): void {
    const begun: Omit<Task, 'done'> = {
      prompt,
      connection: on,
      nonce: parts.newNonce(),
      answers: awaitAnswers(clock),
      presence,
      card: null,
      obeyed: false,
    };
    // Deferred by a microtask, so that `task` is set before anything of it happens.
    const done = Promise.resolve().then(() => carryOut(running));
    const running: Task = Object.assign(begun, { done });
    task = running;
    parts.onChange();
  }

  async function carryOut(running: Task): Promise<void> {
    const { prompt, connection: on, nonce, answers } = running;
    let end: ExchangeEnd;
    let serial: Serial | null = null;
    try {
      const card = await connectTimed(encoder, clock, onHung);
      running.card = card;
      serial = card.serial;
      // Opening may announce a card. `presence` has counted that by now.
      if (presence === running.presence) lifted.opened(serial, connection);
      try {
        end = !stillWanted(running, card)
          ? { type: 'given-up', why: answers.over() ?? 'card-gone' }
          : await exchangeCard(
              { nonce, prompt, encoder: mac, card, connection: on, answers },
              { ...parts, log, onObeyed: () => onObeyed(running) },
            );
      } finally {
        // The end of the exchange is known: closing the card may take its time.
        await card.close().catch((error: unknown) => log.error({ err: error }, 'a card could not be let go'));
      }
    } catch (error) {
      if (!isCardError(error))
        log.error({ err: error, operation: prompt?.operation }, 'the work at an encoder failed unexpectedly');
      end = isCardError(error)
        ? { type: 'card-failed', code: error.code, message: error.message }
        : { type: 'card-failed', code: 'read-failed', message: 'an unexpected error; see the log' };
    }
    task = null;
    finish(running, serial, end);
  }

  /** Whether what was to be done still makes sense now that the card is open. */
  function stillWanted({ prompt, answers }: Task, card: CardConnection): boolean {
    return answers.over() === null && card.isAlive() && (prompt !== null || settle.has(card.serial));
  }

  function onObeyed(running: Task): void {
    running.obeyed = true;
    if (running.card !== null) lifted.written(running.card.serial);
    // From here on the journal tells how the operation ends, so nobody is asked for it again.
    if (running.prompt !== null) prompts = dropPrompt(prompts, running.prompt.operation);
    parts.onChange();
  }

  function onHung(released: Promise<void>): void {
    hung = true;
    log.error({}, 'the encoder does not answer');
    parts.onHung(true);
    sayUnusable();
    void released.then(() => {
      hung = false;
      log.info({}, 'the encoder answers again');
      parts.onHung(false);
      failure = null;
      sayUnusable();
      parts.onChange();
      wake();
    });
  }

  function finish(running: Task, serial: Serial | null, end: ExchangeEnd): void {
    const { prompt } = running;
    failure = null;
    log.info(
      { operation: prompt?.operation ?? null, serial, ...end },
      prompt === null ? 'settling ended' : 'exchange ended',
    );
    const recent = prompt === null ? null : recentOf(end);
    if (prompt !== null && recent !== null) parts.onRecent(prompt, mac, serial, recent);
    parts.onHung(hung || (end.type === 'card-failed' && end.code === 'reader-hung'));
    switch (end.type) {
      case 'recorded':
        if (prompt !== null) prompts = dropPrompt(prompts, prompt.operation);
        else if (serial !== null) settled(serial);
        break;
      case 'refused':
        refuse(running, serial, end.until);
        break;
      case 'written':
        parts.onResult();
        break;
      case 'card-failed':
        encoderClosed ||= end.code === 'encoder-closed';
        failure = encoder.unusable() ?? reasonOfFailure(end.code);
        break;
      case 'not-written':
      case 'result-not-journaled':
      case 'given-up':
      case 'unexpected-answer':
        break;
    }
    sayUnusable();
    parts.onChange();
    if (deservesPause(end) && presence === running.presence) pauseThenWake();
    else wake();
  }

  function settled(serial: Serial): void {
    settle = new Set([...settle].filter((each) => each !== serial));
    parts.onSettled(serial);
  }

  function refuse({ prompt, presence: at }: Task, serial: Serial | null, until: 'card-changes' | 'next-prompt'): void {
    if (until === 'card-changes') {
      if (at === presence) refusedHere = new Set([...refusedHere, prompt?.operation ?? 'settling']);
    } else if (prompt !== null) {
      prompts = pausePrompt(prompts, prompt);
    } else {
      settle = new Set([...settle].filter((each) => each !== serial));
    }
  }

  function pauseThenWake(): void {
    if (pause === null && !stopped) pause = clock.setTimeout(wake, DESK_LIMITS.retryMs);
  }

  return {
    mac,
    begin: (next) => {
      connection = next;
      lifted.say(next);
      sayUnusable();
      wake();
    },
    lose: (lost) => {
      if (task?.connection === lost) task.answers.end('connection-lost');
      if (connection !== null && connection !== lost) return;
      connection = null;
      prompts = [];
      settle = new Set();
      parts.onChange();
    },
    prompt: (message) => {
      // Ignore a repeated prompt for the operation being written: it would be asked for once more afterwards.
      if (task?.obeyed && task.prompt?.operation === message.operation) return;
      prompts = queuePrompt(prompts, message, clock.monotonic());
      sayUnusable();
      parts.onChange();
      wake();
    },
    drop: (operation, how) => {
      const queued = prompts.find((each) => each.operation === operation);
      if (queued === undefined) return false;
      prompts = dropPrompt(prompts, operation);
      if (task?.prompt?.operation === operation) task.answers.end('withdrawn');
      parts.onRecent(queued, mac, null, how);
      sayUnusable();
      parts.onChange();
      wake();
      return true;
    },
    tellLifted: lifted.take,
    standDown: () => {
      prompts = [];
      task?.answers.end('withdrawn');
      parts.onChange();
    },
    settle: (serials) => {
      settle = new Set(serials);
      refusedHere = new Set([...refusedHere].filter((each) => each !== 'settling'));
      wake();
    },
    answer: (message, from) => task?.nonce === message.nonce && task.answers.deliver(message, from),
    state: () => {
      const now = clock.monotonic();
      const [first] = runningPrompts(prompts, now);
      const shown = task?.obeyed && task.prompt !== null ? task.prompt : (first ?? null);
      return {
        mac,
        name: encoder.name,
        card: encoder.card(),
        unusable: unusable(),
        prompt: shown && {
          operation: shown.operation,
          kind: shown.kind,
          serial: shown.serial,
          room: shown.room,
          remainingMs: Math.max(0, Math.round(shown.until - now)),
        },
        condition: encoderClosed
          ? 'closed'
          : hung
            ? 'hung'
            : task === null
              ? 'idle'
              : task.obeyed
                ? 'writing'
                : 'working',
      };
    },
    stop: async () => {
      stopped = true;
      stopListening();
      stopListeningUnusable();
      if (pause !== null) clock.clearTimeout(pause);
      pause = null;
      const running = task;
      // Give up at once what isn't granted yet. A grant that was obeyed is finished.
      running?.answers.end('withdrawn');
      await running?.done;
    },
  };
}
