import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { Refusal } from '../domain/authorise.ts';
import { foldEmail } from '../domain/fold-email.ts';
import type { Way } from '../domain/guess-limit.ts';
import { GUESS_COUNTS, PASSWORD_GUESSES, PASSWORDS_WAITING, REMEMBER_PASSWORD_MS } from '../domain/limits.ts';
import type { Creator, Member } from '../domain/people.ts';
import type { Person } from '../domain/person.ts';
import type { SessionOf } from '../domain/session.ts';
import type { Clock } from './clock.ts';
import { createGuessCounts } from './guess-counts.ts';
import { createGuessGate, type Guess } from './guess-gate.ts';
import { md5Of, type Passwords, verifyPersonPassword } from './password.ts';
import { createRecentInstants } from './recent-instants.ts';
import type { Read } from './runner.ts';

export type MemberCheck =
  | { readonly ok: true; readonly member: Member }
  | { readonly ok: false; readonly refusal: Refusal };

/** A right password, or why it isn't. */
export type Checked<Kind extends 'member' | 'person'> =
  | (Kind extends 'member'
      ? { readonly ok: true; readonly member: Member }
      : { readonly ok: true; readonly person: Person })
  | { readonly ok: false; readonly refusal: Refusal };

export interface Credentials {
  /** The same for a person's own password. */
  checkPerson(way: Way, name: Creator, password: string): Promise<Checked<'person'>>;
  /** The password of somebody who is known already. */
  checkKnown(
    who: SessionOf,
    way: Way,
    password: string,
  ): Promise<{ readonly ok: true } | Extract<MemberCheck, { ok: false }>>;
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
  const ofPerson = ({ id, version, passwordHash }: Person, password: string): Omit<Guess, 'way'> => {
    const shown = mark('person password', id, version, password);
    return {
      counts: ofMembers,
      subject: JSON.stringify(['person', id]),
      shown,
      isKnown: () => false,
      check: () => verifyPersonPassword(passwords, passwordHash, password),
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

  /** Null for a right one. */
  const refusalOf = async (guess: Omit<Guess, 'way'>, way: Way): Promise<Refusal | null> => {
    const result = await gate({ ...guess, way });
    switch (result.outcome) {
      case 'right':
        return null;
      case 'wrong':
        return { cause: 'creator-or-password' };
      case 'closed':
        return tooManyFailures(result.until - now());
      case 'busy':
        return { cause: 'server-busy' };
    }
  };
  const checkMember = async (member: Member, way: Way, md5: string): Promise<MemberCheck> => {
    const refusal = await refusalOf(ofMember(member, md5), way);
    if (refusal !== null) return { ok: false, refusal };
    onRight?.(member);
    return { ok: true, member };
  };
  /** Nobody's password is never right. */
  const checkNobody = async (propertyId: string, way: Way, name: Creator, shown: string) => {
    const refusal = await refusalOf(ofNobody(propertyId, name, shown), way);
    if (refusal === null) throw new Error('a password was right for a creator that nobody is');
    return { ok: false, refusal } as const;
  };
  const checkPerson = async (person: Person, way: Way, password: string): Promise<Checked<'person'>> => {
    const refusal = await refusalOf(ofPerson(person, password), way);
    return refusal === null ? { ok: true, person } : { ok: false, refusal };
  };
  const gone = { ok: false, refusal: { cause: 'creator-or-password' } } as const;

  return {
    async checkMember(propertyId, way, creator, passwordMd5) {
      const md5 = passwordMd5.toLowerCase();
      const member = await read('findMember', { propertyId, creator });
      return member === null ? checkNobody(propertyId, way, creator, md5) : checkMember(member, way, md5);
    },
    async checkPerson(way, name, password) {
      const person = await read('findPerson', { name });
      // No property has this id.
      return person === null ? checkNobody('persons', way, name, password) : checkPerson(person, way, password);
    },
    async checkKnown(who, way, password) {
      if (who.kind === 'person') {
        const person = await read('getPerson', { id: who.personId });
        return person === null ? gone : checkPerson(person, way, password);
      }
      const member = await read('getMemberRow', who);
      return member === null ? gone : checkMember(member, way, md5Of(password));
    },
  };
}

export function tooManyFailures(remainingMs: number): Refusal {
  return { cause: 'too-many-failures', facts: { minutes: Math.max(1, Math.ceil(remainingMs / 60_000)) } };
}

/** A name as the store finds it, so that spellings of one name are counted together. */
function nameOf(creator: Creator): string {
  return creator.by === 'mobile' ? `${creator.areaCode} ${creator.mobile}` : foldEmail(creator.email);
}
