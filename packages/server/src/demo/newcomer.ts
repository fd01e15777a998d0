import { SIGN_IN_LINKS } from '../domain/limits.ts';
import { hashToken, lookupOfKind } from '../domain/token.ts';
import type { Clock } from '../runtime/clock.ts';
import { drawToken } from '../runtime/draw-token.ts';
import { hashPassword, hashPersonPassword, type Passwords } from '../runtime/password.ts';
import type { Read, Run } from '../runtime/runner.ts';
import { DEMO_ADMINISTRATOR, demoAdministrator } from './people.ts';
import { PUBLISHED } from './published.ts';

export interface NewcomerParts {
  readonly run: Run;
  readonly read: Read;
  readonly passwords: Passwords;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
}

/**
 * The token of a link that signs a newcomer in as the demonstration's administrator, once; the link before is void. A demonstration
 * of an earlier version gets its administrator first. Null where its property has another number by now, or the link can't be made.
 */
export async function offerNewcomerLink(parts: NewcomerParts): Promise<string | null> {
  const personId = (await findAdministrator(parts)) ?? (await addAdministrator(parts));
  if (personId === null) return null;
  const token = drawToken('link');
  const now = parts.clock.now();
  const offered = await parts.run('offerSignInLink', {
    of: { kind: 'person', personId },
    lookup: lookupOfKind('link', token) as string,
    tokenHash: hashToken(token),
    expiresAt: now + SIGN_IN_LINKS.validMs,
    now,
  });
  return offered.verdict === 'offered' ? token : null;
}

async function findAdministrator({ read }: NewcomerParts): Promise<string | null> {
  return (await read('findPerson', { name: { by: 'email', email: DEMO_ADMINISTRATOR.email } }))?.id ?? null;
}

async function addAdministrator({ run, read, passwords, clock, newId }: NewcomerParts): Promise<string | null> {
  const property = await read('findPropertyByNumber', { number: PUBLISHED.propertyNumber });
  if (property === null) return null;
  const { password } = DEMO_ADMINISTRATOR;
  const [person, member] = await Promise.all([
    hashPersonPassword(passwords, password),
    hashPassword(passwords, password),
  ]);
  const added = demoAdministrator(property.id, { person, member }, newId, clock.now());
  await run('putRows', {
    rows: [
      { table: 'persons', row: added.person },
      { table: 'members', row: added.member },
      { table: 'joinedMembers', row: added.joined },
    ],
    onlyIfEmpty: false,
  });
  return added.person.id;
}
