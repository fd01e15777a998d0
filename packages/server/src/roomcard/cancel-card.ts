import { followsSignIn } from '../domain/lock-type.ts';
import { authoriseMember } from './authorise-request.ts';
import { cancelCardFields } from './cancel-card-fields.ts';
import type { Endpoint } from './exchange.ts';
import { serialOf } from './fields.ts';
import { replyAnswer, replyRefusal } from './reply.ts';
import { requestKey } from './request-key.ts';
import { answerSignedA } from './verify-request.ts';

/** `POST /Home/Qrm/cancelCard` (docs/room-card-api.md, "Cancel a card"): parse and verify, authorise, ask, answer. */
export const cancelCard: Endpoint = (cardRequests, request) =>
  answerSignedA('cancelCard', cancelCardFields, cardRequests, request, async (account, fields) => {
    const authorised = await authoriseMember(cardRequests, account, fields);
    if (!authorised.ok) return replyRefusal('cancelCard', authorised.refusal);
    const { property, member } = authorised;

    const serial = serialOf(fields.serialNum);
    if (serial === null) {
      // No card can have it. A member who may not cancel learns no more of it than of any other serial.
      return replyRefusal('cancelCard', { cause: member.issuingPermission ? 'card-unknown' : 'permission-off' });
    }
    const answer = await cardRequests.cancelCard(
      {
        propertyId: property.id,
        accountSid: account.sid,
        member: { id: member.id, version: member.version },
        serial,
        cardType: fields.cardType,
        encoder: followsSignIn(fields.cardType) ? null : fields.issueMac,
        request: requestKey('cancelCard', member.id, fields),
      },
      request.hungUp,
    );
    return replyAnswer('cancelCard', answer);
  });
