import type { MemberVisit } from '../../domain/people.ts';
import type { Hint } from '../../store/hints.ts';
import type { Tx } from '../../store/store.ts';

/** Remembers when a member was last seen. */
export function noteMemberVisit(tx: Tx, visit: MemberVisit): void {
  tx.put('memberVisits', visit);
}

noteMemberVisit.hints = (hint: Hint, { propertyId, memberId }: MemberVisit) => {
  hint.get('memberVisits', propertyId, memberId);
};
