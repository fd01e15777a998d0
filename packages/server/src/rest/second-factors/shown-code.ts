import { z } from 'zod';
import {
  type Authenticator,
  hashRecoveryCode,
  type Passkey,
  type RecoveryCodes,
  type ShownFactor,
} from '../../domain/second-factor.ts';
import { sourceKey } from '../../runtime/client-address.ts';
import type { GuessedFactor } from '../../runtime/factor-guesses.ts';
import { stepOfCode } from '../../runtime/one-time-codes.ts';
import type { AuthenticationResponseJSON, PasskeyUse } from '../../runtime/passkeys.ts';
import { PURPOSE } from '../../runtime/sealed-secret.ts';
import type { HandlerParts } from '../parts.ts';
import { ProblemError } from '../problems.ts';
import { passed } from '../sessions/create-session.ts';
import { refuseWithoutParty } from './passkey-fields.ts';

/** A code as an app shows it, maybe with a blank in the middle. */
export const oneTimeCode = z
  .string()
  .max(20)
  .transform((code) => code.replaceAll(' ', ''))
  .refine((code) => /^\d{6}$/.test(code), 'is the six digits that the app shows')
  .meta({ description: 'The six digits that the app shows now.' });

interface Shower {
  readonly personId: string;
  /** The address that it came from. */
  readonly from: string;
  readonly now: number;
  readonly parts: HandlerParts;
}

/** The step of a right code that wasn't used before. Throws a problem for any other. */
export async function stepShown(shower: Shower, authenticator: Authenticator, code: string): Promise<number> {
  const { parts, now } = shower;
  const { sealedSecret, lastStep } = authenticator;
  const secret = new TextDecoder().decode(parts.sealer.open(sealedSecret, PURPOSE.authenticatorSecret));
  const step = stepOfCode(secret, code, now) ?? lastStep;
  await checked(shower, 'authenticator', code, () => step > lastStep);
  return step;
}

/** The hash of a recovery code that is left. Throws a problem for any other. */
export async function recoveryCodeShown(shower: Shower, codes: RecoveryCodes | null, code: string): Promise<string> {
  const hash = hashRecoveryCode(shower.personId, code);
  await checked(shower, 'recovery-code', hash, () => codes?.hashes.includes(hash) === true);
  return hash;
}

/** Which of these passkeys was shown, and what it counted. Throws a problem for any other. */
export async function passkeyShown(
  { parts }: Pick<Shower, 'parts'>,
  use: PasskeyUse,
  passkeys: readonly Passkey[],
  response: { readonly id: string },
): Promise<ShownFactor> {
  refuseWithoutParty(parts.passkeys);
  const passkey = passkeys.find(({ credentialId }) => credentialId === response.id);
  const counter = passkey && (await parts.passkeys.shown(response as AuthenticationResponseJSON, use, passkey));
  // Nobody guesses a signature: these are not counted.
  if (passkey === undefined || counter == null) throw new ProblemError('factor-refused');
  return { by: 'passkey', id: passkey.id, counter };
}

async function checked({ personId, from, parts }: Shower, factor: GuessedFactor, code: string, isRight: () => boolean) {
  const way = { by: 'source', source: sourceKey(from) } as const;
  const refusal = await parts.checkFactor({ factor, personId, way, code }, isRight);
  if (refusal === 'wrong') throw new ProblemError('factor-refused');
  if (refusal !== null) passed({ ok: false, refusal });
}
