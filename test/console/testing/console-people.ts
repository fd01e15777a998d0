import { type Member, newMember } from '@keyrack/server/domain/people.ts';
import type { Person } from '@keyrack/server/domain/person.ts';
import type { SessionOf } from '@keyrack/server/domain/session.ts';
import { drawToken } from '@keyrack/server/runtime/draw-token.ts';
import { argon2Passwords, hashPassword, hashPersonPassword } from '@keyrack/server/runtime/password.ts';
import { sessionRow } from '@keyrack/server/testing/rest-world.ts';
import { putSignInLink } from '@keyrack/server/testing/sign-in-link.ts';
import { v7 as uuidv7 } from 'uuid';
import type { TestProperty } from '../../world/test-property.ts';

/** Who works at the hotel of these tests. Each is a person with one membership there; the owner administers it, too. */
export const ROLES = {
  owner: { name: 'Olga Owner', role: 'administrator' },
  administrator: { name: 'Ada Admin', role: 'administrator' },
  receptionist: { name: 'Rita Reception', role: 'receptionist' },
  auditor: { name: 'Aki Audit', role: 'auditor' },
} as const;

export type ConsoleRole = keyof typeof ROLES;

/** The password of each of them, which signs them in, and of their membership. */
export const PASSWORD = 'correct horse battery';

export interface ConsolePerson {
  readonly person: Person;
  readonly member: Member;
  readonly email: string;
  /** The token of a new session. */
  session(): Promise<string>;
  /** The token of a new one-time link that signs them in: `/sign-in#link=TOKEN`. */
  link(): Promise<string>;
}

export type ConsolePeople = Readonly<Record<ConsoleRole, ConsolePerson>>;

let hashes: Promise<{ person: string; member: string }> | null = null;

/** Hashes cost work, and are the same for everybody. */
async function makeHashes() {
  const [person, member] = await Promise.all([
    hashPersonPassword(argon2Passwords, PASSWORD),
    hashPassword(argon2Passwords, PASSWORD),
  ]);
  return { person, member };
}

export async function putPeople(property: TestProperty): Promise<ConsolePeople> {
  hashes ??= makeHashes();
  const hash = await hashes;
  const propertyId = property.hotel.property.id;
  const made = await Promise.all(
    Object.entries(ROLES).map(async ([key, { name, role }]) => {
      const email = `${key}@hotel.example`;
      const named = { name, areaCode: null, mobile: null, email };
      const person: Person = {
        ...named,
        id: uuidv7(),
        passwordHash: hash.person,
        owner: key === 'owner',
        version: 1,
        createdAt: Date.now(),
      };
      const issuingPermission = role !== 'auditor';
      const member = newMember({
        ...named,
        propertyId,
        id: uuidv7(),
        role,
        passwordHash: hash.member,
        issuingPermission,
      });
      await property.put(
        { table: 'persons', row: person },
        { table: 'members', row: member },
        { table: 'joinedMembers', row: { propertyId, memberId: member.id, personId: person.id, at: Date.now() } },
      );
      const of: SessionOf = { kind: 'person', personId: person.id };
      const found: ConsolePerson = {
        person,
        member,
        email,
        async session() {
          const token = drawToken('session');
          await property.put(sessionRow(token, of, { id: uuidv7(), client: 'Chromium' }));
          return token;
        },
        link: () => putSignInLink(property, of),
      };
      return [key, found] as const;
    }),
  );
  return Object.fromEntries(made) as unknown as ConsolePeople;
}
