import type { Mac } from '@keyrack/protocol';
import type { Creator } from '../domain/people.ts';
import { type Checked, checkFields, creatorOf, isSet, macOf } from './fields.ts';
import type { Form } from './form.ts';

/** The fields of makeRoomCard, in Keyrack's own words where the format allows it. */
export interface MakeRoomCardFields {
  readonly sig: string;
  readonly accountSid: string;
  readonly communityNo: string;
  readonly buildNo: string;
  readonly floorNo: string;
  readonly roomNo: string;
  /** A time that exists, on the clocks of the property. */
  readonly endTime: string;
  /** Null where none was sent: whether the room wants one is its lock type's affair. */
  readonly issueMac: Mac | null;
  readonly creator: Creator;
  /** Lower case, or null. Part of what makes requests the same, even where the mobile wins over it. */
  readonly creatorEmail: string | null;
  /** md5 of the password, lower-case hex. */
  readonly creatorPassword: string;
  readonly normallyOpen: boolean;
  readonly networked: boolean;
  readonly lossReport: boolean;
  readonly owner: string | null;
  readonly ownerGender: 'female' | 'male' | null;
  readonly ownerAreaCode: string | null;
  readonly ownerMobile: string | null;
}

/** The fields of a request (docs/room-card-api.md, "Issue a card"), or what is wrong with the first wrong one. */
export function makeRoomCardFields(form: Form): Checked<MakeRoomCardFields> {
  const checked = checkFields(
    form,
    ['sig', 'accountSid', 'endTime', 'communityNo', 'buildNo', 'floorNo', 'roomNo', 'creatorPassword'],
    [
      'issueMac',
      'creatorAreaCode',
      'creatorMobile',
      'creatorEmail',
      'opentype',
      'netWork',
      'owner',
      'ownerGender',
      'ownerAreaCode',
      'ownerMobile',
      'isLost',
    ],
  );
  if (!checked.ok) return checked;
  const creator = creatorOf(checked.value);
  if (!creator.ok) return creator;
  const { sig, accountSid, communityNo, buildNo, floorNo, roomNo, endTime, creatorPassword, ...optional } =
    checked.value;
  const { issueMac, creatorEmail, owner, ownerGender, ownerAreaCode, ownerMobile } = optional;
  return {
    ok: true,
    value: {
      sig,
      accountSid,
      communityNo,
      buildNo,
      floorNo,
      roomNo,
      endTime,
      issueMac: issueMac === undefined ? null : macOf(issueMac),
      creator: creator.value,
      creatorEmail: creatorEmail?.toLowerCase() ?? null,
      creatorPassword: creatorPassword.toLowerCase(),
      normallyOpen: isSet(optional.opentype),
      networked: isSet(optional.netWork),
      lossReport: isSet(optional.isLost),
      // Kept as it was sent. Whether two names are one is the domain's to say ("Whose card").
      owner: owner ?? null,
      ownerGender: ownerGender === undefined ? null : isSet(ownerGender) ? 'male' : 'female',
      ownerAreaCode: ownerAreaCode ?? null,
      ownerMobile: ownerMobile ?? null,
    },
  };
}
