import type { Mac, Serial } from '@keyrack/protocol';
import type { Operation } from '../../domain/operation.ts';
import type { Agent } from '../../domain/places.ts';
import { afterOperation, afterSight, type UnliftedIssue } from '../../domain/unlifted-issues.ts';
import { FENCED, type Fenced, fence, hintFence, type SessionRef } from '../../queries/fence-session.ts';
import type { Hint } from '../../store/hints.ts';
import type { ReadTx, Tx } from '../../store/store.ts';

/** Keeps the encoder's list of cards that weren't lifted up to date with an operation that reached a new state. */
export function touchEncoder(tx: Tx, operation: Operation): void {
  keep(tx, operation.propertyId, operation.encoder, (list) => afterOperation(list, operation));
}

/**
 * The card was read at this encoder, so it was lifted wherever it was issued last. Only a fresh reading tells that: a card
 * that was merely opened here may have moved on while the message was on its way.
 */
export function noteSight(tx: Tx, propertyId: string, serial: Serial, encoder: Mac): void {
  const lastGranted = tx.get('cards', propertyId, serial)?.lastGranted ?? null;
  const issuedAt = lastGranted === null ? undefined : tx.get('operations', propertyId, lastGranted)?.encoder;
  if (issuedAt !== undefined && issuedAt !== encoder)
    keep(tx, propertyId, issuedAt, (list) => afterSight(list, serial));
}

/** Whether this card is what the last issue that succeeded at this encoder wrote, and hasn't been lifted since. */
export function isLastIssued(tx: ReadTx, propertyId: string, encoder: Mac, serial: Serial): boolean {
  const list = tx.get('encoders', propertyId, encoder)?.unlifted ?? [];
  const last = list.findLast(({ operation }) => tx.get('operations', propertyId, operation)?.state === 'succeeded');
  return last?.serial === serial;
}

/**
 * The agent tells that the field of its encoder was seen empty, or with another card twice, since it last wrote there.
 */
export function cardLifted(
  tx: Tx,
  input: SessionRef & { readonly encoder: Mac },
): Fenced | { readonly verdict: 'recorded'; readonly isOwn: boolean } {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  return { verdict: 'recorded', isOwn: noteLifted(tx, agent, input.encoder) };
}

/** False of an encoder that is another agent's: says nothing of that one's cards. */
export function noteLifted(tx: Tx, { propertyId, id }: Agent, mac: Mac): boolean {
  const encoder = tx.get('encoders', propertyId, mac);
  if (encoder?.agentId !== id) return false;
  if (encoder.unlifted.length > 0) tx.put('encoders', { ...encoder, unlifted: [] });
  return true;
}

function keep(
  tx: Tx,
  propertyId: string,
  mac: Mac,
  after: (list: readonly UnliftedIssue[]) => readonly UnliftedIssue[],
): void {
  const encoder = tx.get('encoders', propertyId, mac);
  if (encoder === undefined) return;
  const unlifted = after(encoder.unlifted);
  if (unlifted !== encoder.unlifted) tx.put('encoders', { ...encoder, unlifted });
}

cardLifted.hints = (hint: Hint, input: SessionRef & { readonly encoder: Mac }) => {
  hintFence(hint, input);
  hint.get('encoders', input.propertyId, input.encoder);
};
