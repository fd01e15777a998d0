import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { Refusal } from '../domain/authorise.ts';
import { foldEmail } from '../domain/fold-email.ts';
import type { Way } from '../domain/guess-limit.ts';
import { GUESS_COUNTS, PASSWORD_GUESSES, PASSWORDS_WAITING, REMEMBER_PASSWORD_MS } from '../domain/limits.ts';
import type { Creator, Member } from '../domain/people.ts';
import type { Clock } from './clock.ts';
import { createGuessCounts } from './guess-counts.ts';
import { createGuessGate, type Guess } from './guess-gate.ts';
import type { Passwords } from './password.ts';
import { createRecentInstants } from './recent-instants.ts';
import type { Read } from './runner.ts';

export type MemberCheck =
  | { readonly ok: true; readonly member: Member }
  | { readonly ok: false; readonly refusal: Refusal };

export interface Credentials {
  /**
   * Checks a member's password, shown by this way. Too many wrong ones close the way to that member, and nothing else.
   * A name that nobody has is answered the same, after the same work.
   */
  checkMember(propertyId: string, way: Way, creator: Creator, passwordMd5: string): Promise<MemberCheck>;
}

export interface CredentialsParts {
  readonly read: Read;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly passwords: Passwords;
  /** Checks that run at the same time. */
  readonly atOnce: number;
  /** Hears of each password that was right. */
  readonly onRight?: (member: Member) => void;
  /** Counts that are kept, of each kind; GUESS_COUNTS unless told otherwise. */
  readonly keys?: number;
}

/** Right passwords that are remembered. */
const REMEMBERED = 10_000;

/**
 * The check of members' passwords. A check costs some 20 ms on purpose, so one that succeeded is remembered for five
 * minutes: in memory alone, under a key of this process, for this version of the member only.
 *
 * One node: wrong passwords are counted in this process. With several, as many guesses would be free at each.
 */
export function createCredentials({
  read,
  clock,
  passwords,
  atOnce,
  onRight,
  keys = GUESS_COUNTS,
}: CredentialsParts): Credentials {
  const now = () => clock.monotonic();
  const ofMembers = createGuessCounts(now, PASSWORD_GUESSES, keys);
  // Apart, so that made-up names push out no member's count.
  const ofNames = createGuessCounts(now, PASSWORD_GUESSES, keys);
  const gate = createGuessGate({ atOnce, waiting: PASSWORDS_WAITING });
  const remembered = createRecentInstants(now, { windowMs: REMEMBER_PASSWORD_MS, perKey: 1, keys: REMEMBERED });
  // As an object: bytes would be made one for each mark.
  const processKey = createSecretKey(randomBytes(32));
  const mark = (...parts: readonly (string | number)[]) =>
    createHmac('sha256', processKey).update(JSON.stringify(parts)).digest('base64');
  // What the password of nobody is compared with, so that an unknown creator costs the same time.
  let nobody: Promise<string> | null = null;
  const hashOfNobody = (): Promise<string> => {
    nobody ??= passwords.hash(randomBytes(16).toString('hex')).catch((error: unknown) => {
      // The next check tries again: an error that stays would tell which names nobody has.
      nobody = null;
      throw error;
    });
    return nobody;
  };
  // Made before it is needed, so that the first unknown creator costs no more. Whoever needs it hears of a failure.
  hashOfNobody().catch(() => {});

  const ofMember = ({ propertyId, id, version, passwordHash }: Member, md5: string): Omit<Guess, 'way'> => {
    const shown = mark('password', propertyId, id, version, md5);
    return {
      counts: ofMembers,
      subject: JSON.stringify([propertyId, id]),
      shown,
      isKnown: () => remembered.of(shown).length > 0,
      async check() {
        const right = await passwords.verify(passwordHash, md5);
        if (right) remembered.add(shown);
        return right;
      },
    };
  };
  const ofNobody = (propertyId: string, creator: Creator, md5: string): Omit<Guess, 'way'> => {
    const subject = mark('name', propertyId, nameOf(creator));
    return {
      counts: ofNames,
      subject,
      shown: mark('password', subject, md5),
      isKnown: () => false,
      async check() {
        await passwords.verify(await hashOfNobody(), md5);
        return false;
      },
    };
  };

  return {
    async checkMember(propertyId, way, creator, passwordMd5) {
      const md5 = passwordMd5.toLowerCase();
      const member = await read('findMember', { propertyId, creator });
      const guess = member === null ? ofNobody(propertyId, creator, md5) : ofMember(member, md5);
      const result = await gate({ ...guess, way });
      switch (result.outcome) {
        case 'right':
          // Nobody's password is never right.
          if (member === null) throw new Error('a password was right for a creator that nobody is');
          onRight?.(member);
          return { ok: true, member };
        case 'wrong':
          return { ok: false, refusal: { cause: 'creator-or-password' } };
        case 'closed':
          return { ok: false, refusal: tooManyFailures(result.until - now()) };
        case 'busy':
          return { ok: false, refusal: { cause: 'server-busy' } };
      }
    },
  };
}

function tooManyFailures(remainingMs: number): Refusal {
  return { cause: 'too-many-failures', facts: { minutes: Math.max(1, Math.ceil(remainingMs / 60_000)) } };
}

/** A name as the store finds it, so that spellings of one name are counted together. */
function nameOf(creator: Creator): string {
  return creator.by === 'mobile' ? `${creator.areaCode} ${creator.mobile}` : foldEmail(creator.email);
}
