import { accessOf, type CardContent, type Mac, type OperationId, type Serial } from '@keyrack/protocol';
import type { Operation, OperationEvent } from '../domain/operation.ts';
import type { Card, CardRecord, SealedCardKey } from '../domain/places.ts';
import type { Hint } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';
import { type CardVersion, cardVersionOf } from './card-version.ts';
import { FENCED, type Fenced, fence, hintFence, type SessionRef } from './fence-session.ts';
import { hintCard, recordOnCard } from './known-card.ts';
import { hintTurn, type Refused, refusalOfEncoder, refusalOfTurn, refusedUntil } from './next-prompt.ts';

export interface OpenCard extends SessionRef {
  /** Null to settle an earlier operation on this card. */
  readonly operation: OperationId | null;
  readonly encoder: Mac;
  readonly serial: Serial;
  readonly now: number;
}

export type OpenCardResult =
  | Fenced
  | Refused
  | {
      readonly verdict: 'opened';
      readonly cardVersion: CardVersion;
      /** Every version of the property's key. */
      readonly cardKeys: readonly SealedCardKey[];
      /** The versions that this card may be locked with: the newest, and the one that it was last issued under. */
      readonly versions: readonly number[];
      readonly likely: LikelyKeyVersion;
    };

/** What a card is most probably locked with: a version of the property's key, or the key that its maker gave it. */
export type LikelyKeyVersion = number | 'factory' | null;

/** What becomes of a card that was opened: the answer, and what must be recorded before it is given. */
export interface JudgedOpening {
  readonly result: OpenCardResult;
  readonly record: { readonly operation: Operation; readonly event: OperationEvent } | null;
}

/**
 * An agent opened a card: may it have the keys of that one card? Only while an operation waits for it at that
 * encoder, or while an earlier operation on it is to be settled.
 */
export function judgeOpening(tx: ReadTx, input: OpenCard): JudgedOpening {
  const { propertyId, serial, now } = input;
  const only = (result: OpenCardResult): JudgedOpening => ({ result, record: null });
  const agent = fence(tx, input);
  if (agent === null) return only(FENCED);
  const elsewhere = refusalOfEncoder(tx, agent, input.encoder);
  if (elsewhere !== null) return only(elsewhere);
  if (input.operation === null) {
    const unsettled = tx.find('operations', 'unsettledBySerial', [propertyId, serial]);
    if (!unsettled.some(({ state }) => state === 'unknown'))
      return only(refusedUntil('card-changes', { cause: 'operation-over' }));
    return only(openedResult(tx, input));
  }
  const operation = tx.get('operations', propertyId, input.operation);
  const refused = refusalOfTurn(tx, operation, input.encoder, now);
  if (refused !== null || operation === undefined)
    return only(refused ?? refusedUntil('next-prompt', { cause: 'operation-over' }));
  if (operation.kind === 'cancel' && operation.serial !== null && operation.serial !== serial) {
    const result = refusedUntil('card-changes', { cause: 'other-card', facts: { serial: operation.serial } });
    return { result, record: { operation, event: { type: 'put-off', cause: 'other-card', serial } } };
  }
  const result = openedResult(tx, input);
  // Record that a card was opened: what this read finds may be older than a request that comes now
  // (docs/room-card-api.md, "Open outcomes, repeats and waits").
  const isFirst = operation.kind === 'read' && !operation.opened;
  return isFirst ? { result, record: { operation, event: { type: 'opened' } } } : only(result);
}

/**
 * The answer to an opened card, from what is recorded already; null where something must be recorded first. Then the
 * transaction of the same name decides it anew: a decision on a snapshot writes nothing.
 */
export function openCard(tx: ReadTx, input: OpenCard): OpenCardResult | null {
  const { result, record } = judgeOpening(tx, input);
  return record === null ? result : null;
}

function openedResult(tx: ReadTx, { propertyId, agentId, serial }: OpenCard): OpenCardResult {
  const property = tx.get('properties', propertyId);
  if (property === undefined) throw new Error(`agent ${agentId} belongs to no property`);
  const { cardKeys } = property;
  const cardVersion = cardVersionOf(tx, propertyId, serial);
  const versions = keyVersionsOn(tx, tx.get('cards', propertyId, serial), cardKeys);
  return { verdict: 'opened', cardVersion, cardKeys, ...versions };
}

/**
 * The key versions that a card may be locked with, the newest first, and the one to try first. A card that isn't known here,
 * e.g. after a restore, may be of the version before; most such cards are new, though, and open with their factory keys.
 */
function keyVersionsOn(
  tx: ReadTx,
  card: Card | undefined,
  cardKeys: readonly SealedCardKey[],
): { readonly versions: number[]; readonly likely: LikelyKeyVersion } {
  const [newest, previous] = cardKeys.map(({ version }) => version).sort((a, b) => b - a);
  const record = card === undefined ? undefined : recordOnCard(tx, card);
  const older = record === undefined || record.keyVersion === newest ? previous : record.keyVersion;
  return { versions: [newest, older].filter((version) => version !== undefined), likely: likelyOn(card, record) };
}

/** Null where a write may have stopped anywhere. */
function likelyOn(card: Card | undefined, record: CardRecord | undefined): LikelyKeyVersion {
  if (card === undefined) return 'factory';
  const { content, damagedBy } = card;
  if (content === null || damagedBy !== null) return null;
  if (accessOf(content as CardContent) === 'factory') return 'factory';
  return record?.keyVersion ?? null;
}

/** Of the transaction of this name too. */
export function hintOpening(hint: Hint, input: OpenCard): void {
  const { propertyId, operation, serial } = input;
  hintFence(hint, input);
  if (operation === null) hint.find('operations', 'unsettledBySerial', [propertyId, serial]);
  if (operation === null) hint.get('encoders', propertyId, input.encoder);
  else hintTurn(hint, { ...input, operation });
  hint.get('properties', propertyId);
  hintCard(hint, propertyId, serial);
}
openCard.hints = hintOpening;
