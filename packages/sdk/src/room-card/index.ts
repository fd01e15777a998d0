export {
  createRoomCards,
  type RoomCardCallOptions,
  type RoomCards,
  type RoomCardsOptions,
} from './create-room-cards.ts';
export { isRoomCardFailure, ROOM_CARD_STATUS, RoomCardFailure, type RoomCardReason } from './failure.ts';
export type * from './fields.ts';
export {
  passwordDigest,
  type SignatureAEndpoint,
  type SignatureBVariant,
  type SignedFields,
  signatureA,
  signatureB,
  stringToSignA,
  stringToSignB,
} from './sign.ts';
