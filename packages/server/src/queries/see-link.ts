import type { LinkUse } from '../domain/one-time-link.ts';
import type { ReadTx } from '../store/store.ts';
import { findLink } from './find-link.ts';

/** What a link tells whoever has it. */
export interface SeenLink {
  readonly to: LinkUse['to'];
  /** Of the member or person whom it is for. */
  readonly name: string | null;
  readonly property: string | null;
  readonly expiresAt: number;
}

export function seeLink(tx: ReadTx, given: { readonly token: string; readonly now: number }): SeenLink | null {
  const link = findLink(tx, given);
  return link === null ? null : { to: link.use.to, ...namesOf(tx, link.use), expiresAt: link.expiresAt };
}

function namesOf(tx: ReadTx, use: LinkUse): Pick<SeenLink, 'name' | 'property'> {
  switch (use.to) {
    case 'set-password':
    case 'join':
      return ofMember(tx, use);
    case 'set-person-password':
      return ofPerson(tx, use);
    case 'sign-in':
      return use.of.kind === 'member' ? ofMember(tx, use.of) : ofPerson(tx, use.of);
    case 'own':
      return { name: null, property: null };
  }
}

function ofMember(tx: ReadTx, { propertyId, memberId }: { readonly propertyId: string; readonly memberId: string }) {
  const name = tx.get('members', propertyId, memberId)?.name ?? null;
  return { name, property: tx.get('properties', propertyId)?.name ?? null };
}

function ofPerson(tx: ReadTx, { personId }: { readonly personId: string }) {
  return { name: tx.get('persons', personId)?.name ?? null, property: null };
}
