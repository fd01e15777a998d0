import type { Caller } from '../../domain/caller.ts';
import type { SessionOf } from '../../domain/session.ts';
import { ProblemError } from '../problems.ts';

/** Whose session a request came by. Keys are nobody's: for them there is nothing here. */
export function signedIn(caller: Caller): SessionOf {
  switch (caller.kind) {
    case 'member':
      return { kind: 'member', propertyId: caller.member.propertyId, memberId: caller.member.id };
    case 'person':
      return { kind: 'person', personId: caller.person.id };
    default:
      throw new ProblemError('not-found');
  }
}

/** The person whose session it is. */
export function personOf(caller: Caller): string {
  const of = signedIn(caller);
  if (of.kind !== 'person') throw new ProblemError('person-needed');
  return of.personId;
}
