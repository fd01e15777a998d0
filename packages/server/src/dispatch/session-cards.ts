import {
  type AgentMessage,
  deriveCardKey,
  type InstanceId,
  type Mac,
  type Nonce,
  type OperationId,
  type ServerMessage,
} from '@keyrack/protocol';
import { type Cause, explain } from '../domain/causes.ts';
import type { UnsealedCardKey } from '../domain/judge-reading.ts';
import type { SealedCardKey } from '../domain/places.ts';
import type { CardVersion } from '../queries/card-version.ts';
import type { SessionRef } from '../queries/fence-session.ts';
import type { Refused } from '../queries/next-prompt.ts';
import type { LikelyKeyVersion } from '../queries/open-card.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Read, Run } from '../runtime/runner.ts';

export interface SessionCardParts {
  readonly run: Run;
  readonly read: Read;
  readonly clock: Clock;
  readonly log: { step(step: string, facts: Readonly<Record<string, unknown>>): void };
  readonly unsealCardKey: (sealed: SealedCardKey) => Uint8Array;
  readonly signInIdleMs: number;
}

/** What the connection of these cards is like, and what it does for them. */
export interface CardConnection {
  /** Whether the agent tells when a card was lifted: one of the older protocol can't. */
  readonly tellsLifting: boolean;
  /** Whether the agent understands which key to try first. */
  readonly takesLikelyKey: boolean;
  /** False where the connection was over before, so that nothing of the message left the server. */
  readonly send: (message: ServerMessage) => boolean;
  /** Agent and session, for the log. */
  readonly who: () => Readonly<Record<string, unknown>>;
  /** A newer session speaks for this agent. */
  readonly onFenced: () => void;
  /** The agent waits to be asked again at this encoder, and nothing else will happen that asks it. */
  readonly onAskAgain: (encoder: Mac) => void;
}

type Message<Type extends AgentMessage['type']> = Extract<AgentMessage, { type: Type }>;

/** The cards that the agent of one connection has open: what it asks about them, and what it is granted. */
export interface SessionCards {
  open(message: Message<'open'>, ref: SessionRef): Promise<void>;
  present(message: Message<'present'>, ref: SessionRef, instance: InstanceId): Promise<void>;
  reading(message: Message<'reading'>, ref: SessionRef): Promise<void>;
  notWritten(message: Message<'not-written'>, ref: SessionRef): Promise<void>;
  /** The connection is over: nothing that was opened on it counts any more. */
  clear(): void;
}

interface NonceInUse {
  readonly encoder: Mac;
  readonly operation: OperationId | null;
  readonly cardVersion: CardVersion;
  readonly cardKeys: readonly UnsealedCardKey[];
}

export function createSessionCards(parts: SessionCardParts, connection: CardConnection): SessionCards {
  const { run, read, clock, log } = parts;
  const { send, who } = connection;
  // At most one card is open per encoder; its nonce is good for one `present` or `reading`.
  const open = new Map<Nonce, NonceInUse>();

  const refuse = (nonce: Nonce, encoder: Mac, { until, refusal: { cause, facts } }: Refused) => {
    log.step('refused', { nonce, encoder, cause, until, ...who() });
    send(refusal(nonce, until, cause, facts ?? {}));
    if (cause === 'opened-too-early' || cause === 'nonce-used') connection.onAskAgain(encoder);
  };

  /** Of a grant that was recorded while the connection ended. Nobody can obey what was never sent. */
  const takeBack = async (nonce: Nonce, operation: OperationId, ref: SessionRef) => {
    log.step('grant-taken-back', { operation, nonce });
    // A newer session has told by now what became of the nonce.
    await run('recordNotWritten', { ...ref, operation, nonce, unsent: true, now: clock.now() });
  };

  return {
    async open({ nonce, operation, encoder, serial }, ref) {
      for (const [older, opened] of open) if (opened.encoder === encoder) open.delete(older);
      const input = { ...ref, operation, encoder, serial, now: clock.now() };
      // Most cards are opened without anything to record; else the transaction judges this one anew.
      const result = (await read('openCard', input)) ?? (await run('openCard', input));
      if (result.verdict === 'fenced') return connection.onFenced();
      if (result.verdict === 'refused') return refuse(nonce, encoder, result);
      const cardKeys = result.cardKeys.map((each) => ({ version: each.version, key: parts.unsealCardKey(each) }));
      open.set(nonce, { encoder, operation, cardVersion: result.cardVersion, cardKeys });
      log.step('card-opened', { operation, encoder, serial, ...who() });
      const known = result.versions.flatMap((version) => cardKeys.find((each) => each.version === version) ?? []);
      const keys = known.map((each) => deriveCardKey(each.key, each.version, serial));
      const likely = connection.takesLikelyKey ? likelyAmong(known, result.likely) : null;
      send({ type: 'keys', nonce, keys, ...(likely !== null && { likely }) });
    },
    async present({ nonce, operation, serial, content }, ref, instance) {
      const opened = open.get(nonce);
      open.delete(nonce);
      if (opened === undefined || opened.operation !== operation || opened.cardVersion.serial !== serial) {
        send(refusal(nonce, 'next-prompt', 'nonce-used', {}));
        return;
      }
      const { encoder, cardVersion, cardKeys } = opened;
      const now = clock.now();
      const result = await run('grantWrite', {
        ...ref,
        instance,
        nonce,
        operation,
        encoder,
        serial,
        content,
        cardVersion,
        cardKeys,
        idleMs: parts.signInIdleMs,
        tellsLifting: connection.tellsLifting,
        now,
      });
      switch (result.verdict) {
        case 'fenced':
          return connection.onFenced();
        case 'refused':
          return refuse(nonce, encoder, result);
        case 'recorded':
          send({ type: 'recorded', nonce });
          return;
        case 'granted': {
          const { before, target } = result.grant;
          log.step('granted', { operation, encoder, serial, nonce, ...who() });
          if (send({ type: 'grant', nonce, operation, serial, before, target })) return;
          return takeBack(nonce, operation, ref);
        }
      }
    },
    async reading({ nonce, serial, content }, ref) {
      const opened = open.get(nonce);
      open.delete(nonce);
      if (opened === undefined || opened.cardVersion.serial !== serial) return;
      const result = await run('recordReading', {
        ...ref,
        encoder: opened.encoder,
        serial,
        content,
        cardVersion: opened.cardVersion,
        now: clock.now(),
      });
      if (result.verdict === 'fenced') return connection.onFenced();
      send({ type: 'recorded', nonce });
    },
    async notWritten({ nonce, operation, reason }, ref) {
      log.step('not-written', { operation, reason, ...who() });
      const result = await run('recordNotWritten', { ...ref, operation, nonce, now: clock.now() });
      if (result.verdict === 'fenced') connection.onFenced();
    },
    clear: () => open.clear(),
  };
}

/** Which of these keys to try first, by its place; null where nobody knows. */
function likelyAmong(keys: readonly UnsealedCardKey[], likely: LikelyKeyVersion): number | 'factory' | null {
  if (likely === null || likely === 'factory') return likely;
  const at = keys.findIndex(({ version }) => version === likely);
  return at === -1 ? null : at;
}

function refusal(
  nonce: Nonce,
  until: Refused['until'],
  cause: Cause,
  facts: Readonly<Record<string, string | number>>,
): ServerMessage {
  return { type: 'refuse', nonce, until, cause, message: explain(cause, facts) };
}
