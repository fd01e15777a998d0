import { expect } from 'vitest';
import type { Received, RestWorld, Sent } from './rest-world.ts';

/** The passwords of everybody in these tests: that of a membership, and a person's own. */
export const MEMBERS_PASSWORD = 'correct horse';
export const OWN_PASSWORD = 'her very own';

export interface TestMember {
  readonly id: string;
  readonly email: string;
  /** Their address at /v1. */
  readonly at: string;
}

export interface TestPerson {
  readonly id: string;
  readonly email: string;
  readonly member: TestMember;
  /** The token of a session that their own password opened. */
  readonly key: string;
}

/** People of a server, made as their administrators and they themselves would, over /v1. */
export function peopleAtV1(world: () => RestWorld) {
  let count = 0;
  const newEmail = () => `somebody${++count}@example.com`;
  const post = (path: string, json: object, sent: Sent = {}): Promise<Received> =>
    world().send(path, { method: 'POST', json, ...sent });

  const signIn = (json: object) => post('/v1/sessions', json, { key: null });
  const asPerson = ({ email }: { email: string }) => signIn({ email, password: OWN_PASSWORD });
  const asMember = ({ email }: { email: string }) => signIn({ property: '1001', email, password: MEMBERS_PASSWORD });
  const newMember = async (facts: object = {}, property = '1001'): Promise<TestMember> => {
    const members = `/v1/properties/${property}/members`;
    const json = { name: 'Ada', role: 'receptionist', email: newEmail(), password: MEMBERS_PASSWORD, ...facts };
    const { body } = await post(members, json);
    return { id: body.id, email: body.email, at: `${members}/${body.id}` };
  };
  const invite = async ({ at }: TestMember): Promise<string> =>
    (await world().send(`${at}/invitation`, { method: 'POST' })).body.token;
  const become = async (invitation: string) => {
    const email = newEmail();
    const made = await post('/v1/persons', { invitation, name: 'Ada', email, password: OWN_PASSWORD }, { key: null });
    expect(made.status).toBe(201);
    return { email, id: made.body.id as string, key: (await asPerson({ email })).body.token as string };
  };

  return {
    signIn,
    asPerson,
    asMember,
    newMember,
    invite,
    /** A person with one membership at the inn. */
    newPerson: async (facts: object = {}): Promise<TestPerson> => {
      const member = await newMember(facts);
      return { member, ...(await become(await invite(member))) };
    },
    newOwner: async () => become((await world().send('/v1/owner-invitations', { method: 'POST' })).body.token),
    isIn: async (key: string) => (await world().send('/v1/me', { key })).status === 200,
  };
}
