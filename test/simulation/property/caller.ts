import { followsSignIn } from '@keyrack/server/domain/lock-type.ts';
import type { Answer, CardRequests } from '@keyrack/server/requests/answers.ts';
import { EPOCH } from '../clockwork/computer.ts';
import type { Deed } from '../plan/plan.ts';
import {
  ACCOUNT,
  CARDS,
  GUESTS,
  MEMBERS,
  macOf,
  PROPERTY_NUMBER,
  type PropertyCard,
  type PropertyMember,
} from './hotel.ts';

export type Ask = Extract<Deed, { do: 'ask' }>;

/** A request on its way through the server, in the steps of the room-card API behind its form and signature. */
export async function handleRequest(
  cardRequests: CardRequests,
  { kind, card, room: ofRoom = card, member: who, agent, encoder, begins, mode = 'by-holder' }: Ask,
  hungUp: AbortSignal,
): Promise<Answer> {
  const { serial } = CARDS[card] as PropertyCard;
  const { room, cardType } = CARDS[ofRoom] as PropertyCard;
  const { mobile, passwordMd5 } = MEMBERS[who] as PropertyMember;
  const account = await cardRequests.findAccount(ACCOUNT);
  if (account === undefined) return refused('creator-or-password');
  if (account.suspended) return refused('account-suspended');
  const property = await cardRequests.findProperty(ACCOUNT, PROPERTY_NUMBER);
  if (property === undefined) return refused('property-not-allowed');
  const creator = { by: 'mobile', areaCode: '86', mobile } as const;
  const check = await cardRequests.checkMember(property.id, ACCOUNT, creator, passwordMd5);
  if (!check.ok) return { outcome: 'refused', refusal: check.refusal };
  const { id, version } = check.member;
  const mac = followsSignIn(cardType) ? null : macOf(agent, encoder);
  const base = {
    propertyId: property.id,
    accountSid: ACCOUNT,
    member: { id, version },
    encoder: mac,
    request: `${kind} ${kind === 'cancel' ? serial : room.no} ${id} ${mac} ${begins ?? ''} ${mode}`,
  };
  switch (kind) {
    case 'cancel':
      return cardRequests.cancelCard({ ...base, serial, cardType }, hungUp);
    case 'read':
      return cardRequests.readCard({ ...base, cardType }, hungUp);
    case 'issue':
      return cardRequests.issueCard(
        {
          ...base,
          buildingNo: '1',
          floorNo: '1',
          roomNo: room.no,
          // A duplicate is for whoever has the room.
          owner: mode === 'duplicate' ? null : (GUESTS[who] as string),
          ownerGender: null,
          ownerAreaCode: null,
          ownerMobile: null,
          validUntil: EPOCH + 5 * 24 * 3_600_000,
          normallyOpen: false,
          networked: false,
          mode,
          beginsAt: begins === undefined ? null : EPOCH + begins,
        },
        hungUp,
      );
  }
}

function refused(cause: 'creator-or-password' | 'account-suspended' | 'property-not-allowed'): Answer {
  return { outcome: 'refused', refusal: { cause } };
}
