import { createHash } from 'node:crypto';
import { agentId } from '@keyrack/protocol';
import { describe, expect, it } from 'vitest';
import { INN, restWorldForFile } from '../../testing/rest-world.ts';

/** Links by which members set their passwords. The console's page for them is the journeys' to try. */

const world = restWorldForFile();
const MEMBERS = '/v1/properties/1001/members';
const md5 = (password: string) => createHash('md5').update(password, 'utf8').digest('hex');

let members = 0;
async function newMember(): Promise<string> {
  members += 1;
  const json = { name: 'Ada', role: 'receptionist', email: `ada${members}@example.com`, password: 'the old one' };
  return (await world().send(MEMBERS, { method: 'POST', json })).body.id;
}
async function newLink(member: string, json?: object, headers: Record<string, string> = {}) {
  const made = await world().send(`${MEMBERS}/${member}/password-link`, { method: 'POST', json, headers });
  expect(made.status).toBe(201);
  return made.body as { link: string; expiresAt: string };
}
const tokenOf = ({ link }: { link: string }) => link.split('#')[1] ?? '';
const sets = (link: string, password: string) =>
  world().send('/v1/password', { method: 'PUT', key: null, json: { link, password } });
async function isRight(member: string, password: string): Promise<boolean> {
  const row = world()
    .rows('members')
    .find(({ id }) => id === member);
  return world().server.passwords.verify(row?.passwordHash ?? '', md5(password));
}

describe('a link for a password', () => {
  it('sets the password once, ends the sign-ins of the old one, and leaves a record of who had it set', async () => {
    const member = await newMember();
    const agent = agentId.parse('01890a5d-ac96-774b-bcce-b302099a8999');
    await world().put({
      table: 'signIns',
      row: { propertyId: INN.id, memberId: member, agentId: agent, at: Date.now(), lastActiveAt: Date.now() },
    });
    const link = await newLink(member);
    expect(link.link).toMatch(new RegExp(`^${world().server.url}/password#kl_\\w{8}_\\w{40}$`));
    expect(Date.parse(link.expiresAt) - Date.now()).toBeGreaterThan(71 * 60 * 60_000);
    expect((await sets(tokenOf(link), 'battery staple')).status).toBe(204);
    expect(await isRight(member, 'battery staple')).toBe(true);
    expect(await isRight(member, 'the old one')).toBe(false);
    expect(world().rows('signIns')).toEqual([]);
    const records = world()
      .rows('audit')
      .filter(({ details }) => details.includes(member));
    expect(records.map(({ action, actor, details }) => [action, actor, JSON.parse(details).by])).toEqual([
      ['member-created', 'owner', expect.any(String)],
      ['password-link-created', 'owner', expect.any(String)],
      ['member-password-set', `member ${member}`, 'password-link'],
      ['member-signed-out', `member ${member}`, 'password-link'],
    ]);
    expect(await sets(tokenOf(link), 'a third password')).toMatchObject({ status: 409 });
    expect(await isRight(member, 'battery staple')).toBe(true);
  });

  it.each([
    [
      'has expired',
      async (member: string) => {
        const row = world()
          .rows('links')
          .find(({ subject }) => subject.includes(member));
        if (row === undefined) throw new Error('there is no link');
        await world().put({ table: 'links', row: { ...row, expiresAt: Date.now() - 1 } });
      },
    ],
    ['has a newer one', async (member: string) => void (await newLink(member))],
    [
      'had a password set since',
      (member: string) =>
        world().send(`${MEMBERS}/${member}/password`, { method: 'PUT', json: { password: 'set by hand' } }),
    ],
    [
      'is of a member who was deactivated',
      (member: string) => world().send(`${MEMBERS}/${member}`, { method: 'PATCH', json: { active: false } }),
    ],
    [
      'is of a member who was deactivated and is back',
      async (member: string) => {
        for (const active of [false, true])
          await world().send(`${MEMBERS}/${member}`, { method: 'PATCH', json: { active } });
      },
    ],
  ] as [string, (member: string) => Promise<unknown>][])('that %s reads as one that never was', async (_, happens) => {
    const member = await newMember();
    const token = tokenOf(await newLink(member));
    await happens(member);
    const strange = `${token.slice(0, -4)}xxxx`;
    const answer = await sets(token, 'battery staple');
    expect(answer.status).toBe(409);
    const other = await sets(strange, 'battery staple');
    expect(answer.body).toEqual(other.body);
    expect(await isRight(member, 'battery staple')).toBe(false);
  });

  it('is not used up by looking at it, nor by a password that will not do', async () => {
    const member = await newMember();
    const token = tokenOf(await newLink(member));
    const looked = await world().send('/v1/links', { method: 'POST', key: null, json: { link: token } });
    expect(looked.body).toMatchObject({ to: 'set-password', name: 'Ada', property: INN.name });
    for (const password of ['short', 'x'.repeat(201)])
      expect(await sets(token, password)).toMatchObject({ status: 400, body: { errors: [{ path: 'password' }] } });
    expect((await sets(token, 'battery staple')).status).toBe(204);
  });

  it('is shown to a repeat of its request, lies nowhere as it is, and nobody makes one for who is not active', async () => {
    const member = await newMember();
    const headers = { 'idempotency-key': 'a-link' };
    const made = await newLink(member, { expiresAt: new Date(Date.now() + 60_000).toISOString() }, headers);
    const repeat = { expiresAt: new Date(Date.parse(made.expiresAt)).toISOString() };
    expect(await newLink(member, repeat, headers)).toEqual(made);
    const token = tokenOf(made);
    await sets(token, 'short');
    const kept = [world().lines, world().rows('idempotencyKeys'), world().rows('audit'), world().rows('links')];
    expect(JSON.stringify(kept)).not.toContain(token.slice(-40));
    for (const expiresAt of [Date.now() - 1, Date.now() + 31 * 24 * 60 * 60_000]) {
      const json = { expiresAt: new Date(expiresAt).toISOString() };
      const answer = await world().send(`${MEMBERS}/${member}/password-link`, { method: 'POST', json });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'expiresAt' }] } });
    }
    await world().send(`${MEMBERS}/${member}`, { method: 'PATCH', json: { active: false } });
    expect(await world().send(`${MEMBERS}/${member}/password-link`, { method: 'POST' })).toMatchObject({
      status: 409,
      body: { cause: 'member-inactive' },
    });
    const nobody = '019ac000-0000-7000-8000-0000000000ff';
    expect((await world().send(`${MEMBERS}/${nobody}/password-link`, { method: 'POST' })).status).toBe(404);
  });
});
