import { z } from 'zod';
import { foldEmail } from '../domain/fold-email.ts';
import { LOCK_TYPES } from '../domain/lock-type.ts';
import type { ImportedBuilding } from '../transactions/property/import-property.ts';

/** What the import commands take, beside the property. */

/** The credentials that an integration signs with elsewhere (contract, "accountSid", "authToken"). */
export const importedAccount = {
  sid: z.string().regex(/^[0-9A-Za-z]{32}$/),
  token: z.string().regex(/^[\x21-\x7e]{16,128}$/),
  name: z.string().min(1).max(64),
};

const no = z.string().regex(/^[0-9A-Za-z]{1,20}$/);
const name = z.string().min(1).max(64);

/** As fetchRoomInfo answers it, here and elsewhere; what else is in it is left alone. */
export const roomInfo = z.object({
  builders: z.array(
    z.object({
      builderNum: no,
      builderName: name,
      floors: z.array(
        z.object({
          floorNum: no,
          floorName: name,
          rooms: z.array(
            z.object({
              num: no,
              name,
              locktype: z.enum(LOCK_TYPES),
              /** Not part of the answer: whether the room's lock talks through a gateway. */
              gateway: z.boolean().default(false),
            }),
          ),
        }),
      ),
    }),
  ),
});

export const importedMember = {
  name,
  areaCode: z
    .string()
    .regex(/^[0-9]{1,4}$/)
    .nullable(),
  mobile: z
    .string()
    .regex(/^[0-9]{4,15}$/)
    .nullable(),
  email: z
    .string()
    .transform(foldEmail)
    .pipe(
      z
        .string()
        .max(254)
        .regex(/^[^@\s]+@[^@\s]+$/),
    )
    .nullable(),
  /** As clients send it: lower-case hex. */
  passwordMd5: z.string().regex(/^[0-9a-f]{32}$/),
  issuingPermission: z.boolean(),
};

/** In Keyrack's own words, with identifiers for what is new. */
export function buildingsOf({ builders }: z.infer<typeof roomInfo>, newId: () => string): ImportedBuilding[] {
  return builders.map(({ builderNum, builderName, floors }) => ({
    id: newId(),
    no: builderNum,
    name: builderName,
    floors: floors.map(({ floorNum, floorName, rooms }) => ({
      id: newId(),
      no: floorNum,
      name: floorName,
      rooms: rooms.map((room) => ({
        id: newId(),
        no: room.num,
        name: room.name,
        lockType: room.locktype,
        gateway: room.gateway,
      })),
    })),
  }));
}
