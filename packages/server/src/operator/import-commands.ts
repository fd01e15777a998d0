import { z } from 'zod';
import { foldEmail } from '../domain/fold-email.ts';
import { LOCK_TYPES } from '../domain/lock-type.ts';
import { PURPOSE } from '../runtime/sealed-secret.ts';
import type { ImportedBuilding } from '../transactions/property/import-property.ts';
import { ACTOR, CommandError, command, property, propertyOf } from './command.ts';

/** What the import commands take, beside the property. Each message goes on from the name of what was typed. */

const NUMBER = 'is 1 to 20 letters and digits';

function nameOf(what: string) {
  const expected = `is ${what} of 1 to 64 characters`;
  return z.string(expected).min(1, expected).max(64, expected);
}

/** The credentials that an integration signs with elsewhere (docs/room-card-api.md, "Moving from another provider"). */
const importedAccount = {
  sid: z.string().regex(/^[0-9A-Za-z]{32}$/, 'is 32 letters and digits'),
  token: z.string().regex(/^[\x21-\x7e]{16,128}$/, 'is 16 to 128 letters, digits and signs, without blanks'),
  name: nameOf('a name'),
};

const no = z.string(NUMBER).regex(/^[0-9A-Za-z]{1,20}$/, NUMBER);
const name = nameOf('a name');

/** As fetchRoomInfo answers it, here and elsewhere; what else is in it is left alone. */
const roomInfo = z.object(
  {
    builders: listOf({
      builderNum: no,
      builderName: name,
      floors: listOf({
        floorNum: no,
        floorName: name,
        rooms: listOf({
          num: no,
          name,
          locktype: z.enum(LOCK_TYPES, `is one of ${LOCK_TYPES.join(', ')}`),
          /** Not part of the answer: whether the room's lock talks through a gateway. */
          gateway: z.boolean('is true or false').default(false),
        }),
      }),
    }),
  },
  'holds the answer of fetchRoomInfo',
);

function listOf<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.array(z.object(shape, 'is an object'), 'is a list');
}

const EMAIL = 'is an e-mail address of 254 characters at most';

const importedMember = {
  name,
  areaCode: z
    .string()
    .regex(/^[0-9]{1,4}$/, 'is 1 to 4 digits, without a plus')
    .nullable(),
  mobile: z
    .string()
    .regex(/^[0-9]{4,15}$/, 'is 4 to 15 digits, without the area code')
    .nullable(),
  email: z
    .string()
    .transform(foldEmail)
    .pipe(
      z
        .string()
        .max(254, EMAIL)
        .regex(/^[^@\s]+@[^@\s]+$/, EMAIL),
    )
    .nullable(),
  /** As clients send it: lower-case hex. */
  passwordMd5: z.string().regex(/^[0-9a-f]{32}$/, 'is the md5 of the password: 32 digits and letters a to f'),
  issuingPermission: z.boolean(),
};

/** In Keyrack's own words, with identifiers for what is new. */
function buildingsOf({ builders }: z.infer<typeof roomInfo>, newId: () => string): ImportedBuilding[] {
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

/** Commands that take over from elsewhere. */
export const IMPORT_COMMANDS = {
  'import-account': command(z.strictObject({ property, ...importedAccount }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const { sid, name } = input;
    const sealedToken = parts.sealer.seal(Buffer.from(input.token), PURPOSE.accountToken);
    await parts.run('importAccount', { propertyId, sid, name, sealedToken, actor: ACTOR, now: parts.clock.now() });
    return { account: sid, property: input.property };
  }),

  'import-rooms': command(z.strictObject({ property, rooms: roomInfo }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const buildings = buildingsOf(input.rooms, parts.newId);
    const imported = await parts.run('importRooms', { propertyId, buildings, actor: ACTOR, now: parts.clock.now() });
    if (imported.ok) return { added: imported.added, changed: imported.changed };
    throw new CommandError(
      imported.sameText === null
        ? 'No lock number is left behind the highest of the property; add these rooms over /v1 and name free ones.'
        : `Two rooms' numbers run together to ${imported.sameText}, so that signed requests could be exchanged; number one of them anew.`,
    );
  }),

  'import-member': command(z.strictObject({ property, ...importedMember }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const { property: _number, passwordMd5, ...given } = input;
    if ((given.mobile === null) !== (given.areaCode === null) || (given.mobile ?? given.email) === null) {
      throw new CommandError('A member has an area code and a mobile, or an e-mail address, or both.');
    }
    const passwordHash = await parts.passwords.hash(passwordMd5);
    const person = { ...given, propertyId, id: parts.newId(), role: 'receptionist', passwordHash } as const;
    const imported = await parts.run('importMember', { ...person, actor: ACTOR, now: parts.clock.now() });
    if (!imported) throw new CommandError('Mobile and e-mail are those of two members; give one of them.');
    return { member: given.name, issuingPermission: given.issuingPermission };
  }),
} as const;
