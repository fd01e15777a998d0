import { expect, it } from 'vitest';
import { createOpenedSecrets, OPENED_SECRETS } from './opened-secrets.ts';
import { createSealer, PURPOSE } from './sealed-secret.ts';

function secretsWithClock() {
  const sealer = createSealer([{ version: 1, key: new Uint8Array(32).fill(1) }]);
  const clock = { now: 0, monotonic: () => clock.now };
  let opened = 0;
  const open = createOpenedSecrets(
    {
      open(sealed, purpose) {
        opened += 1;
        return sealer.open(sealed, purpose);
      },
    },
    clock,
  );
  return { sealer, clock, open, opened: () => opened };
}

const token = Buffer.from('a token');

it('opens a secret once, and again when its time is over', () => {
  const { sealer, clock, open, opened } = secretsWithClock();
  const sealed = sealer.seal(token, PURPOSE.accountToken);
  for (let times = 0; times < 3; times += 1)
    expect(Buffer.from(open(sealed, PURPOSE.accountToken)).toString()).toBe('a token');
  expect(opened()).toBe(1);
  clock.now = OPENED_SECRETS.lifetimeMs;
  open(sealed, PURPOSE.accountToken);
  expect(opened()).toBe(2);
});

it('opens for the purpose that it was sealed for alone, also while it is open', () => {
  const { sealer, open } = secretsWithClock();
  const sealed = sealer.seal(token, PURPOSE.accountToken);
  open(sealed, PURPOSE.accountToken);
  expect(() => open(sealed, PURPOSE.propertyCardKey)).toThrow();
});
