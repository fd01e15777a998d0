import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import type { KnownAccountFacts } from '../../queries/accounts-page.ts';
import { isAddressRange } from '../../runtime/client-address.ts';
import { id, time, timeOrNull } from '../fields.ts';
import { ProblemError } from '../problems.ts';

const state = z.enum(['active', 'suspended']).meta({ id: 'AccountState' });

const about = {
  sid: z.string().meta({ description: 'The `accountSid` of the room-card API.' }),
  name: z.string(),
  state,
};

const fields = {
  ...about,
  properties: z.array(id).meta({ description: 'The properties that it may act for; the first 1,000 of them.' }),
  addressRanges: z.array(z.string()).meta({ description: 'Where it may ask from; empty for anywhere.' }),
  roomCardApi: z.boolean().meta({ description: 'Whether it may use the room-card API.' }),
  signatureA: z.boolean().meta({ description: 'Whether it may sign by form A, which can be replayed.' }),
  previousTokenUntil: time.nullable().meta({ description: 'Until when the token before signs too.' }),
};

/** A developer account as /v1 shows it. */
export const accountView = z
  .object(fields)
  .meta({ id: 'Account', description: "A software vendor's credentials of the room-card API." });

const token = z.string().nullable().meta({
  description:
    'The `authToken`. Keep it: it is shown this once. A repeat of the request shows it for ten minutes, and then null.',
});

export const createdAccountView = z
  .object({ ...fields, token })
  .meta({ id: 'CreatedAccount', description: 'A new developer account with its token.' });

export const accountTokenView = z
  .object({ token, previousTokenUntil: time.nullable() })
  .meta({ id: 'AccountToken', description: 'A new token of a developer account.' });

export const propertyAccountView = z
  .object(about)
  .meta({ id: 'PropertyAccount', description: 'A developer account that may act for a property.' });

export function viewOfAccount({ facts, properties, previousUntil }: KnownAccountFacts) {
  const addressRanges = [...facts.addressRanges];
  return { ...facts, addressRanges, properties: [...properties], previousTokenUntil: timeOrNull(previousUntil) };
}

export function tagOfAccount({ facts }: KnownAccountFacts): string {
  return entityTag({ ...facts });
}

export const accountSid = z.string().regex(/^[0-9A-Za-z]{32}$/, 'is 32 letters and digits');

/** A token that a vendor's software signs with already. */
export const givenToken = z
  .string()
  .regex(/^[\x21-\x7e]{16,128}$/, 'is 16 to 128 letters, digits and signs, without blanks');

export const addressRanges = z
  .array(z.string().max(64).refine(isAddressRange, 'is an IP address or a range of them, e.g. 203.0.113.0/24'))
  .max(50)
  .meta({ description: 'IP addresses and ranges, e.g. `203.0.113.0/24`, that it may ask from; empty for any.' });

export { state as accountState };

export function invalidBody(path: string, detail: string): ProblemError {
  return new ProblemError('invalid-request', { errors: [{ in: 'body', path, detail }] });
}
