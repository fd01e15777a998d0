import { z } from 'zod';
import type { Factors } from '../../domain/second-factor.ts';
import { time, timeOf, timeOrNull } from '../fields.ts';
import { passkeyView, viewOfPasskey } from './passkey-fields.ts';

/** What somebody has besides their password, as /v1 shows it. */
export const factorsView = z
  .object({
    authenticator: z
      .object({
        createdAt: time,
        lastUsedAt: time.nullable(),
      })
      .nullable()
      .meta({ description: 'An app that shows one-time codes; null where none was confirmed.' }),
    passkeys: z.array(passkeyView),
    recoveryCodes: z
      .object({ createdAt: time, left: z.int().meta({ description: 'How many were not used yet.' }) })
      .nullable()
      .meta({ description: 'Null where none were made.' }),
  })
  .meta({ id: 'Factors', description: 'What a person shows besides their password when they sign in.' });

export function viewOfFactors({ authenticator, passkeys, recoveryCodes }: Factors) {
  return {
    authenticator:
      authenticator?.state === 'confirmed'
        ? { createdAt: timeOf(authenticator.createdAt), lastUsedAt: timeOrNull(authenticator.lastUsedAt) }
        : null,
    passkeys: passkeys.map(viewOfPasskey),
    recoveryCodes: recoveryCodes && {
      createdAt: timeOf(recoveryCodes.createdAt),
      left: recoveryCodes.hashes.length,
    },
  };
}
