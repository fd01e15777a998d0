import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { createCredentials } from '../../packages/server/src/runtime/credentials.ts';
import { argon2Passwords, checksAtOnce } from '../../packages/server/src/runtime/password.ts';
import type { Read } from '../../packages/server/src/runtime/runner.ts';

// What a flood of passwords costs others: the slowest of 20 reads of a file, idle and under the flood, with as many
// checks at once as the server runs, and with all of them at once. Run: npm run bench -- password-flood [rounds]

const ROUNDS = Number(process.argv[2] ?? 5);
const PASSWORDS = 100;
const READS = 20;

/** Nobody is known here, so that every password is checked. */
const readNobody = (async () => null) as unknown as Read;

async function slowestRead(): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < READS; n += 1) {
    const start = performance.now();
    await readFile(new URL(import.meta.url));
    times.push(performance.now() - start);
  }
  return Math.max(...times);
}

async function underFlood(atOnce: number): Promise<{ readonly read: number; readonly checksPerSecond: number }> {
  const clock = { monotonic: () => performance.now() };
  const credentials = createCredentials({ read: readNobody, clock, passwords: argon2Passwords, atOnce });
  const check = (n: number) =>
    credentials.checkMember('p', { by: 'account', sid: 'a' }, { by: 'email', email: `${n}@x` }, 'a'.repeat(32));
  // The hash that nobody's password is compared with is made first.
  await check(0);
  const start = performance.now();
  const flood = Promise.all(Array.from({ length: PASSWORDS }, (_, n) => check(n + 1)));
  const read = await slowestRead();
  await flood;
  return { read, checksPerSecond: PASSWORDS / ((performance.now() - start) / 1000) };
}

const atOnce = checksAtOnce(availableParallelism(), 4);
for (let round = 0; round < ROUNDS; round += 1) {
  const idle = await slowestRead();
  console.log(`idle: ${idle.toFixed(2)} ms`);
  for (const checks of [atOnce, PASSWORDS]) {
    const { read, checksPerSecond } = await underFlood(checks);
    const ratio = (read / idle).toFixed(1);
    console.log(`${checks} at once: ${read.toFixed(2)} ms (×${ratio}), ${checksPerSecond.toFixed(0)} checks/s`);
  }
}
