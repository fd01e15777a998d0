import { z } from 'zod';
import type { IssueWish } from '../../domain/issue-wish.ts';
import { COPIES } from '../../domain/limits.ts';
import { givenTime, line } from '../fields.ts';

export const encoder = z.int().min(0).optional().meta({
  description:
    "The id of the encoder, whatever the lock's type. Without one, the desk decides where the member is signed in. An API key is signed in nowhere: it must name one.",
});

/** What stands on the card, and so in every answer. A card that would end in the minute in which it begins opens nothing. */
function toMinute(ms: number): number {
  return Math.floor(ms / 60_000) * 60_000;
}

/** What an issue asks for, and its preview. */
export const issue = z.strictObject({
  kind: z.literal('issue'),
  encoder,
  room: z.string().min(1).max(64).meta({ description: 'Id of the room.' }),
  mode: z.enum(['new', 'duplicate', 'lost']).meta({
    description:
      '`new`: for a new guest, whose card stops those of the guest before. `duplicate`: for the guest who has the room; with a later end it extends the stay. `lost`: as `new`, and it ends all earlier cards of the room as lost.',
  }),
  validFrom: givenTime
    .optional()
    .meta({ description: 'When the card begins, to the minute; at once unless told. It stops other cards then.' }),
  validUntil: givenTime
    .transform(toMinute)
    .meta({ description: 'When it ends, to the minute: a card knows no seconds.' }),
  copies: z.int().min(1).max(COPIES.most).default(1).meta({
    description:
      'How many equal cards are made, one after the other, each with an operation of its own. The next is accepted when the one before has succeeded.',
  }),
  holder: z
    .strictObject({
      name: line(64).optional(),
      gender: z.enum(['female', 'male']).optional(),
      areaCode: z
        .string()
        .regex(/^\d{1,6}$/, 'is 1 to 6 digits')
        .optional(),
      mobile: z
        .string()
        .regex(/^\d{4,20}$/, 'is 4 to 20 digits')
        .optional(),
    })
    .refine(({ areaCode, mobile }) => (areaCode === undefined) === (mobile === undefined), {
      message: 'needs areaCode and mobile together, or neither',
    })
    .optional()
    .meta({
      description: 'The guest. A duplicate takes them from the card that it duplicates, where they are left out.',
    }),
  normallyOpen: z.boolean().optional().meta({
    description:
      "Using the card turns the lock's staying open on and off. A duplicate takes it from the card that it duplicates, where it is left out; any other card doesn't then.",
  }),
  networked: z.boolean().optional().meta({ description: 'Left out, it is taken as `normallyOpen` is.' }),
});

/** What the body of an issue comes to, in the words of the rules. */
export function wishOf(body: z.output<typeof issue>): IssueWish & { readonly roomId: string } {
  const { name = null, gender = null, areaCode = null, mobile = null } = body.holder ?? {};
  const { mode, normallyOpen = null, networked = null, validFrom: beginsAt = null, validUntil, room: roomId } = body;
  const holder = { owner: name, ownerGender: gender, ownerAreaCode: areaCode, ownerMobile: mobile, validUntil };
  return { ...holder, mode, beginsAt, normallyOpen, networked, roomId };
}
