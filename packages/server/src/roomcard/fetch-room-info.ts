import type { RoomTree } from '../queries/listings.ts';
import { authoriseAccount } from './authorise-request.ts';
import type { Endpoint, ReplyData } from './exchange.ts';
import { checkFields } from './fields.ts';
import { replyList, replyRefusal } from './reply.ts';
import { answerSignedB } from './verify-request.ts';

/**
 * `POST /Home/Records/fetchRoomInfo` (docs/room-card-api.md, "List the rooms"): the property's rooms and their lock types.
 */
export const fetchRoomInfo: Endpoint = (cardRequests, request) =>
  answerSignedB(
    (form) => {
      const checked = checkFields(form, ['accountSid', 'timestamp', 'communityNo'], []);
      if (!checked.ok) return checked;
      return { ok: true, value: { ...checked.value, timestamp: Number(checked.value.timestamp) } };
    },
    cardRequests,
    request,
    async (account, fields) => {
      const authorised = await authoriseAccount(cardRequests, account, fields);
      if (!authorised.ok) return replyRefusal('fetchRoomInfo', authorised.refusal);
      const buildings = await cardRequests.listRooms(authorised.property.id);
      return replyList(buildings.map(builderOf), (builders) => ({ builders }));
    },
  );

function builderOf({ building, floors }: RoomTree): ReplyData {
  return {
    builderName: building.name,
    builderNum: building.no,
    floors: floors.map(({ floor, rooms }) => ({
      floorName: floor.name,
      floorNum: floor.no,
      rooms: rooms.map(({ no, name, lockType }) => ({
        // The published shape has both and doesn't say what sets them apart: each is what requests send as roomNo.
        no,
        num: no,
        name,
        locktype: lockType,
      })),
    })),
  };
}
