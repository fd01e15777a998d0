import { describe, expect, it } from 'vitest';
import { PASSKEYS } from '../domain/limits.ts';
import { createPasskeyChallenges } from './passkey-challenges.ts';

describe('a challenge', () => {
  let now = 1_000;
  const challenges = createPasskeyChallenges({ monotonic: () => now });

  it('is good for what it was drawn for, once', () => {
    const challenge = challenges.draw('open one');
    expect(challenges.draw('open one')).not.toBe(challenge);
    expect(challenges.isGood(challenge, 'open one')).toBe(true);
    expect(challenges.isGood(challenge, 'open another')).toBe(false);
    challenges.use(challenge);
    expect(challenges.isGood(challenge, 'open one')).toBe(false);
  });

  it('is over in five minutes', () => {
    const challenge = challenges.draw('open');
    now += PASSKEYS.challengeMs - 1;
    expect(challenges.isGood(challenge, 'open')).toBe(true);
    now += 1;
    expect(challenges.isGood(challenge, 'open')).toBe(false);
  });

  it('is nothing that somebody made up, changed, spelled otherwise, or drew elsewhere', () => {
    const challenge = challenges.draw('open');
    const other = createPasskeyChallenges({ monotonic: () => now });
    const changed = `${challenge[0] === 'A' ? 'B' : 'A'}${challenge.slice(1)}`;
    for (const wrong of ['', 'AAAA', changed, `${challenge}=`, `${challenge}A`, other.draw('open')])
      expect(challenges.isGood(wrong, 'open')).toBe(false);
  });
});
