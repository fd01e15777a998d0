import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { virtualReader } from '@keyrack/agent/encoder/pcsc/testing/virtual-reader.ts';
import { factoryCard } from '@keyrack/agent/encoder/simulated/card-memory.ts';
import type { Serial } from '@keyrack/protocol';
import { VERSION } from '@keyrack/protocol/version.ts';
import type { Keyrack } from '@keyrack/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_SERVICE, taskXml } from '../../packages/cli/src/windows/scheduled-task.ts';
import { FORMS } from '../../packaging/build/forms.ts';
import { newPairingCode, ownerOf } from '../world/owner.ts';
import { scratchFolder } from '../world/scratch.ts';
import { LOBBY_ENCODER, makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';
import { until } from '../world/until.ts';
import { isAsSigned } from './testing/authenticode.ts';
import { NEXT_VERSION } from './testing/next-version.ts';
import { type TaskScheduler, taskScheduler } from './testing/task-scheduler.ts';
import { offerInstead } from './testing/windows-downloads.ts';
import { describeWine, openWine, type Ran, type Wine } from './testing/wine.ts';

const BUILD = fileURLToPath(new URL('./testing/build-windows.ts', import.meta.url));
/** What Windows allows in a name of a user, and is read in another way where it isn't quoted. */
const USER = 'Zoë & !Söhne! 前台';
const HOME = `C:\\users\\${USER}`;
const PROGRAM = `${HOME}\\AppData\\Local\\Keyrack`;
const LINK = `${HOME}\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Keyrack front desk.url`;
const DOWNLOADS = 'Z:\\out\\My downloads (2) & more! ünpacked';
/** A version that won't do. */
const NEVER_CONNECTS = "process.once('disconnect', () => process.exit(0)); setInterval(() => {}, 1_000);";
/** Ctrl-C. */
const INTERRUPT = '\x03';

describeWine('the agent for Windows from its archive, under Wine', () => {
  const scratch = scratchFolder();
  const offered = join(scratch.path, 'offered');
  let wine: Wine;
  let template: Template;
  let property: TestProperty;
  let v1: Keyrack;
  let where: { readonly property: string };
  let scheduler: TaskScheduler;
  let task: Promise<Ran>;

  const archive = (folder: 'now' | 'next', version: string) =>
    join(scratch.path, folder, FORMS.archive.file('agent', version, 'win-x64'));
  const current = () => readFileSync(wine.path(`${PROGRAM}\\current`), 'utf8').trim();
  const isOnline = (version: string) =>
    until(`${version} is connected`, async () =>
      (await v1.agents.list(where)).data.some(
        (agent) => agent.connected && agent.version === `keyrack-agent ${version}`,
      ),
    );
  const encoderWith = (is: (mac: string) => boolean) =>
    until(
      'the agent told its encoder',
      async () => (await v1.encoders.list(where)).data.find(({ mac }) => is(mac))?.id,
    );

  async function issueAndCancel(encoder: number, serial: string): Promise<void> {
    const [room] = (await v1.rooms.list(where)).data;
    const issue = await v1.operations.create({
      ...{ ...where, kind: 'issue', mode: 'new', encoder, room: room?.id ?? '' },
      ...{ holder: { name: 'Ada' }, validUntil: new Date(Date.now() + 86_400_000).toISOString() },
    });
    expect(await v1.waitForOperation({ ...where, operation: issue.id })).toMatchObject({ state: 'succeeded' });
    const cancel = await v1.operations.create({ ...where, kind: 'cancel', encoder, serial });
    expect(await v1.waitForOperation({ ...where, operation: cancel.id })).toMatchObject({ state: 'succeeded' });
  }

  beforeAll(async () => {
    mkdirSync(offered);
    [wine, template] = await Promise.all([
      openWine(scratch.path, USER),
      makeTemplate(),
      promisify(execFile)(process.execPath, [BUILD, scratch.path]),
    ]);
    property = await openProperty(template, { env: { KEYRACK_DOWNLOADS: offered } });
    v1 = ownerOf(property.folders.server);
    where = { property: property.hotel.property.number };
    const xml = taskXml({ whom: 'user', user: 'S-1-5-21-0-0-0-1000', program: PROGRAM, system: 'C:\\windows' });
    scheduler = taskScheduler(wine, `Keyrack agent of ${USER}`, xml);
    mkdirSync(wine.path(DOWNLOADS), { recursive: true });
    execFileSync('7zz', ['x', `-o${wine.path(DOWNLOADS)}`, archive('now', VERSION)], { stdio: 'ignore' });
  });
  afterAll(async () => {
    await wine?.close();
    await property?.close();
    await template?.remove();
    scratch.remove();
  });

  test("holds Node as its makers signed it, which Windows' own checks go by", () => {
    const node = readFileSync(wine.path(`${DOWNLOADS}\\keyrack-agent\\versions\\${VERSION}\\bin\\node.exe`));
    expect(isAsSigned(node)).toBe(true);
    node[node.length >> 1] = ~(node[node.length >> 1] ?? 0);
    expect(isAsSigned(node)).toBe(false);
  });

  test('install.cmd pairs, and leaves a task that starts the agent, and a link to its page', async () => {
    const data = wine.path(`${PROGRAM}\\data`);
    mkdirSync(data, { recursive: true });
    const encoders = [{ mac: LOBBY_ENCODER, name: 'Lobby', forSignedIn: false }];
    writeFileSync(join(data, 'agent.json'), JSON.stringify({ version: 1, pagePort: 'off', encoders }));
    wine.share(DOWNLOADS, 'fileserver', 'Front desk');
    const options = `--server ${property.url.replace('http', 'ws')}/agent --pair ${await newPairingCode(property)}`;
    const ran = await scheduler.runs(() =>
      wine.run('C:\\', `"\\\\fileserver\\Front desk\\keyrack-agent\\install.cmd" ${options}`),
    );
    task = ran.task;
    expect(ran.starter).toMatchObject({ code: 0 });
    expect(readFileSync(wine.path(LINK), 'utf8')).toContain('URL=http://127.0.0.1:8081/');
    await isOnline(VERSION);
  });

  test('issues and cancels a card at a simulated encoder', async () => {
    const serial = '04AABB010155AA';
    const placed = await wine.run(PROGRAM, `keyrack.cmd sim --data data place ${serial} --chip ntag-215`);
    expect(placed).toMatchObject({ code: 0, out: expect.stringContaining(serial) });
    await issueAndCancel(await encoderWith((mac) => mac === LOBBY_ENCODER), serial);
  });

  test("issues and cancels a card at a reader, through Windows' own winscard", async () => {
    const serial = '04AABB010155AB';
    const { out } = await wine.run(PROGRAM, 'keyrack.cmd agent readers');
    const first = /^([0-9A-F]{12}) +Virtual PCD 00 00$/m.exec(out)?.[1];
    const reader = virtualReader(wine.reader);
    reader.place(factoryCard(serial as Serial, 'ntag-215'));
    await issueAndCancel(await encoderWith((mac) => mac === first), serial);
    reader.close();
  });

  test('goes back by itself from a version that does not connect, takes one that does, and ends by Ctrl-C', async () => {
    writeFileSync(wine.path(`${PROGRAM}\\data\\stop`), '');
    expect(await task).toMatchObject({ code: 0 });
    const version = `versions/${VERSION}`;
    const window = wine.openWindow(PROGRAM, `${version}/bin/node.exe ${version}/lib/main.js agent --trial-seconds 15`);
    await isOnline(VERSION);
    const update = () => wine.run(PROGRAM, 'keyrack.cmd agent update');

    const instead = { version: '98.0.0', main: NEVER_CONNECTS, scratch: scratch.path };
    await offerInstead(offered, wine.path(`${DOWNLOADS}\\keyrack-agent`), instead);
    const failed = await update();
    expect(failed).toMatchObject({ code: 1, err: expect.stringMatching(/98\.0\.0 wasn't connected .* in time/) });
    expect(current()).toBe(VERSION);
    await isOnline(VERSION);

    cpSync(join(scratch.path, 'next'), offered, { recursive: true });
    expect(await update()).toMatchObject({ code: 0, out: `Updated from ${VERSION} to ${NEXT_VERSION}.\n` });
    expect(current()).toBe(NEXT_VERSION);
    await isOnline(NEXT_VERSION);
    window.type(INTERRUPT);
    expect(await window.ended, window.said()).toBe(0);
  });

  test('install.cmd goes back to the version that was downloaded first, and uninstall.cmd leaves nothing', async () => {
    const ran = await scheduler.runs(() => wine.run(`${DOWNLOADS}\\keyrack-agent`, 'install.cmd --for user'));
    expect(ran.starter).toMatchObject({ code: 0 });
    await isOnline(VERSION);
    // From another folder: what somebody works in stays.
    const removed = await wine.run('C:\\', '"%LOCALAPPDATA%\\Keyrack\\uninstall.cmd" --data remove');
    expect(removed).toMatchObject({ code: 0 });
    await ran.task;
    expect([PROGRAM, LINK].filter((path) => existsSync(wine.path(path)))).toEqual([]);
    expect(scheduler.isRegistered()).toBe(false);
  });

  test('install.cmd for the computer goes by no folder that somebody made beforehand, and its agent says what updates it', async () => {
    const [program, data] = ['C:\\Program Files\\Keyrack', 'C:\\ProgramData\\Keyrack'];
    const planted = wine.path(`${data}\\agent.json`);
    mkdirSync(wine.path(data));
    writeFileSync(planted, JSON.stringify({ version: 1, pagePort: 'off' }));
    const pairing = `--server ${property.url.replace('http', 'ws')}/agent --pair ${await newPairingCode(property)}`;
    const install = (more = '') =>
      wine.run(`${DOWNLOADS}\\keyrack-agent`, `install.cmd --for computer ${pairing} ${more}`);
    const refused = expect.stringMatching(/^C:\\ProgramData\\Keyrack was there already, and Windows doesn't tell/);
    expect(await install()).toMatchObject({ code: 1, out: '', err: refused });
    expect([program, `${data}\\identity.json`].filter((path) => existsSync(wine.path(path)))).toEqual([]);
    const xml = taskXml({ whom: 'computer', user: LOCAL_SERVICE, program, system: 'C:\\windows' });
    const ran = await taskScheduler(wine, 'Keyrack agent', xml).runs(() => install('--take-over'));
    expect(ran.starter).toMatchObject({ code: 0 });
    const byHand = { code: 1, err: expect.stringMatching(/installed for the computer.*Run as administrator/) };
    expect(await wine.run(program, 'keyrack.cmd agent update')).toMatchObject(byHand);
    writeFileSync(wine.path(`${data}\\stop`), '');
    expect(await ran.task).toMatchObject({ code: 0 });
  });
});
