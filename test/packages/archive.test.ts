import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { VERSION } from '@keyrack/protocol/version.ts';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../world/processes.ts';
import { scratchFolder } from '../world/scratch.ts';
import { until } from '../world/until.ts';
import { agentSettings, CARDS, eachWorks, everyOneEnds, keepWorking, ROOMS, setUpHotel } from './testing/hotel.ts';
import { NEXT_VERSION } from './testing/next-version.ts';
import { describePackages, unpacked } from './testing/packages.ts';

/** A server and a front desk from what is unpacked, by somebody who has no rights, no Node and no systemd. */

/** Nobody's here. Whoever runs these tests without being root is an ordinary user anyway. */
const USER = 47_123;
const isRoot = process.getuid?.() === 0;

const scratch = scratchFolder();
const home = join(scratch.path, 'home');
const running = new Set<ChildProcess>();
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  scratch.remove();
});

/** What `keyrack` of a package takes of the system besides its shell. */
const TOOLS = ['dirname', 'readlink'];

describePackages('what is unpacked by an ordinary user', () => {
  test('serves, is set up, pairs and works; on another port; with a newer version at work; and leaves its data', async () => {
    chmodSync(scratch.path, 0o755);
    const path = join(scratch.path, 'bin');
    mkdirSync(path);
    for (const tool of TOOLS) symlinkSync(`/usr/bin/${tool}`, join(path, tool));
    mkdirSync(home);
    if (isRoot) chownSync(home, USER, USER);
    await asUser('mkdir', '-p', 'data/agent');
    await asUser('chmod', '700', 'data', 'data/agent');
    writeFileSync(join(scratch.path, 'rooms.csv'), '');
    cpSync(ROOMS, join(scratch.path, 'rooms.csv'));
    await unpack(VERSION);

    let port = await freePort();
    const url = () => `http://127.0.0.1:${port}`;
    const env = () => ({ PATH: path, HOME: home, PORT: String(port), KEYRACK_METRICS: 'none' });
    const server = join(home, 'keyrack-server/keyrack');
    const desk = join(home, 'keyrack-agent/keyrack');
    const type = async (...args: readonly string[]) => (await asUser(server, ...args)).stdout;

    const serve = () => start(server, ['serve'], env(), 'Keyrack listens on');
    let serving = await start(server, ['serve'], env(), '/set-up#');
    expect((await type('--version')).trim()).toBe(VERSION);
    const hotel = await setUpHotel(url, serving.said(), type, join(scratch.path, 'rooms.csv'));

    const { code } = JSON.parse(await type('agents', 'pair', '--property', hotel.number));
    await settle(agentSettings());
    const address = () => `ws://127.0.0.1:${port}/agent`;
    expect((await asUser(desk, 'agent', 'pair', code, '--server', address())).stdout).toContain('Paired with');
    const work = () => start(desk, ['agent', '--page-port', 'off'], { PATH: path, HOME: home }, 'ready');
    let working = await work();
    for (const [encoder, serial] of CARDS)
      await asUser(desk, 'sim', '--data', 'data/agent', 'place', serial, '--encoder', encoder, '--chip', 'ntag-215');
    await eachWorks(hotel, '301');

    await serving.stop();
    port = await freePort();
    serving = await serve();
    await working.stop();
    await settle(agentSettings(address()));
    working = await work();
    await eachWorks(hotel, '302');

    const load = keepWorking(hotel);
    await load.begun;
    await unpack(NEXT_VERSION);
    await serving.stop();
    serving = await serve();
    await working.stop();
    working = await work();
    await load.end();
    await eachWorks(hotel, '306');
    expect(JSON.parse(await type('agents', 'list', '--property', hotel.number))).toMatchObject([
      { version: `keyrack-agent ${NEXT_VERSION}`, connected: true },
    ]);
    await everyOneEnds(hotel, type);

    await working.stop();
    await serving.stop();
    await asUser('rm', '-r', 'keyrack-server', 'keyrack-agent');
    expect((await asUser('find', '.', '-maxdepth', '2')).stdout.trim().split('\n').sort()).toEqual([
      '.',
      './data',
      './data/agent',
      './data/server',
    ]);

    function settle(text: string) {
      return asUser('sh', '-c', 'umask 077; printf "%s" "$1" > data/agent/agent.json', 'sh', text);
    }
  });
});

/** Both products of a version, unpacked over what is there. */
async function unpack(version: typeof VERSION | typeof NEXT_VERSION): Promise<void> {
  // Read by root, who may look into the folder of all packages, and written as the user.
  for (const product of ['agent', 'server'] as const) {
    const tar = spawn('tar', ['--create', '--directory', join(unpacked(product, version), '..'), '.'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [command = '', ...args] = [...become(), 'tar', '--extract', '--no-same-owner', '--directory', home];
    const untar = spawn(command, args, { stdio: [tar.stdout, 'ignore', 'inherit'] });
    const [code] = await once(untar, 'exit');
    expect(code).toBe(0);
  }
}

const become = () =>
  isRoot ? ['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups', '--inh-caps=-all', '--'] : [];

const run = promisify(execFile);

function asUser(...words: readonly string[]): Promise<{ stdout: string }> {
  const [command = '', ...args] = [...become(), ...words];
  return run(command, args, { cwd: home, env: { PATH: '/usr/bin:/bin', HOME: home }, encoding: 'utf8' });
}

interface Started {
  said(): string;
  stop(): Promise<void>;
}

/** Starts a program as that user, in their folder. Resolves when it has said that. */
async function start(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  says: string,
): Promise<Started> {
  const [command = '', ...args] = [...become(), program, ...words];
  // setpriv is found by this process's own path; the program has nothing but `env`.
  const child = spawn(command === 'setpriv' ? '/usr/bin/setpriv' : command, args, {
    cwd: home,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const ended = once(child, 'exit');
  let said = '';
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-4_000);
  });
  await until(`${program} ${words.join(' ')} says "${says}"`, () => {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}:\n${said}${log}`);
    return said.includes(says);
  });
  return {
    said: () => said,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      running.delete(child);
    },
  };
}
