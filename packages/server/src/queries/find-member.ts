import { foldEmail } from '../domain/fold-email.ts';
import type { Creator, Member } from '../domain/people.ts';
import type { Hint } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';

export function findMember(
  tx: ReadTx,
  { propertyId, creator }: { readonly propertyId: string; readonly creator: Creator },
): Member | null {
  if (creator.by === 'mobile') {
    return tx.find('members', 'byMobile', [propertyId, creator.areaCode, creator.mobile], { limit: 1 })[0] ?? null;
  }
  const byEmail = (email: string) => tx.find('members', 'byEmail', [propertyId, email], { limit: 1 })[0];
  // Members from before were stored in lower case alone.
  return byEmail(foldEmail(creator.email)) ?? byEmail(creator.email.toLowerCase()) ?? null;
}

findMember.hints = (hint: Hint, { propertyId, creator }: Parameters<typeof findMember>[1]) => {
  if (creator.by === 'mobile')
    hint.find('members', 'byMobile', [propertyId, creator.areaCode, creator.mobile], { limit: 1 });
  else hint.find('members', 'byEmail', [propertyId, foldEmail(creator.email)], { limit: 1 });
};
