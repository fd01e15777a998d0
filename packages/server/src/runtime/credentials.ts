import { createHmac, randomBytes } from 'node:crypto';
import type { Refusal } from '../domain/authorise.ts';
import { FAILURES, REMEMBER_PASSWORD_MS } from '../domain/limits.ts';
import type { Creator, Member } from '../domain/people.ts';
import type { Clock } from './clock.ts';
import { createFailureLimit, type FailureLimit } from './failure-limit.ts';
import type { Passwords } from './password.ts';
import type { Run } from './runner.ts';

export type MemberCheck =
  | { readonly ok: true; readonly member: Member }
  | { readonly ok: false; readonly refusal: Refusal };

export interface Credentials {
  /** Checks a member's password; a failure counts against the member and, where there is one, the account. */
  checkMember(
    propertyId: string,
    accountSid: string | null,
    creator: Creator,
    passwordMd5: string,
  ): Promise<MemberCheck>;
  /** Failures of whole accounts, wrong signatures among them. */
  readonly accounts: FailureLimit;
}

const REMEMBERED = 10_000;

/**
 * The check of members' passwords. A check costs some 20 ms on purpose, so one that succeeded is remembered for five
 * minutes: in memory alone, under a key of this process, for this version of the member only.
 */
export function createCredentials(run: Run, clock: Clock, passwords: Passwords): Credentials {
  const members = createFailureLimit(clock, FAILURES.perMember);
  const accounts = createFailureLimit(clock, FAILURES.perAccount);
  const remembered = new Map<string, number>();
  const processKey = randomBytes(32);
  // What the password of nobody is compared with, so that an unknown creator costs the same time.
  const nobody = passwords.hash(randomBytes(16).toString('hex'));

  const isRight = async (member: Member | null, md5: string): Promise<boolean> => {
    if (member === null) {
      await passwords.verify(await nobody, md5);
      return false;
    }
    const text = JSON.stringify([member.propertyId, member.id, member.version, md5]);
    const mark = createHmac('sha256', processKey).update(text).digest('base64');
    const until = remembered.get(mark);
    if (until !== undefined && clock.monotonic() < until) return true;
    remembered.delete(mark);
    if (!(await passwords.verify(member.passwordHash, md5))) return false;
    const oldest = remembered.size >= REMEMBERED ? remembered.keys().next() : undefined;
    if (oldest !== undefined && !oldest.done) remembered.delete(oldest.value);
    remembered.set(mark, clock.monotonic() + REMEMBER_PASSWORD_MS);
    return true;
  };

  return {
    accounts,
    async checkMember(propertyId, accountSid, creator, passwordMd5) {
      const door = JSON.stringify([propertyId, creator]);
      const closed = members.closed(door) ?? (accountSid === null ? null : accounts.closed(accountSid));
      if (closed !== null) return { ok: false, refusal: closed };
      const member = await run('findMember', { propertyId, creator });
      if ((await isRight(member, passwordMd5)) && member !== null) {
        members.forget(door);
        return { ok: true, member };
      }
      members.fail(door);
      if (accountSid !== null) accounts.fail(accountSid);
      return { ok: false, refusal: { cause: 'creator-or-password' } };
    },
  };
}
