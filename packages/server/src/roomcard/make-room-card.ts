import type { IssuedCard } from '../requests/answers.ts';
import { authoriseMember } from './authorise-request.ts';
import type { Endpoint, ReplyData } from './exchange.ts';
import { makeRoomCardFields } from './make-room-card-fields.ts';
import { formatTime, parseTime } from './property-time.ts';
import { replyAnswerWith, replyRefusal } from './reply.ts';
import { requestKey } from './request-key.ts';
import { answerSignedA } from './verify-request.ts';

/** `POST /Home/Qrm/makeRoomCard` (docs/room-card-api.md, "Issue a card"): parse and verify, authorise, ask, answer. */
export const makeRoomCard: Endpoint = (cardRequests, request) =>
  answerSignedA('makeRoomCard', makeRoomCardFields, cardRequests, request, async (account, fields) => {
    const authorised = await authoriseMember(cardRequests, account, fields);
    if (!authorised.ok) return replyRefusal('makeRoomCard', authorised.refusal);
    const { property, member } = authorised;

    const validUntil = parseTime(fields.endTime, property.timeZone);
    if (validUntil === null) throw new Error('makeRoomCardFields let an impossible endTime pass');
    const { buildNo, floorNo, roomNo, owner, ownerGender, ownerAreaCode, ownerMobile } = fields;
    const answer = await cardRequests.issueCard(
      {
        propertyId: property.id,
        accountSid: account.sid,
        member: { id: member.id, version: member.version },
        encoder: fields.issueMac,
        request: requestKey('makeRoomCard', member.id, fields),
        buildingNo: buildNo,
        floorNo,
        roomNo,
        validUntil,
        normallyOpen: fields.normallyOpen,
        networked: fields.networked,
        mode: fields.lossReport ? 'lost' : 'by-holder',
        beginsAt: null,
        owner,
        ownerGender,
        ownerAreaCode,
        ownerMobile,
      },
      request.hungUp,
    );
    return replyAnswerWith(
      'makeRoomCard',
      answer,
      (card) => dataOf(card, request.receivedAt, property.timeZone),
      messageOf,
    );
  });

/** Says that a repeat made no second card: whoever wants one more sends the request again. */
function messageOf({ serial, writtenBefore }: IssuedCard): string | null {
  if (writtenBefore === null) return null;
  return `Card ${serial} was made by an earlier request and no other card was touched; for one more card, send again.`;
}

/** The new card, and the earlier ones that a lock may still open for until it has seen the new one. */
function dataOf({ serial, recordId, superseded, writtenBefore }: IssuedCard, now: number, zone: string): ReplyData {
  return {
    serialNum: serial,
    id: recordId,
    superseded: superseded
      // What was on this plastic before is overwritten, and what has ended opens nothing.
      .filter((card) => card.serial !== serial && card.mayOpenUntil > now)
      .map((card) => ({ serialNum: card.serial, mayOpenUntil: formatTime(card.mayOpenUntil, zone) })),
    ...(writtenBefore !== null && { repeated: '1', writtenAt: formatTime(writtenBefore, zone) }),
  };
}
