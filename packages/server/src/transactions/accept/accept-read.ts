import type { CardType } from '../../domain/lock-type.ts';
import type { Tx } from '../../store/store.ts';
import {
  type AcceptResult,
  acceptAtDesk,
  acceptedBefore,
  type OperationRequest,
  refuseRequest,
  whyNotAsked,
} from './accept-operation.ts';
import { joinRepeat } from './join-repeat.ts';

export interface AcceptRead extends OperationRequest {
  readonly cardType: CardType;
}

/** Accepts a read of whatever card lies on the encoder, or tells why not. */
export function acceptRead(tx: Tx, input: AcceptRead): AcceptResult {
  const before = acceptedBefore(tx, input);
  if (before !== null) return before;
  const unasked = whyNotAsked(tx, input);
  if (unasked !== null) return refuseRequest(tx, input, 'read', unasked, {});
  const joined = joinRepeat(tx, input, 'read');
  if (joined !== null) return joined;
  return acceptAtDesk(tx, input, { kind: 'read', cardType: input.cardType, serial: null, recordId: null, details: {} });
}
