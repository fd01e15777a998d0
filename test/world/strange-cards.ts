import {
  type CardAccess,
  type CardContent,
  contentOf,
  deriveLockKey,
  deriveSharedDoorKey,
  encodeCardImage,
  propertyTagOf,
  type Serial,
} from '@keyrack/protocol';

/** The keys of another property: no card of the hotel opens with them. */
export const OTHER_HOUSE_KEY = new Uint8Array(32).fill(0x5a);

/** A guest's card of room 1 of another property, valid at all times, behind keys of its own or the chip's first ones. */
export function cardOfOtherProperty(propertyId: string, serial: Serial, access: CardAccess): CardContent {
  const image = encodeCardImage(
    {
      cardType: 'guest',
      normallyOpen: false,
      networked: false,
      lossReport: false,
      sharedDoors: true,
      keyVersion: 1,
      propertyTag: propertyTagOf(propertyId),
      lockNumber: 1,
      validFrom: 0,
      validUntil: 0xffffffff,
      sequence: 1,
      cardTag: '00000001',
    },
    { lockKey: deriveLockKey(OTHER_HOUSE_KEY, 1, 1), sharedDoorKey: deriveSharedDoorKey(OTHER_HOUSE_KEY, 1) },
    serial,
  );
  return contentOf(access, image);
}
