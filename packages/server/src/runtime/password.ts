import { createHash } from 'node:crypto';
import { type Algorithm, hash, verify } from '@node-rs/argon2';

/** argon2id with OWASP's recommended cost (19 MiB, two passes): some 20 ms of one core for each check. */
const COST = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * Checks that may run at the same time. They run on libuv's threads (4 unless UV_THREADPOOL_SIZE says otherwise), as
 * does the file system: two are left to that, of which a slow name lookup may hold one. A core is left to all else.
 */
export function checksAtOnce(cores: number, poolThreads: number): number {
  return Math.max(1, Math.min(cores - 1, poolThreads - 2));
}

/** How passwords are kept and checked, passed in so that a simulation needn't pay for it. */
export interface Passwords {
  /** Hashes the md5 hex that clients send (docs/room-card-api.md, "Every request"). */
  hash(md5: string): Promise<string>;
  verify(passwordHash: string, md5: string): Promise<boolean>;
}

export const argon2Passwords: Passwords = {
  hash: (md5) => hash(md5.toLowerCase(), COST),
  verify: (passwordHash, md5) => verify(passwordHash, md5.toLowerCase()),
};

/** What is kept of a password that a person typed: clients of the room-card API send its md5, so the hash is of that. */
export function hashPassword(passwords: Passwords, password: string): Promise<string> {
  return passwords.hash(md5Of(password));
}

/** What clients of the room-card API send of a password. */
export function md5Of(password: string): string {
  return createHash('md5').update(password, 'utf8').digest('hex');
}

/** A person's password is checked over /v1 alone, so that nothing weaker than SHA-256 stands between. */
export function hashPersonPassword(passwords: Passwords, password: string): Promise<string> {
  return passwords.hash(sha256Of(password));
}

export function verifyPersonPassword(passwords: Passwords, passwordHash: string, password: string): Promise<boolean> {
  return passwords.verify(passwordHash, sha256Of(password));
}

function sha256Of(password: string): string {
  return createHash('sha256').update(password, 'utf8').digest('hex');
}
