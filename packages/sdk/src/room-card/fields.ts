/** What the room-card API takes and answers (docs/room-card-api.md). All values are strings, as they travel. */

/** The member who answers for a request: by phone, or by e-mail. */
export type Creator = {
  /** md5 of the member's password: see `passwordDigest`. */
  readonly creatorPassword: string;
} & (
  | { readonly creatorAreaCode: string; readonly creatorMobile: string; readonly creatorEmail?: undefined }
  | { readonly creatorEmail: string; readonly creatorAreaCode?: undefined; readonly creatorMobile?: undefined }
);

interface OfProperty {
  /** The number of the property. */
  readonly communityNo: string;
}

interface OfRoom extends OfProperty {
  readonly buildNo: string;
  readonly floorNo: string;
  readonly roomNo: string;
}

interface AtEncoder {
  /** MAC of the encoder. Rooms with RFLOCK-V9 or QRLOCK go by the creator's sign-in instead. */
  readonly issueMac?: string | undefined;
}

interface OfCardType {
  /** `2` for rooms with lock type RFLOCK-V9, `3` for QRLOCK, `4` for all others. */
  readonly operateCardType: '2' | '3' | '4';
}

/** The fields of each request but `accountSid`, `timestamp` and `sig`, which the client adds. */
export interface RoomCardRequests {
  readonly getMacList: OfProperty;
  readonly fetchRoomInfo: OfProperty;
  readonly makeRoomCard: OfRoom &
    AtEncoder &
    Creator & {
      /** `yyMMddHHmm` on the property's clocks: the first minute in which the card doesn't open any more. */
      readonly endTime: string;
      readonly opentype?: '0' | '1' | undefined;
      readonly netWork?: '0' | '1' | undefined;
      /** The holder. The same one for a duplicate and for an extension: the cards of one guest open side by side. */
      readonly owner?: string | undefined;
      readonly ownerGender?: '0' | '1' | undefined;
      readonly ownerAreaCode?: string | undefined;
      readonly ownerMobile?: string | undefined;
      /** `1`: an earlier card of the room was lost, and all of its earlier cards end. */
      readonly isLost?: '0' | '1' | undefined;
    };
  readonly readCard: OfProperty & AtEncoder & Creator & OfCardType;
  readonly cancelCard: OfProperty & AtEncoder & Creator & OfCardType & { readonly serialNum: string };
  readonly queryByRoom: OfRoom & {
    /** `yyyy-MM-dd`, days on the property's clocks, at most 31 days apart. */
    readonly startDate: string;
    readonly endDate: string;
    /** `0` all, `1` issued, `2` read, `3` cancelled, `4` superseded or lost. */
    readonly recordType: '0' | '1' | '2' | '3' | '4';
    readonly rand?: string | undefined;
    readonly holderFrom?: string | undefined;
  };
}

export type RoomCardEndpoint = keyof RoomCardRequests;

export interface ListedEncoder {
  readonly id: string;
  readonly mac: string;
}

export interface ListedBuilding {
  readonly builderName: string;
  readonly builderNum: string;
  readonly floors: readonly {
    readonly floorName: string;
    readonly floorNum: string;
    readonly rooms: readonly {
      readonly no: string;
      readonly num: string;
      readonly name: string;
      readonly locktype: string;
    }[];
  }[];
}

export interface IssuedCard {
  readonly serialNum: string;
  /** Id of its record. */
  readonly id: string;
  /** Earlier cards of the room that this one puts out of use, and that may still open. */
  readonly superseded: readonly { readonly serialNum: string; readonly mayOpenUntil: string }[];
  /** `1` where this tells of a card that was made before, and no other was touched. */
  readonly repeated?: '1';
  readonly writtenAt?: string;
}

/** The card that was read. Of a blank one all but `serialNum` is empty. */
export interface ReadCard {
  readonly serialNum: string;
  readonly cardtype: string;
  readonly batchno: string;
  readonly buildername: string;
  readonly floorname: string;
  readonly roomname: string;
  readonly lockno: string;
  readonly starttime: string;
  readonly endtime: string;
  readonly opentype: string;
  readonly state: '' | 'active' | 'expired' | 'superseded' | 'lost' | 'cancelled' | 'unknown';
}

export interface CardRecord {
  readonly recordType: '1' | '2' | '3' | '4';
  readonly serialNum: string;
  readonly cardtype: string;
  readonly roomname: string;
  readonly owner: string;
  readonly creator: string;
  readonly starttime: string;
  readonly endtime: string;
  readonly opertime: string;
}

/** The `data` of each answer. Where there is nothing to list, which the server tells as 5118, it is empty. */
export interface RoomCardAnswers {
  readonly getMacList: readonly ListedEncoder[];
  readonly fetchRoomInfo: { readonly builders: readonly ListedBuilding[] };
  readonly makeRoomCard: IssuedCard;
  readonly readCard: ReadCard;
  readonly cancelCard: undefined;
  readonly queryByRoom: readonly CardRecord[];
}
