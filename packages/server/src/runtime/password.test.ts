import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Creator, Member } from '../domain/people.ts';
import { createCredentials } from './credentials.ts';
import { argon2Passwords, checksAtOnce } from './password.ts';
import type { Read } from './runner.ts';

test.each([
  [1, 4, 1],
  [2, 4, 1],
  [3, 4, 2],
  [64, 4, 2],
  [64, 32, 30],
  [8, 1, 1],
  [8, 2, 1],
])('of %i cores and %i threads, %i check passwords at once', (cores, threads, checks) => {
  expect(checksAtOnce(cores, threads)).toBe(checks);
});

test('a flood of passwords holds up no file', async () => {
  const read = (async () => null satisfies Member | null) as unknown as Read;
  const credentials = createCredentials({
    read,
    clock: { monotonic: () => performance.now() },
    passwords: argon2Passwords,
    atOnce: checksAtOnce(64, 4),
  });
  let checked = 0;
  const check = async (n: number) => {
    const creator: Creator = { by: 'email', email: `nobody${n}@keyrack.example` };
    await credentials.checkMember('hotel', { by: 'account', sid: 'a' }, creator, 'a'.repeat(32));
    checked += 1;
  };
  await check(0);
  const flood = Array.from({ length: 40 }, (_, n) => check(n + 1));
  await flood[0];
  const before = checked;
  // Several steps on libuv's threads, each of which would otherwise stand behind all checks.
  await readFile(new URL(import.meta.url));
  expect(checked - before).toBeLessThan(20);
  await Promise.all(flood);
});
