import type { Mac } from '@keyrack/protocol';
import type { Refusal } from '../domain/authorise.ts';
import { mayUse } from '../domain/encoder-owner.ts';
import type { Operation } from '../domain/operation.ts';
import type { Agent } from '../domain/places.ts';
import type { Hint, HintedRow } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';
import { FENCED, type Fenced, fence, hintFence, type SessionRef } from './fence-session.ts';
import { hintUnfinished, unfinishedAtEncoder } from './unfinished-operations.ts';

/** The agent may not go on with this card. */
export interface Refused {
  readonly verdict: 'refused';
  readonly until: 'card-changes' | 'next-prompt';
  readonly refusal: Refusal;
}

export interface NextPrompt {
  readonly verdict: 'next';
  /** Null when nothing waits, or when what comes first is being carried out. */
  readonly operation: Operation | null;
  readonly room: string | null;
}

/** The operation that an encoder's agent should be asked to carry out now: the oldest open one, if it is accepted. */
export function nextPrompt(
  tx: ReadTx,
  input: SessionRef & { readonly encoder: Mac; readonly now: number },
): Fenced | NextPrompt {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const none: NextPrompt = { verdict: 'next', operation: null, room: null };
  if (refusalOfEncoder(tx, agent, input.encoder) !== null) return none;
  const [first] = unfinishedAtEncoder(tx, input.propertyId, input.encoder);
  if (first === undefined || first.state !== 'accepted' || first.held || input.now >= first.deadline) return none;
  const record = first.recordId === null ? undefined : tx.get('cardRecords', input.propertyId, first.recordId);
  const room = record === undefined ? undefined : tx.get('rooms', input.propertyId, record.roomId);
  return { verdict: 'next', operation: first, room: room?.name ?? null };
}

/** Why this agent may do nothing at this encoder, or null when it is there: another one may have it, or have it too. */
export function refusalOfEncoder(tx: ReadTx, { propertyId, id }: Agent, mac: Mac): Refused | null {
  const encoder = tx.get('encoders', propertyId, mac);
  if (encoder !== undefined && mayUse(encoder, id)) return null;
  const isOwn = encoder?.agentId === id || tx.get('encoderClaims', propertyId, mac, id) !== undefined;
  return refusedUntil('next-prompt', { cause: isOwn ? 'encoder-disputed' : 'encoder-unknown' });
}

/** Why this operation isn't the one to be carried out at this encoder now, or null when it is. */
export function refusalOfTurn(tx: ReadTx, operation: Operation | undefined, encoder: Mac, now: number): Refused | null {
  if (
    operation === undefined ||
    operation.state !== 'accepted' ||
    operation.encoder !== encoder ||
    now >= operation.deadline
  ) {
    return refusedUntil('next-prompt', { cause: 'operation-over' });
  }
  if (operation.held) return refusedUntil('next-prompt', { cause: 'restored' });
  const [first] = unfinishedAtEncoder(tx, operation.propertyId, encoder);
  return first?.id === operation.id ? null : refusedUntil('next-prompt', { cause: 'not-next' });
}

export function refusedUntil(until: Refused['until'], refusal: Refusal): Refused {
  return { verdict: 'refused', until, refusal };
}

nextPrompt.hints = (hint: Hint, input: SessionRef & { readonly encoder: Mac }) => {
  const { propertyId, encoder } = input;
  hintFence(hint, input);
  hint.get('encoders', propertyId, encoder);
  const first = hintUnfinished(hint, propertyId, encoder);
  const record = hint.get('cardRecords', propertyId, first.of('recordId'));
  hint.get('rooms', propertyId, record.of('roomId'));
};

/** What tells whether an operation is the one to be carried out at this encoder. Stands for the operation. */
export function hintTurn(
  hint: Hint,
  {
    propertyId,
    operation,
    encoder,
  }: { readonly propertyId: string; readonly operation: string; readonly encoder: Mac },
): HintedRow<'operations'> {
  hint.get('encoders', propertyId, encoder);
  hintUnfinished(hint, propertyId, encoder);
  return hint.get('operations', propertyId, operation);
}
