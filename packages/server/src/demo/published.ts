import { type Mac, mac, type Serial, serial } from '@keyrack/protocol';

/**
 * What the published pages of the room-card API show in their examples. Everybody knows it, so it belongs into a
 * demonstration alone; a dependency rule keeps this folder out of everything else.
 */
export const PUBLISHED = {
  accountSid: '98651082ab89c3f1b50f35caf794179f',
  authToken: 'e687bc93c89b9b59611de521a70ed4',
  propertyNumber: '1316879946',
  areaCode: '86',
  mobile: '10000000000',
  /** md5 of the member's password, as clients send it. The password itself was never published. */
  passwordMd5: 'bbc69d27003568a7a94626ce4337bc9d',
  encoder: macOf('7C778A6C7D9C'),
  /** From the example of getMacList, with its id. */
  secondEncoder: macOf('7C010A8C7Y9C'),
  secondEncoderId: 4221,
  serial: serialOf('4567'),
} as const;

/** The published request for cancelCard, to the byte. */
export const PUBLISHED_CANCEL_BODY =
  'issueMac=7C778A6C7D9C&accountSid=98651082ab89c3f1b50f35caf794179f&communityNo=1316879946&serialNum=4567' +
  '&creatorAreaCode=86&creatorMobile=10000000000&creatorPassword=bbc69d27003568a7a94626ce4337bc9d' +
  '&operateCardType=4&sig=c1d425b5d425d0e776cf387c5118b543';

export function macOf(text: string): Mac {
  return mac.parse(text);
}

export function serialOf(text: string): Serial {
  return serial.parse(text);
}
