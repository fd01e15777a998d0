import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { GUESS_COUNTS, PASSKEYS } from '../domain/limits.ts';
import type { Clock } from './clock.ts';
import { createRecentInstants } from './recent-instants.ts';

/** What passkeys sign. Nothing is kept of one until it was used, so that strangers can draw as many as they like. */
export interface PasskeyChallenges {
  /** A new one, in base64url. `purpose` says what it is for: a session, or a way to sign in. */
  draw(purpose: string): string;
  /** Whether it was drawn here for this, lately, and wasn't used. */
  isGood(challenge: string, purpose: string): boolean;
  /** Uses it up. Only after what signed it was right. */
  use(challenge: string): void;
}

const RANDOM_BYTES = 16;
const TIME_BYTES = 8;
const MAC_BYTES = 16;

/**
 * One node: challenges are of this process. With several, what one of them drew another would refuse: they would share a key, and
 * which of them were used.
 */
export function createPasskeyChallenges(clock: Pick<Clock, 'monotonic'>): PasskeyChallenges {
  const now = () => clock.monotonic();
  const key = randomBytes(32);
  const used = createRecentInstants(now, { windowMs: PASSKEYS.challengeMs, perKey: 1, keys: GUESS_COUNTS });
  const macOf = (drawn: Uint8Array, purpose: string) =>
    createHmac('sha256', key).update(drawn).update(purpose).digest().subarray(0, MAC_BYTES);

  return {
    draw(purpose) {
      const drawn = Buffer.alloc(RANDOM_BYTES + TIME_BYTES);
      randomBytes(RANDOM_BYTES).copy(drawn);
      drawn.writeDoubleBE(now(), RANDOM_BYTES);
      return Buffer.concat([drawn, macOf(drawn, purpose)]).toString('base64url');
    },
    isGood(challenge, purpose) {
      const bytes = Buffer.from(challenge, 'base64url');
      if (bytes.length !== RANDOM_BYTES + TIME_BYTES + MAC_BYTES || bytes.toString('base64url') !== challenge)
        return false;
      const drawn = bytes.subarray(0, RANDOM_BYTES + TIME_BYTES);
      if (!timingSafeEqual(bytes.subarray(RANDOM_BYTES + TIME_BYTES), macOf(drawn, purpose))) return false;
      return now() - drawn.readDoubleBE(RANDOM_BYTES) < PASSKEYS.challengeMs && used.of(challenge).length === 0;
    },
    use: (challenge) => used.add(challenge),
  };
}
