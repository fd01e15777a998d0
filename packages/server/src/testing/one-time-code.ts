import { TOTP } from 'otpauth';

/** What an authenticator app with this secret shows at that moment. */
export function codeOf(secret: string, at: number): string {
  return new TOTP({ secret }).generate({ timestamp: at });
}
