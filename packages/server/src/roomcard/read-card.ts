import { followsSignIn } from '../domain/lock-type.ts';
import type { ReadCard } from '../requests/answers.ts';
import { authoriseMember } from './authorise-request.ts';
import { GUEST_CARD } from './card-words.ts';
import type { Endpoint, ReplyData } from './exchange.ts';
import { formatTime } from './property-time.ts';
import { readCardFields } from './read-card-fields.ts';
import { replyAnswerWith, replyRefusal } from './reply.ts';
import { requestKey } from './request-key.ts';
import { answerSignedA } from './verify-request.ts';

/** `POST /Home/Qrm/readCard` (docs/room-card-api.md, "Read a card"): parse and verify, authorise, ask, answer. */
export const readCard: Endpoint = (cardRequests, request) =>
  answerSignedA('readCard', readCardFields, cardRequests, request, async (account, fields) => {
    const authorised = await authoriseMember(cardRequests, account, fields);
    if (!authorised.ok) return replyRefusal('readCard', authorised.refusal);
    const { property, member } = authorised;

    const answer = await cardRequests.readCard(
      {
        propertyId: property.id,
        accountSid: account.sid,
        member: { id: member.id, version: member.version },
        cardType: fields.cardType,
        encoder: followsSignIn(fields.cardType) ? null : fields.issueMac,
        request: requestKey('readCard', member.id, fields),
      },
      request.hungUp,
    );
    return replyAnswerWith('readCard', answer, (found) => dataOf(found, property.timeZone));
  });

/**
 * The fields in the documented order (docs/room-card-api.md, "Read a card"). A blank card has its serial and nothing else.
 */
function dataOf({ serial, card }: ReadCard, zone: string): ReplyData {
  const instant = (minutes: number) => formatTime(minutes * 60_000, zone);
  return {
    serialNum: serial,
    cardtype: card === null ? '' : GUEST_CARD,
    // The cards of one guest's stay in the room share it, as they share the right to open.
    batchno: card === null ? '' : String(card.image.sequence),
    buildername: card?.buildingName ?? '',
    floorname: card?.floorName ?? '',
    roomname: card?.room?.name ?? '',
    lockno: card === null ? '' : String(card.image.lockNumber),
    starttime: card === null ? '' : instant(card.image.validFrom),
    endtime: card === null ? '' : instant(card.image.validUntil),
    opentype: card === null ? '' : card.image.normallyOpen ? '1' : '0',
    state: card?.state ?? '',
  };
}
