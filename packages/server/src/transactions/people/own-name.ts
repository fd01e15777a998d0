import { INSTALLATION } from '../../domain/audit.ts';
import type { Doer } from '../../domain/caller.ts';
import type { Member } from '../../domain/people.ts';
import type { SessionOf } from '../../domain/session.ts';
import { membershipsOf } from '../../queries/persons.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';

interface SetOwnName {
  readonly of: SessionOf;
  readonly name: string;
  readonly doer: Doer;
  readonly now: number;
}

/**
 * Gives somebody the name that they want. Of a person's memberships, those change with it that were called as the person was: a
 * property that calls somebody otherwise goes on so. Records name nobody: they tell that it changed.
 */
export function setOwnName(tx: Tx, { of, name, doer, now }: SetOwnName): { readonly verdict: 'set' | 'not-found' } {
  const rename = (member: Member) => {
    if (member.name === name) return;
    const { propertyId, id } = member;
    tx.put('members', { ...member, name, version: member.version + 1 });
    const details = { member: id, changed: ['name'] };
    auditOf(tx, doer, { propertyId, at: now, action: 'member-changed', details });
  };
  if (of.kind === 'member') {
    const member = tx.get('members', of.propertyId, of.memberId);
    if (member === undefined) return { verdict: 'not-found' };
    rename(member);
    return { verdict: 'set' };
  }
  const { personId } = of;
  const person = tx.get('persons', personId);
  if (person === undefined) return { verdict: 'not-found' };
  if (person.name === name) return { verdict: 'set' };
  tx.put('persons', { ...person, name, version: person.version + 1 });
  const details = { person: personId, changed: ['name'] };
  auditOf(tx, doer, { propertyId: INSTALLATION, at: now, action: 'person-changed', details });
  for (const member of membershipsOf(tx, personId)) if (member.name === person.name) rename(member);
  return { verdict: 'set' };
}
