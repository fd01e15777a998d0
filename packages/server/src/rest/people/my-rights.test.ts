import { expect, it } from 'vitest';
import { ROLES } from '../../domain/rights.ts';
import { peopleAtV1 } from '../../testing/people-at-v1.ts';
import { INN, restWorldForFile } from '../../testing/rest-world.ts';

/** What a page of the server shows is what its person may do: they are told all of it at once. */

const world = restWorldForFile();
const people = peopleAtV1(world);
const me = async (key: string) => (await world().send('/v1/me', { key })).body;

it.each(['administrator', 'receptionist', 'auditor'] as const)(
  'a %s is told the rights of their role',
  async (role) => {
    const { key, member } = await people.newPerson({ role });
    const { id, number, name, timeZone, checkOutTime } = INN;
    const property = { id, number, name, timeZone, checkOutTime };
    const membership = {
      property,
      member: member.id,
      name: 'Ada',
      role,
      rights: ROLES[role],
      issuingPermission: false,
    };
    expect(await me(key)).toMatchObject({ memberships: [membership], ownerRights: null });
    const byMembership = await people.asMember(member);
    expect(await me(byMembership.body.token)).toMatchObject({
      person: null,
      memberships: [membership],
      ownerRights: null,
    });
  },
);

it('the right to make cards stays while the permission is off, which is told beside it', async () => {
  const { key, member } = await people.newPerson({ issuingPermission: true });
  const told = async () => {
    const [{ rights, issuingPermission }] = (await me(key)).memberships;
    return [rights.includes('operations.write'), issuingPermission];
  };
  expect(await told()).toEqual([true, true]);
  await world().send(member.at, { method: 'PATCH', json: { issuingPermission: false } });
  expect(await told()).toEqual([true, false]);
});

it('an owner is told what they may do everywhere, beside what they have joined', async () => {
  const { key } = await people.newOwner();
  expect(await me(key)).toMatchObject({ memberships: [], ownerRights: ROLES.owner });
});
