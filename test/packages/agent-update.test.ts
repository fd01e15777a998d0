import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newKey } from '@keyrack/agent/update/testing/new-key.ts';
import { VERSION } from '@keyrack/protocol/version.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mountSmallDisk } from '../faults/small-disk.ts';
import { newPairingCode, ownerOf } from '../world/owner.ts';
import { scratchFolder } from '../world/scratch.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';
import { until } from '../world/until.ts';
import { issueAtLobby } from './testing/issue-at-lobby.ts';
import { NEXT_VERSION } from './testing/next-version.ts';
import { builtFolder, describePackages } from './testing/packages.ts';
import {
  copyPackage,
  currentOf,
  offeredFolder,
  type PackagedAgent,
  sim,
  startPackaged,
  updateBy,
  versionsOf,
} from './testing/update-world.ts';

const KILL_AT = new URL('./testing/kill-at.mjs', import.meta.url).href;
const SERIAL = '04AABB010155AA';
/** Versions that won't do. */
const CRASHES = 'process.exit(3);';
const NEVER_CONNECTS = "process.once('disconnect', () => process.exit(0)); setInterval(() => {}, 1_000);";
/** It crashes each time as soon as it has said that it is connected. */
const CRASHES_LATER = `
const say = process.send?.bind(process);
if (say) process.send = (message, ...more) => say(message, ...more.slice(0, -1), () => message.update?.connected && process.exit(3));
`;

