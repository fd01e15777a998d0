import type { Answer, Input } from '@keyrack/sdk';
import { keyrack } from '../api/keyrack.ts';

/** Why no passkey was shown: by whoever was asked for one, or by a browser that has none. */
export class PasskeyNotShown extends Error {
  override readonly name = 'PasskeyNotShown';
}

/** Whether this browser knows passkeys at all. */
export function knowsPasskeys(): boolean {
  return typeof PublicKeyCredential === 'function' && window.isSecureContext;
}

/** Lets the browser ask for a passkey: for a half-open session, or without one to sign in by it alone. */
export async function showPasskey(session: string | null): Promise<Shown> {
  const options = await keyrack.call('askForPasskey', session === null ? {} : { session });
  // What makes and shows passkeys is loaded by who has some.
  const { startAuthentication } = await import('@simplewebauthn/browser');
  try {
    return (await startAuthentication({ optionsJSON: options as never })) as unknown as Shown;
  } catch (error) {
    throw new PasskeyNotShown(String(error));
  }
}

/** Lets the browser make a passkey by what the server wants. */
export async function makePasskey(options: Answer<'beginPasskey'>): Promise<Made> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  try {
    return (await startRegistration({ optionsJSON: options as never })) as unknown as Made;
  } catch (error) {
    throw new PasskeyNotShown(String(error));
  }
}

type Shown = Input<'createPasskeySession'>['passkey'];
type Made = Input<'createPasskey'>['passkey'];
