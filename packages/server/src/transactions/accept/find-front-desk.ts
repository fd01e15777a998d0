import type { AgentId, Mac } from '@keyrack/protocol';
import type { FrontDesk } from '../../domain/authorise.ts';
import { markedAmong } from '../../domain/desk-facts.ts';
import { type CardType, followsSignIn } from '../../domain/lock-type.ts';
import type { Encoder } from '../../domain/places.ts';
import { keyOfRequester } from '../../domain/requester.ts';
import type { ReadTx } from '../../store/store.ts';

/** The desk that a request goes to: by sign-in for card types 2 and 3, by the encoder's MAC for 4 and for API keys. */
export function findFrontDesk(
  tx: ReadTx,
  request: {
    readonly propertyId: string;
    readonly memberId: string;
    readonly cardType: CardType;
    readonly encoder: Mac | null;
  },
): FrontDesk {
  const { propertyId, memberId, cardType } = request;
  if (!followsSignIn(cardType) || keyOfRequester(memberId) !== null) {
    const encoder = request.encoder === null ? undefined : tx.get('encoders', propertyId, request.encoder);
    const agent = encoder?.agentId == null ? undefined : tx.get('agents', propertyId, encoder.agentId);
    return { signIn: undefined, agent, encoder };
  }
  const signIn = tx.get('signIns', propertyId, memberId);
  if (signIn === undefined) return { signIn, agent: undefined, encoder: undefined };
  const agent = tx.get('agents', propertyId, signIn.agentId);
  return { signIn, agent, encoder: findMarked(tx, propertyId, signIn.agentId) };
}

/** The marked encoder of this agent, although another one may have it too. */
function findMarked(tx: ReadTx, propertyId: string, agentId: AgentId): Encoder | undefined {
  const own = markedAmong(tx.find('encoders', 'byAgent', [propertyId, agentId]));
  if (own !== undefined) return own;
  const claim = tx.find('encoderClaims', 'byAgent', [propertyId, agentId]).find((each) => each.forSignedIn);
  return claim === undefined ? undefined : tx.get('encoders', propertyId, claim.mac);
}
