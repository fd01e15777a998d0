import { randomBytes } from 'node:crypto';
import { hashToken } from '../domain/token.ts';
import type { Run } from './runner.ts';

/** Where the console sets an empty server up; the token comes behind a #, which browsers send to nobody. */
export const SET_UP_PATH = '/set-up';

/**
 * Lets whoever has the token that this answers set an empty server up, once and until the next start. Null where there is a property
 * already.
 */
export async function offerSetUp(run: Run): Promise<string | null> {
  const token = randomBytes(32).toString('base64url');
  return (await run('offerSetUp', { tokenHash: hashToken(token) })) ? token : null;
}
