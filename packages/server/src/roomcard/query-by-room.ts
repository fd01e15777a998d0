import { rangeOfDays } from '../domain/property-days.ts';
import type { RoomRecord } from '../queries/list-records-page.ts';
import { authoriseAccount } from './authorise-request.ts';
import { GUEST_CARD, kindsOf, recordTypeOf } from './card-words.ts';
import type { Endpoint, ReplyData } from './exchange.ts';
import { formatTime } from './property-time.ts';
import { queryByRoomFields } from './query-by-room-fields.ts';
import { replyList, replyRefusal } from './reply.ts';
import { answerSignedB } from './verify-request.ts';

/** `POST /Home/Records/queryByRoom` (docs/room-card-api.md, "A room's records"): what happened to the cards of a room. */
export const queryByRoom: Endpoint = (cardRequests, request) =>
  answerSignedB(queryByRoomFields, cardRequests, request, async (account, fields) => {
    const authorised = await authoriseAccount(cardRequests, account, fields);
    if (!authorised.ok) return replyRefusal('queryByRoom', authorised.refusal);
    const { id: propertyId, timeZone } = authorised.property;

    const range = rangeOfDays(fields.startDate, fields.endDate, timeZone);
    if (range === null) throw new Error('queryByRoomFields let an impossible day pass');
    const records = await cardRequests.listRecords({
      propertyId,
      buildingNo: fields.buildNo,
      floorNo: fields.floorNo,
      roomNo: fields.roomNo,
      kinds: kindsOf(fields.recordType),
      ...range,
    });
    if (records === null) return replyRefusal('queryByRoom', { cause: 'room-unknown' });
    return replyList(records.map((record) => rowOf(record, timeZone)));
  });

/** `endtime` of a superseded or lost card is until when it may still open a lock that hasn't seen a later one. */
function rowOf(record: RoomRecord, zone: string): ReplyData {
  return {
    recordType: recordTypeOf(record.kind),
    serialNum: record.serial ?? '',
    cardtype: GUEST_CARD,
    roomname: record.room.name,
    owner: record.owner ?? '',
    creator: record.member ?? '',
    starttime: formatTime(record.validFrom, zone),
    endtime: formatTime(record.validUntil, zone),
    opertime: formatTime(record.at, zone),
  };
}
