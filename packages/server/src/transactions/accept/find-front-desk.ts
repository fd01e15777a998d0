import type { AgentId, Mac } from '@keyrack/protocol';
import type { FrontDesk } from '../../domain/authorise.ts';
import type { Doer } from '../../domain/caller.ts';
import { markedAmong } from '../../domain/desk-facts.ts';
import { type CardType, followsSignIn } from '../../domain/lock-type.ts';
import type { Encoder } from '../../domain/places.ts';
import { keyOfRequester } from '../../domain/requester.ts';
import { hintUnfinished } from '../../queries/unfinished-operations.ts';
import type { Hint } from '../../store/hints.ts';
import type { ReadTx } from '../../store/store.ts';

/** The desk that a request goes to: see `goesBySignIn`. */
export function findFrontDesk(
  tx: ReadTx,
  request: {
    readonly propertyId: string;
    readonly memberId: string;
    readonly cardType: CardType;
    readonly encoder: Mac | null;
    readonly doer?: Doer;
  },
): FrontDesk {
  const { propertyId, memberId } = request;
  if (!goesBySignIn(request)) {
    const encoder = request.encoder === null ? undefined : tx.get('encoders', propertyId, request.encoder);
    const agent = encoder?.agentId == null ? undefined : tx.get('agents', propertyId, encoder.agentId);
    return { signIn: undefined, agent, encoder };
  }
  const signIn = tx.get('signIns', propertyId, memberId);
  if (signIn === undefined) return { signIn, agent: undefined, encoder: undefined };
  const agent = tx.get('agents', propertyId, signIn.agentId);
  return { signIn, agent, encoder: findMarked(tx, propertyId, signIn.agentId) };
}

/**
 * Whether it goes to the desk where its member is signed in: for card types 2 and 3 of the room-card API, and over /v1 wherever
 * no encoder is named. A key is signed in nowhere.
 */
export function goesBySignIn({
  memberId,
  cardType,
  encoder,
  doer,
}: {
  readonly memberId: string;
  readonly cardType: CardType;
  readonly encoder: Mac | null;
  readonly doer?: Doer;
}): boolean {
  if (keyOfRequester(memberId) !== null) return false;
  return doer === undefined ? followsSignIn(cardType) : encoder === null;
}

/** The marked encoder of this agent, although another one may have it too. */
function findMarked(tx: ReadTx, propertyId: string, agentId: AgentId): Encoder | undefined {
  const own = markedAmong(tx.find('encoders', 'byAgent', [propertyId, agentId]));
  if (own !== undefined) return own;
  const claim = tx.find('encoderClaims', 'byAgent', [propertyId, agentId]).find((each) => each.forSignedIn);
  return claim === undefined ? undefined : tx.get('encoders', propertyId, claim.mac);
}

export function hintFrontDesk(
  hint: Hint,
  { propertyId, memberId, encoder }: Pick<Parameters<typeof findFrontDesk>[1], 'propertyId' | 'memberId' | 'encoder'>,
): void {
  if (encoder !== null) {
    const known = hint.get('encoders', propertyId, encoder);
    hint.get('agents', propertyId, known.of('agentId'));
    hintUnfinished(hint, propertyId, encoder);
    return;
  }
  const signIn = hint.get('signIns', propertyId, memberId);
  hint.get('agents', propertyId, signIn.of('agentId'));
  const own = hint.find('encoders', 'byAgent', [propertyId, signIn.of('agentId')]);
  hint.find('encoderClaims', 'byAgent', [propertyId, signIn.of('agentId')]);
  // Where there is one alone, it is the marked one.
  hintUnfinished(hint, propertyId, own.of('mac'));
}
