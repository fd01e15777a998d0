import { z } from 'zod';
import { foldEmail } from '../../domain/fold-email.ts';
import { PASSWORD_LENGTH } from '../../domain/limits.ts';
import { MEMBER_ROLES } from '../../domain/people.ts';
import { hidesSomething, isReadableLine } from '../../domain/portable-text.ts';
import type { SeenMember } from '../../queries/members-page.ts';
import { hashPassword, type Passwords } from '../../runtime/password.ts';
import { id, line, time, timeOrNull } from '../fields.ts';

export const role = z
  .enum(MEMBER_ROLES)
  .meta({ id: 'MemberRole', description: 'What a member does at the property; see docs/rights.md.' });

const shown = {
  id,
  name: z.string(),
  role,
  areaCode: z.string().nullable().meta({ description: 'The country code of `mobile`, without a plus.' }),
  mobile: z.string().nullable(),
  email: z.string().nullable().meta({ description: 'In lower case.' }),
  issuingPermission: z.boolean().meta({ description: 'Whether they may issue, read and cancel cards.' }),
  active: z.boolean().meta({ description: 'False for somebody who left: nothing is done in their name.' }),
};

/** A member as /v1 shows them. */
export const memberView = z
  .object({
    ...shown,
    lastActiveAt: time.nullable().meta({
      description: 'When their password was last right, or they were active where they are signed in; to a minute.',
    }),
    joinedAt: time.nullable().meta({
      description: 'Since when a person has taken it on, who signs in with a password of their own; null for nobody.',
    }),
    invitedUntil: time.nullable().meta({
      description:
        'Until when an invitation is good that nobody has used yet. It may be over, and null says that there is none.',
    }),
  })
  .meta({ id: 'Member', description: "A person's place at one property." });

/** What a repeat is told was kept by the server that did it, perhaps an earlier version. */
type RepeatedMember = Omit<SeenMember, 'joinedAt' | 'invitedUntil'> & Partial<SeenMember>;

export function viewOfMember({ facts, lastActiveAt, joinedAt = null, invitedUntil = null }: RepeatedMember) {
  return {
    ...facts,
    lastActiveAt: timeOrNull(lastActiveAt),
    joinedAt: timeOrNull(joinedAt),
    invitedUntil: timeOrNull(invitedUntil),
  };
}

const AREA_CODE = 'is 1 to 4 digits, without a plus';
const MOBILE = 'is 4 to 15 digits, without the area code';
const EMAIL = 'is an e-mail address of 254 characters at most';

/** What may be said of a member. */
export const memberFields = {
  name: line(64),
  role,
  areaCode: z
    .string()
    .regex(/^[0-9]{1,4}$/, AREA_CODE)
    .nullable()
    .meta({ description: 'The country code of `mobile`: 1 to 4 digits, without a plus.' }),
  mobile: z
    .string()
    .regex(/^[0-9]{4,15}$/, MOBILE)
    .nullable()
    .meta({ description: '4 to 15 digits, without the country code.' }),
  email: z
    .string()
    .max(254, EMAIL)
    .regex(/^[^@\s\p{Cc}]+@[^@\s\p{Cc}]+$/u, EMAIL)
    .transform(foldEmail)
    .refine((email) => email.length <= 254 && isReadableLine(email) && !hidesSomething(email), EMAIL)
    .nullable()
    .meta({ description: 'An e-mail address. It is kept in lower case.' }),
  issuingPermission: z.boolean(),
};

export const password = z
  .string()
  .min(PASSWORD_LENGTH.least, `is ${PASSWORD_LENGTH.least} characters or more`)
  .max(PASSWORD_LENGTH.most, `is ${PASSWORD_LENGTH.most} characters at most`)
  .meta({ description: 'The password itself; clients of the room-card API send its md5.' });

/** How a password is given: as it is, or as software that moves over sends it and nobody knows more of it. */
export const passwordFields = {
  password: password.optional(),
  passwordMd5: z
    .string()
    .regex(/^[0-9a-fA-F]{32}$/, 'is the md5 of the password: 32 digits and letters a to f')
    .transform((md5) => md5.toLowerCase())
    .optional()
    .meta({
      description:
        'The md5 of the password in hex, as clients of the room-card API send it: for who moves over and keeps it. Give it or `password`.',
    }),
};

interface GivenPassword {
  readonly password?: string | undefined;
  readonly passwordMd5?: string | undefined;
}

/** In how many ways a password is given. */
export function waysOfPassword({ password, passwordMd5 }: GivenPassword): number {
  return [password, passwordMd5].filter((each) => each !== undefined).length;
}

export const ONE_WAY = { path: ['password'], message: 'is given as `password` or as `passwordMd5`: send one of them' };

/** What is kept of a password; null where none is given. */
export function hashGiven(passwords: Passwords, { password, passwordMd5 }: GivenPassword): Promise<string> | null {
  if (passwordMd5 !== undefined) return passwords.hash(passwordMd5);
  return password === undefined ? null : hashPassword(passwords, password);
}

/** A mobile without its area code, or the other way round, names nobody. */
export function isWholePhone(given: {
  readonly areaCode?: string | null | undefined;
  readonly mobile?: string | null | undefined;
}): boolean {
  return (
    (given.areaCode === undefined) === (given.mobile === undefined) &&
    (given.areaCode === null) === (given.mobile === null)
  );
}

export const WHOLE_PHONE = { path: ['mobile'], message: 'comes with `areaCode`: send both, or null for both' };