describePackages('the agent of an archive', () => {
  const scratch = scratchFolder();
  const data = join(scratch.path, 'data');
  let template: Template;
  let property: TestProperty;
  let top: string;
  let offered: ReturnType<typeof offeredFolder>;
  let agent: PackagedAgent;

  const start = (env: Readonly<Record<string, string>> = {}) => startPackaged(top, ['--data', data], env);
  const update = (...more: readonly string[]) => updateBy(top, data, ...more);
  /** The version that `current` names is connected to the server. */
  const isOnline = () =>
    until('the agent is connected', async () => {
      const where = { property: property.hotel.property.number };
      const { data: agents } = await ownerOf(property.folders.server).agents.list(where);
      return agents.some(({ version, connected }) => connected && version === `keyrack-agent ${currentOf(top)}`);
    });
  /** What the server was told of, a moment after the agent is connected. */
  const toldFailures = () => property.lines.filter(({ msg }) => msg === 'update-failed').map((line) => line.cause);

  beforeAll(async () => {
    template = await makeTemplate();
    offered = offeredFolder(scratch.path);
    property = await openProperty(template, {
      cardWaitSeconds: 100,
      answerWaitSeconds: 110,
      env: { KEYRACK_DOWNLOADS: offered.folder },
    });
    top = copyPackage(join(scratch.path, 'keyrack-agent'));
    const server = `${property.url.replace('http', 'ws')}/agent`;
    const pairing = ['--data', data, '--server', server, '--pair', await newPairingCode(property)];
    agent = startPackaged(top, [...pairing, '--trial-seconds', '3']);
    await agent.whenSaid(/ready/);
  });
  afterAll(async () => {
    await agent?.kill();
    await property?.close();
    await template?.remove();
    scratch.remove();
  });

  test('takes nothing but a newer version that is signed by its key, and says why', async () => {
    const untouched = async (error: RegExp, code = 1) => {
      expect(await update()).toMatchObject({ code, err: expect.stringMatching(error) });
      expect([currentOf(top), versionsOf(top)]).toEqual([VERSION, [VERSION]]);
    };
    await untouched(/offers no version for linux/);
    const newer = [{ version: '0.2.0', main: CRASHES }];
    offered.offer(newer, { key: newKey() });
    await untouched(/isn't signed by the key of this program/);
    offered.offer(newer, { changed: (checksums) => `${checksums}${'0'.repeat(64)}  more\n` });
    await untouched(/isn't signed by the key of this program/);
    rmSync(join(offered.folder, 'SHA256SUMS.minisig'));
    await untouched(/Nobody signed version 0\.2\.0/);
    offered.offer([{ version: '0.0.9', main: CRASHES }]);
    expect(await update()).toEqual({
      code: 0,
      out: `Version ${VERSION} is the newest that the server offers.`,
      err: '',
    });
    offered.offer([{ version: '0.2.0', main: CRASHES }]);
    expect(await update('--check')).toMatchObject({ out: `Version 0.2.0 is offered; ${VERSION} runs.` });
    await untouched(/^Version 0\.2\.0 ended with code 3 before it was connected\. Version 0\.1\.0 runs on\.$/m);
    await isOnline();
  });

  test('goes back to the old one when the new one ends or does not connect, and tells the server', async () => {
    offered.offer([{ version: '0.2.0', main: NEVER_CONNECTS }]);
    expect(await update()).toMatchObject({
      code: 1,
      err: expect.stringMatching(/0\.2\.0 wasn't connected .* in time/),
    });
    expect(currentOf(top)).toBe(VERSION);
    await isOnline();
    await expect.poll(toldFailures).toEqual(['crashed', 'never-connected']);
    // What it says to whoever runs it.
    expect(agent.said()).toMatch(/The update to 0\.2\.0 came to nothing, and 0\.1\.0 runs on\./);
  });

  test('goes back also when the new one connects, and soon crashes again and again', async () => {
    offered.offer([{ version: '0.2.0', first: CRASHES_LATER }]);
    await update();
    await agent.whenSaid(/The update to 0\.2\.0 came to nothing.* connected, and soon crashed 2 times: .* code 3/);
    await until('only the old one is left', () => versionsOf(top).join() === VERSION);
    expect(currentOf(top)).toBe(VERSION);
    await isOnline();
    await expect.poll(toldFailures).toEqual(['crashed', 'never-connected', 'crashed']);
  });

  test('changes over while an issue waits for its card, which is issued by the new one', async () => {
    const v1 = ownerOf(property.folders.server);
    const where = { property: property.hotel.property.number };
    offered.offer([{ version: '0.2.0' }]);
    const issue = await issueAtLobby(v1, where.property);
    expect(await update()).toEqual({ code: 0, out: `Updated from ${VERSION} to 0.2.0.`, err: '' });
    expect([currentOf(top), versionsOf(top)]).toEqual(['0.2.0', [VERSION, '0.2.0']]);
    expect(await sim(top, data, 'place', SERIAL, '--chip', 'ntag-215')).toContain(SERIAL);
    expect(await v1.waitForOperation({ ...where, operation: issue.id })).toMatchObject({ state: 'succeeded' });
    expect(await update()).toMatchObject({ out: 'Version 0.2.0 is the newest that the server offers.' });
  });

  test('ends what it started, also when it is killed itself', async () => {
    agent.killAlone();
    // Its outputs are closed when the last of its processes has ended.
    await agent.ended;
    agent = start();
    await agent.whenSaid(/ready/);
  });

  test('ends with its child when it is told to, and starts the version that proved itself', async () => {
    expect(await agent.stop()).toBe(0);
    agent = start();
    await agent.whenSaid(/ready/);
    await isOnline();
  });

  test('updates by itself when somebody chose that, and not before', async () => {
    expect((await update('--automatic', 'on')).out).toBe('The agent updates by itself.');
    expect(readFileSync(join(data, 'update-choice.json'), 'utf8')).toContain('"automatic":true');
    expect((await update('--automatic', 'off')).out).toBe('The agent updates only when somebody asks.');
  });

  test('survives a power cut at every step: the old one runs again, or the new one that was kept', async () => {
    const passed = join(scratch.path, 'passed');
    const env = (step: string) => ({ NODE_OPTIONS: `--import=${KILL_AT}`, KILL_AT: step, PASSED: passed });
    // Once without a cut, to learn the steps.
    await agent.stop();
    offered.offer([{ version: '0.3.0' }]);
    agent = start(env('none'));
    await agent.whenSaid(/ready/);
    writeFileSync(passed, '');
    expect((await update()).out).toBe('Updated from 0.2.0 to 0.3.0.');
    await agent.stop();
    // What is removed changes nothing that is started.
    const steps = readFileSync(passed, 'utf8').trim().split('\n');
    const changing = steps.filter((step) => !step.startsWith('rm'));
    expect(changing).toEqual([
      'open download.part 1',
      // Made durable as it was unpacked, before it gets its name.
      'open 0.3.0.part 1',
      'rename 0.3.0.part 1',
      // The trial is noted, the new version is kept, and that is noted.
      'open last-update.json.new 1',
      'rename last-update.json.new 1',
      'open current.new 1',
      'rename current.new 1',
      'open last-update.json.new 2',
      'rename last-update.json.new 2',
    ]);
    offered.offer([{ version: '0.4.0' }]);
    for (const step of changing.map((each) => each.replace('0.3.0', '0.4.0'))) {
      writeFileSync(join(top, 'current'), '0.3.0\n');
      writeFileSync(passed, '');
      agent = start(env(step));
      await agent.whenSaid(/ready/);
      void update();
      await agent.ended;
      expect(readFileSync(passed, 'utf8').trim().split('\n').at(-1)).toBe(step);
      expect(currentOf(top), step).toBe(step.endsWith('.new 2') ? '0.4.0' : '0.3.0');
      agent = start();
      await agent.whenSaid(/ready/);
      await isOnline();
      await agent.stop();
    }
    agent = start();
    await agent.whenSaid(/ready/);
  });

  test('is not harmed by a full disk, and says so', async (context) => {
    const mounted = await mountSmallDisk(join(scratch.path, 'disk'), 90);
    if (mounted.disk === null) return context.skip(mounted.reason);
    const { disk } = mounted;
    await agent.stop();
    try {
      const version = currentOf(top);
      const small = join(disk.folder, 'keyrack-agent');
      mkdirSync(join(small, 'versions'), { recursive: true });
      for (const part of ['keyrack', 'current', `versions/${version}`])
        cpSync(join(top, part), join(small, part), { recursive: true });
      agent = startPackaged(small, ['--data', data]);
      await agent.whenSaid(/ready/);
      const expectHarmless = async (error: RegExp) => {
        expect(await updateBy(small, data)).toMatchObject({ code: 1, err: expect.stringMatching(error) });
        expect([currentOf(small), versionsOf(small)]).toEqual([version, [version]]);
        await isOnline();
      };
      // It unpacks to more than archives do, and so fills the disk.
      offered.offer([{ version: '0.5.0', zeros: 100_000_000 }]);
      await expectHarmless(/The disk is full\. Make room, and try again\./);
      await disk.fill();
      await expectHarmless(/The disk has too little room: an update needs \d+ MB\./);
      await agent.stop();
    } finally {
      await disk.unmount();
    }
    agent = start();
    await agent.whenSaid(/ready/);
  });

  test('takes an archive as npm run package makes it', async () => {
    cpSync(builtFolder(NEXT_VERSION), offered.folder, { recursive: true });
    expect(await update()).toMatchObject({ code: 0, out: expect.stringMatching(`to ${NEXT_VERSION}\\.$`) });
    expect(await agent.stop()).toBe(0);
    agent = start();
    await agent.whenSaid(/ready/);
    await isOnline();
    expect(versionsOf(top)).toContain(NEXT_VERSION);
  });
});
