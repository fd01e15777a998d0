import type { CardKey, Mac, Nonce, Reading, WriteOutcome } from '@keyrack/protocol';
import type { Clock } from '../clock.ts';
import { type CardConnection, type CardErrorCode, isCardError, type LikelyKey, readContent } from '../encoder/index.ts';
import type { Journal } from '../journal/index.ts';
import type { ServerConnection } from '../link/index.ts';
import type { AgentLog } from '../log.ts';
import type { AnswerMessage, AwaitedAnswer, WaitingEnd } from './awaited-answer.ts';
import { DESK_LIMITS } from './desk-limits.ts';
import { type Asked, type GrantMessage, refusalOfGrant } from './judge-grant.ts';
import type { QueuedPrompt } from './queued-prompts.ts';
import { writeCard } from './write-card.ts';
import type { WritesInProgress } from './writes-in-progress.ts';

/** How one opening of a card ended. */
export type ExchangeEnd =
  /** The server has what it wanted: a read, or the content of a card to settle. */
  | { readonly type: 'recorded' }
  | {
      readonly type: 'refused';
      readonly until: 'card-changes' | 'next-prompt';
      readonly cause: string;
      readonly message: string;
    }
  /** A grant was obeyed, and the result journaled. */
  | { readonly type: 'written'; readonly outcome: WriteOutcome; readonly detail: string | null }
  /** A grant came and wasn't obeyed, or nothing could be journaled: nothing was written. */
  | { readonly type: 'not-written'; readonly reason: string }
  /** Something may have been written, and the result couldn't be journaled. */
  | { readonly type: 'result-not-journaled'; readonly reason: string }
  | { readonly type: 'given-up'; readonly why: WaitingEnd }
  | { readonly type: 'card-failed'; readonly code: CardErrorCode; readonly message: string }
  /** The server answered with a message that doesn't belong here. */
  | { readonly type: 'unexpected-answer'; readonly by: AnswerMessage['type'] };

export interface Exchange {
  readonly nonce: Nonce;
  /** Null to settle an earlier operation. */
  readonly prompt: QueuedPrompt | null;
  readonly encoder: Mac;
  readonly card: CardConnection;
  readonly connection: ServerConnection;
  readonly answers: AwaitedAnswer;
}

export interface ExchangeParts {
  readonly journal: Pick<Journal, 'append' | 'mentions'>;
  readonly writesInProgress: WritesInProgress;
  readonly clock: Clock;
  readonly log: AgentLog;
  /** Called within the arrival of a grant that is obeyed. */
  readonly onObeyed: () => void;
}

/** Takes an open card through: keys, content, and the grant for it. Never throws for what card or server do. */
export async function exchangeCard(exchange: Exchange, parts: ExchangeParts): Promise<ExchangeEnd> {
  const { nonce, prompt, encoder, card, connection, answers } = exchange;
  const operation = prompt?.operation ?? null;
  const { serial, chip } = card;

  const opened = answers.next(DESK_LIMITS.answerMs, (message) => message);
  connection.send({ type: 'open', nonce, operation, encoder, serial, chip });
  const keys = await opened;
  if (keys.ended !== null) return { type: 'given-up', why: keys.ended };
  if (keys.value.type === 'refuse') return refused(keys.value);
  if (keys.value.type !== 'keys') return unexpectedAnswer(exchange, keys.value, parts);

  const content = await read(card, keys.value);
  if (content.type !== 'read') return content;
  const over = answers.over();
  if (over !== null) return { type: 'given-up', why: over };
  return prompt === null
    ? tell(exchange, content.content, parts)
    : ask({ ...exchange, prompt }, content, keys.value.keys, parts);
}

/** Sends the content of a card, to settle an earlier operation on it. */
async function tell(exchange: Exchange, content: Reading, parts: ExchangeParts): Promise<ExchangeEnd> {
  const { nonce, card, connection, answers } = exchange;
  const answer = answers.next(DESK_LIMITS.answerMs, (message) => message);
  connection.send({ type: 'reading', nonce, serial: card.serial, content });
  const reply = await answer;
  if (reply.ended !== null) return { type: 'given-up', why: reply.ended };
  if (reply.value.type === 'recorded') return { type: 'recorded' };
  return reply.value.type === 'refuse' ? refused(reply.value) : unexpectedAnswer(exchange, reply.value, parts);
}

