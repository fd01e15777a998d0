import { randomBytes } from 'node:crypto';
import { PROPERTY_CARD_KEY_BYTES } from '@keyrack/protocol';
import { newAccount, newMember } from '../domain/people.ts';
import { newProperty } from '../domain/places.ts';
import { drawAccountSid, drawAuthToken } from '../runtime/draw-token.ts';
import { hashPassword, type Passwords } from '../runtime/password.ts';
import { PURPOSE, type Sealer } from '../runtime/sealed-secret.ts';
import type { TableRow } from '../transactions/property/put-rows.ts';
import type { SetupForm } from './setup-form.ts';

/** What a person must be shown once, for nothing but its hash or a sealed form is kept. */
export interface FirstCredentials {
  readonly propertyId: string;
  readonly accountSid: string;
  readonly authToken: string;
}

/** Rows of a server's first property: its card key, an administrator and a developer account. */
export async function firstProperty(
  form: SetupForm,
  { sealer, passwords, newId }: { sealer: Sealer; passwords: Passwords; newId: () => string },
): Promise<{ rows: TableRow[]; credentials: FirstCredentials }> {
  const propertyId = newId();
  const accountSid = drawAccountSid();
  const authToken = drawAuthToken();
  const cardKey = new Uint8Array(randomBytes(PROPERTY_CARD_KEY_BYTES));
  const passwordHash = await hashPassword(passwords, form.password);
  const rows: TableRow[] = [
    {
      table: 'properties',
      row: newProperty({
        id: propertyId,
        number: form.propertyNumber,
        name: form.propertyName,
        timeZone: form.timeZone,
        sealedCardKey: sealer.seal(cardKey, PURPOSE.propertyCardKey),
      }),
    },
    {
      table: 'members',
      row: newMember({
        propertyId,
        id: newId(),
        name: form.administratorName,
        role: 'administrator',
        email: form.email,
        passwordHash,
        issuingPermission: true,
      }),
    },
    {
      table: 'accounts',
      row: newAccount({
        sid: accountSid,
        name: form.propertyName,
        sealedToken: sealer.seal(new TextEncoder().encode(authToken), PURPOSE.accountToken),
      }),
    },
    { table: 'accountProperties', row: { propertyId, accountSid } },
  ];
  return { rows, credentials: { propertyId, accountSid, authToken } };
}
