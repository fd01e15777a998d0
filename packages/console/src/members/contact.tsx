import type { Member } from './member-queries.ts';

/** By what somebody is known: phone, e-mail or both. */
export function Contact({ member }: { readonly member: Pick<Member, 'areaCode' | 'mobile' | 'email'> }) {
  const phone = member.mobile === null ? null : `+${member.areaCode} ${member.mobile}`;
  return (
    <>
      {phone && <bdi>{phone}</bdi>}
      {phone && member.email && ' · '}
      {member.email && <bdi>{member.email}</bdi>}
    </>
  );
}
