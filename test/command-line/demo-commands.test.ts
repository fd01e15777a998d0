import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { expect, test } from 'vitest';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { freePort } from '../world/processes.ts';
import { command } from '../world/room-card-client.ts';

/** What somebody types beside a running demonstration, in its folder and by real processes: nobody names a data folder. */

test('members are listed, forbidden and permitted, and operations tell what happened', async () => {
  const cwd = keyrackFolder();
  const port = await freePort();
  const env = { PORT: String(port), PAGE_PORT: 'off', XDG_CONFIG_HOME: cwd, KEYRACK_DATA: '' };
  const demo = keyrack(['demo'], env, cwd);
  await demo.says('Ctrl-C stops it.');
  const run = (...args: string[]) => keyrack(args, env, cwd).ended;
  const json = async (...args: string[]) => {
    const { code, out, err } = await run(...args);
    expect({ args, code, err }).toEqual({ args, code: 0, err: '' });
    return JSON.parse(out);
  };
  const cancel = async () => JSON.parse((await command(`http://127.0.0.1:${port}`, 'cancelCard')).body);

  const members = await json('members', 'list', '--json');
  expect(members).toHaveLength(4);
  expect(members).toContainEqual({
    id: expect.any(String),
    joinedAt: null,
    invitedUntil: null,
    name: 'Front Desk',
    role: 'receptionist',
    areaCode: PUBLISHED.areaCode,
    mobile: PUBLISHED.mobile,
    email: 'frontdesk@keyrack.example',
    issuingPermission: true,
    active: true,
    lastActiveAt: expect.toSatisfy((time) => time === null || !Number.isNaN(Date.parse(time))),
  });

  expect(await json('members', 'forbid', PUBLISHED.mobile, '-y')).toMatchObject({ issuingPermission: false });
  expect(await cancel()).toMatchObject({ status: 4013 });
  expect(await json('members', 'permit', PUBLISHED.mobile)).toMatchObject({ issuingPermission: true });
  expect(await cancel()).toEqual({ status: 200, info: 'success' });

  await command(`http://127.0.0.1:${port}`, 'readCard');
  const operations = await json('operations', 'list', '--json', '--limit', '5');
  expect(operations).toMatchObject([
    { kind: 'read', state: 'succeeded' },
    { kind: 'cancel', state: 'succeeded', serial: PUBLISHED.serial },
  ]);
  expect(await json('operations', 'list', '--limit', '1')).toMatchObject([{ id: operations[0].id }]);

  const records = await json('audit', 'list', '--json', '--limit', '5');
  expect(records.map(({ number }: { number: number }) => number)).toEqual(
    Array.from({ length: 5 }, (_, at) => records[0].number - at),
  );
  expect(records[0]).toMatchObject({ action: 'operation-settled', operation: operations[0].id });
  const [switched] = await json('audit', 'list', '--action', 'member-changed', '--actor', 'owner', '--limit', '1');
  expect(switched).toMatchObject({ actor: { kind: 'owner', id: null } });
  expect(await json('audit', 'verify')).toMatchObject([
    { property: PUBLISHED.propertyNumber, brokenAt: null, head: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { property: 'installation', brokenAt: null },
  ]);

  // Nobody sits there to be asked.
  expect(await run('members', 'forbid', PUBLISHED.mobile)).toEqual({
    code: 2,
    out: '',
    err: 'Nobody can be asked here whether to do it; add -y to do it.\n',
  });
  const part = await run('members', 'forbid', 'desk', '-y');
  expect(part).toMatchObject({ code: 2, out: '' });
  expect(part.err).toContain(
    'No member is called just "desk". Name one by phone, e-mail or id:\n  Front Desk, +86 1000',
  );
  demo.child.kill('SIGINT');
  await demo.ended;
});
