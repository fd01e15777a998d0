import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { VERSION } from '@keyrack/protocol/version.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FORMS } from '../../packaging/build/forms.ts';
import { freePort } from '../world/processes.ts';
import { scratchFolder } from '../world/scratch.ts';
import { SET_UP_LINK } from '../world/set-up.ts';
import { until } from '../world/until.ts';
import { buildInto } from './testing/build-once.ts';
import { describeAsRoot } from './testing/describe-as-root.ts';
import { agentSettings, CARDS, eachWorks, ROOMS, setUpHotel } from './testing/hotel.ts';
import { BARE, SYSTEM, unpacked } from './testing/packages.ts';
import { type ImageConfig, unpackImage } from './testing/unpack-image.ts';

/** The image of the server, under the runtime that podman and others have containers run by. */

const run = promisify(execFile);
/** Of the image, which a volume belongs to. */
const USER = 10_001;
/** crun, which uses no control groups here, and refuses to start where there are those of old. */
const RUNTIME = 'mount -t cgroup2 none /sys/fs/cgroup && exec crun --cgroup-manager=disabled "$@"';

describeAsRoot("the server's image", ['mmdebstrap', 'crun', 'docker-compose'], () => {
  const scratch = scratchFolder();
  const ends: (() => Promise<unknown>)[] = [];
  let root: string;
  let config: ImageConfig;

  beforeAll(() => {
    buildInto(scratch.path, 'image');
    ({ root, config } = unpackImage(
      join(scratch.path, 'image', FORMS.image.file('server', VERSION, SYSTEM) ?? ''),
      scratch.path,
    ));
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
    scratch.remove();
  });

  test('is told to every Docker: to those, too, that read no image of OCI', () => {
    const read = (file: string) => JSON.parse(readFileSync(join(scratch.path, 'image', file), 'utf8'));
    const [image, ...others] = read('manifest.json');
    expect(others).toEqual([]);
    expect(image.RepoTags).toEqual([`localhost/keyrack-server:${VERSION}`]);
    expect(read(image.Config).config).toEqual(config);
    const [{ digest }] = read('index.json').manifests;
    const { layers } = read(`blobs/${digest.replace(':', '/')}`);
    expect(image.Layers).toEqual(layers.map((each: { digest: string }) => `blobs/${each.digest.replace(':', '/')}`));
  });

  test('is set up and makes cards, read-only and without capabilities; is healthy, and ends in order', async () => {
    const data = join(scratch.path, 'data');
    mkdirSync(data, { mode: 0o700 });
    copyFileSync(ROOMS, join(data, 'rooms.csv'));
    for (const each of [data, join(data, 'rooms.csv')]) chownSync(each, USER, USER);
    const port = await freePort();
    writeFileSync(join(scratch.path, 'config.json'), JSON.stringify(containerOf(config, root, data, port)));
    const container = `keyrack-test-${process.pid}`;
    const crun = (...args: readonly string[]) => ['--mount', 'sh', '-c', RUNTIME, 'sh', ...args];
    const serving = spawn('unshare', crun('run', '--bundle', scratch.path, container), {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(serving, 'exit');
    ends.push(() => run('unshare', crun('delete', '--force', container)).catch(() => {}));
    let printed = '';
    for (const stream of [serving.stdout, serving.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    await until('it prints its link', () => {
      if (serving.exitCode !== null) throw new Error(`it ended with code ${serving.exitCode}:\n${printed}`);
      return printed.includes(SET_UP_LINK);
    });
    const exec = async (...args: readonly string[]) =>
      (await run('unshare', crun('exec', '--user', config.User, container, ...args))).stdout;
    const [keyrack = ''] = config.Entrypoint;
    const [, node = ''] = config.Healthcheck.Test;

    const status = await exec(node, '--print', "require('node:fs').readFileSync('/proc/1/status', 'utf8')");
    expect(status).toMatch(/^Uid:\t10001\t10001\t10001\t10001$/m);
    for (const set of ['Inh', 'Prm', 'Eff', 'Bnd', 'Amb']) expect(status).toMatch(new RegExp(`^Cap${set}:\t0+$`, 'm'));
    await expect(exec(node, '--eval', "require('node:fs').writeFileSync('/opt/there', '')")).rejects.toThrow('EROFS');

    const url = `http://127.0.0.1:${port}`;
    const type = (...args: readonly string[]) => exec(keyrack, ...args);
    expect((await type('--version')).trim()).toBe(VERSION);
    const hotel = await setUpHotel(() => url, printed, type, join(config.WorkingDir, 'rooms.csv'));
    const desk = join(scratch.path, 'desk');
    mkdirSync(desk, { mode: 0o700 });
    writeFileSync(join(desk, 'agent.json'), agentSettings(), { mode: 0o600 });
    const { code } = JSON.parse(await type('agents', 'pair', '--property', hotel.number));
    const program = join(unpacked('agent'), 'keyrack');
    const server = ['--server', `ws://127.0.0.1:${port}/agent`];
    await run(program, ['agent', 'pair', code, '--data', desk, ...server], { env: BARE });
    const agent = spawn(program, ['agent', '--data', desk, '--page-port', 'off'], { env: BARE, stdio: 'ignore' });
    const agentEnded = once(agent, 'exit');
    ends.push(() => {
      agent.kill('SIGTERM');
      return agentEnded;
    });
    for (const [encoder, serial] of CARDS) {
      const place = ['sim', '--data', desk, 'place', serial, '--encoder', encoder, '--chip', 'ntag-215'];
      await until('the agent runs', () => run(program, place, { env: BARE }).catch(() => false));
    }
    await eachWorks(hotel, '301');

    const [, ...healthy] = config.Healthcheck.Test.map((each) => each.replace(':8080/', `:${port}/`));
    await exec(...healthy);
    await run('unshare', crun('kill', container, config.StopSignal));
    expect(await ended, printed).toEqual([0, null]);
  });

  test('is started by the Compose file as it asks for: read-only, without capabilities, with its own check', async () => {
    const compose = join(scratch.path, 'image/compose.yaml');
    const told = async (env: NodeJS.ProcessEnv, file = compose) =>
      (await run('docker-compose', ['--file', file, 'config'], { env: { PATH: process.env.PATH, ...env } })).stdout;
    const hotel = { KEYRACK_VERSION: VERSION, KEYRACK_PUBLIC_URL: 'https://hotel.example' };
    const service = await told(hotel);
    for (const line of [
      `image: localhost/keyrack-server:${VERSION}`,
      'read_only: true',
      '- ALL',
      '- no-new-privileges:true',
      `- ${config.Healthcheck.Test[1]}`,
    ])
      expect(service).toContain(line);
    expect(readFileSync(compose, 'utf8')).toContain(config.Healthcheck.Test[3]);
    expect(service).toMatch(new RegExp(`data:${config.WorkingDir}\\b|target: ${config.WorkingDir}\\b`));

    await expect(told({ KEYRACK_VERSION: VERSION })).rejects.toThrow('Set it to https://HOST');
    const wrong = join(scratch.path, 'wrong.yaml');
    writeFileSync(wrong, readFileSync(compose, 'utf8').replace('read_only:', 'readonly:'));
    await expect(told(hotel, wrong)).rejects.toThrow('readonly');
  });
});

/** What the Compose file asks for and the image says, as https://github.com/opencontainers/runtime-spec writes it. */
function containerOf(config: ImageConfig, root: string, data: string, port: number) {
  const memory = (destination: string, mode: string) => ({
    ...{ destination, type: 'tmpfs', source: 'tmpfs' },
    options: ['nosuid', `mode=${mode}`],
  });
  return {
    ociVersion: '1.0.2',
    root: { path: root, readonly: true },
    process: {
      user: { uid: USER, gid: USER },
      args: [...config.Entrypoint, ...config.Cmd],
      // The network is that of the tests, where others may listen.
      env: [...config.Env, 'HOST=127.0.0.1', `PORT=${port}`],
      cwd: config.WorkingDir,
      capabilities: {},
      noNewPrivileges: true,
    },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      memory('/dev', '755'),
      memory('/tmp', '1777'),
      { destination: config.WorkingDir, type: 'bind', source: data, options: ['bind', 'rw'] },
    ],
    linux: { namespaces: [{ type: 'pid' }, { type: 'mount' }, { type: 'ipc' }, { type: 'uts' }] },
  };
}
