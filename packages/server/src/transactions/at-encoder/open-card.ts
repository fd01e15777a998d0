import { accessOf, type CardContent, type Mac, type OperationId, type Serial } from '@keyrack/protocol';
import type { Card, CardRecord, SealedCardKey } from '../../domain/places.ts';
import { recordOnCard } from '../../queries/known-card.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { FENCED, type Fenced, fence, type SessionRef } from '../journal/fence-session.ts';
import { change } from '../outcome/change-operation.ts';
import { type Refused, refusalOfEncoder, refusalOfTurn, refusedUntil } from './next-prompt.ts';
import { type CardVersion, cardVersionOf } from './settle-by-reading.ts';

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

/**
 * An agent opened a card: may it have the keys of that one card? Only while an operation waits for it at that
 * encoder, or while an earlier operation on it is to be settled.
 */
export function openCard(tx: Tx, input: OpenCard): OpenCardResult {
  const { propertyId, serial, now } = input;
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const elsewhere = refusalOfEncoder(tx, agent, input.encoder);
  if (elsewhere !== null) return elsewhere;

  if (input.operation === null) {
    const open = tx.find('operations', 'bySerial', [propertyId, serial, 'unknown'], { limit: 1 });
    if (open.length === 0) return refusedUntil('card-changes', { cause: 'operation-over' });
  } else {
    const operation = tx.get('operations', propertyId, input.operation);
    const refused = refusalOfTurn(tx, operation, input.encoder, now);
    if (refused !== null || operation === undefined)
      return refused ?? refusedUntil('next-prompt', { cause: 'operation-over' });
    if (operation.kind === 'cancel' && operation.serial !== null && operation.serial !== serial) {
      change(tx, operation, { type: 'put-off', cause: 'other-card', serial }, now, `agent ${agent.id}`);
      return refusedUntil('card-changes', { cause: 'other-card', facts: { serial: operation.serial } });
    }
  }
  const operation = input.operation === null ? undefined : tx.get('operations', propertyId, input.operation);
  // From here on what this read finds may be older than a request that comes now (contract, "Repeats").
  if (operation?.kind === 'read' && !operation.opened)
    change(tx, operation, { type: 'opened' }, now, `agent ${agent.id}`);
  const property = tx.get('properties', propertyId);
  if (property === undefined) throw new Error(`agent ${agent.id} belongs to no property`);
  const { cardKeys } = property;
  const card = tx.get('cards', propertyId, serial);
  return {
    verdict: 'opened',
    cardVersion: cardVersionOf(tx, propertyId, serial),
    cardKeys,
    ...keyVersionsOn(tx, card, cardKeys),
  };
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
