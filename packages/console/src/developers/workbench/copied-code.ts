import type { SignedRequest } from './signed-request.ts';

/**
 * The request as a line for curl, in every shell: the form leaves no sign in it that any of them takes for its own. The
 * signature is in it, and the token isn't.
 */
export function curlLine(origin: string, { path, body }: SignedRequest): string {
  return `curl "${origin}${path}" -d "${body}"`;
}

/** The same by the SDK, as a program of its own. It takes the token from the environment, so that no file holds it. */
export function sdkCode(origin: string, sid: string, { endpoint, fields }: SignedRequest): string {
  const lines = Object.entries(fields).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},`);
  return [
    "import { createRoomCards } from '@keyrack/sdk/room-card';",
    '',
    'const roomCards = createRoomCards({',
    `  url: ${JSON.stringify(origin)},`,
    `  accountSid: ${JSON.stringify(sid)},`,
    "  authToken: process.env.KEYRACK_AUTH_TOKEN ?? '',",
    '});',
    '',
    `const answer = await roomCards.${endpoint}({`,
    ...lines,
    '});',
    'console.log(answer);',
  ].join('\n');
}
