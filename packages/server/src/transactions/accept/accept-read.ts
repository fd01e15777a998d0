import type { CardType } from '../../domain/lock-type.ts';
import type { Hint } from '../../store/hints.ts';
import type { Tx } from '../../store/store.ts';
import {
  type AcceptResult,
  acceptedBefore,
  acceptRequest,
  hintAcceptance,
  type OperationRequest,
  refusalOfRequester,
  refuseRequest,
} from './accept-request.ts';
import { joinRepeat } from './join-repeat.ts';

export interface AcceptRead extends OperationRequest {
  readonly cardType: CardType;
}

/** Accepts a read of whatever card lies on the encoder, or tells why not. */
export function acceptRead(tx: Tx, input: AcceptRead): AcceptResult {
  const before = acceptedBefore(tx, input);
  if (before !== null) return before;
  const refusal = refusalOfRequester(tx, input);
  if (refusal !== null) return refuseRequest(tx, input, 'read', refusal, {});
  const joined = joinRepeat(tx, input, 'read');
  if (joined !== null) return joined;
  return acceptRequest(tx, input, {
    kind: 'read',
    cardType: input.cardType,
    serial: null,
    recordId: null,
    room: null,
    details: {},
  });
}

acceptRead.hints = (hint: Hint, input: AcceptRead) => {
  hintAcceptance(hint, input);
};