/** Asks for the grant, and carries it out. */
async function ask(
  exchange: Exchange & { readonly prompt: QueuedPrompt },
  { content, opens }: ReadCard,
  keys: readonly CardKey[],
  parts: ExchangeParts,
): Promise<ExchangeEnd> {
  const { nonce, prompt, card, connection, answers } = exchange;
  const { clock, writesInProgress, log } = parts;
  const { operation } = prompt;
  const { serial } = card;
  const asked: Asked = { nonce, operation, serial, content, connection, askedAt: clock.monotonic() };

  const answer = answers.next(DESK_LIMITS.answerMs, (message, from) => {
    if (message.type !== 'grant') return { message, refusal: null };
    const moment = { connection: from, cardAlive: card.isAlive(), now: clock.monotonic() };
    const refusal = prompt.kind === 'read' ? 'a read needs none' : refusalOfGrant(asked, message, moment);
    if (refusal === null) {
      writesInProgress.begin(nonce, operation);
      parts.onObeyed();
    } else {
      declineGrant(message, from, refusal, parts);
    }
    return { message, refusal };
  });
  connection.send({ type: 'present', nonce, operation, serial, content });
  log.info({ operation, serial }, 'card presented');

  const verdict = await answer;
  if (verdict.ended !== null) return { type: 'given-up', why: verdict.ended };
  const { message, refusal } = verdict.value;
  if (refusal !== null) return { type: 'not-written', reason: refusal };
  if (message.type === 'refuse') return refused(message);
  if (message.type === 'recorded' && prompt.kind === 'read') return { type: 'recorded' };
  if (message.type !== 'grant') return unexpectedAnswer(exchange, message, parts);

  const end = await writeCard({ grant: message, asked, card, keys, opens }, parts);
  switch (end.type) {
    case 'ended':
      writesInProgress.end(nonce);
      return { ...end, type: 'written' };
    case 'not-begun':
      // Say so on the connection of the grant alone. A newer connection may have named this nonce as in progress: then only
      // a restart tells its end.
      if (connection.send({ type: 'not-written', nonce, operation, reason: end.reason.slice(0, 200) }))
        writesInProgress.end(nonce);
      return { type: 'not-written', reason: end.reason };
    case 'result-not-journaled':
      return end;
  }
}

/** Declines a grant. A grant that was obeyed before isn't answered: only the journal tells how it ended. */
export function declineGrant(
  { nonce, operation }: GrantMessage,
  from: ServerConnection,
  reason: string,
  { journal, writesInProgress, log }: Pick<ExchangeParts, 'journal' | 'writesInProgress' | 'log'>,
): void {
  if (writesInProgress.has(nonce) || journal.mentions(nonce)) {
    log.warn({ operation }, 'a grant came twice; the second is ignored');
    return;
  }
  log.warn({ operation, reason }, 'a grant is not obeyed');
  from.send({ type: 'not-written', nonce, operation, reason });
}

interface ReadCard {
  readonly type: 'read';
  readonly content: Reading;
  /** The key that opened it. */
  readonly opens: LikelyKey;
}

async function read(
  card: CardConnection,
  { keys, likely }: Extract<AnswerMessage, { type: 'keys' }>,
): Promise<ReadCard | Extract<ExchangeEnd, { type: 'card-failed' }>> {
  const first = typeof likely === 'number' ? keys[likely] : likely;
  try {
    const { content, key } = await readContent(card, keys, first ?? null);
    const opener = key === null ? undefined : keys[key];
    return { type: 'read', content, opens: opener ?? (content === 'unreadable' ? null : 'factory') };
  } catch (error) {
    if (isCardError(error)) return { type: 'card-failed', code: error.code, message: error.message };
    throw error;
  }
}

function refused({ until, cause, message }: Extract<AnswerMessage, { type: 'refuse' }>): ExchangeEnd {
  return { type: 'refused', until, cause, message };
}

function unexpectedAnswer({ connection }: Exchange, message: AnswerMessage, parts: ExchangeParts): ExchangeEnd {
  if (message.type === 'grant') declineGrant(message, connection, 'nothing was presented', parts);
  return { type: 'unexpected-answer', by: message.type };
}
