import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Readable } from 'node:stream';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { afterEach, beforeEach, expect, type TestContext, test } from 'vitest';
import { mountSmallDisk, type SmallDisk } from '../faults/small-disk.ts';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { freePort } from '../world/processes.ts';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { command, postForm, signedFor } from '../world/room-card-client.ts';
import { until } from '../world/until.ts';

/** Real programs whose log goes to a disk that is full, or to nobody: they start, work and go on. */

const world = propertyForEachTest();
let small: SmallDisk | null = null;

beforeEach(async (context: TestContext) => {
  const mounted = await mountSmallDisk(keyrackFolder(), 1);
  if (mounted.disk === null) return context.skip(mounted.reason);
  small = mounted.disk;
});
afterEach(async () => {
  await small?.unmount();
  small = null;
});

interface Setup {
  readonly args: readonly string[];
  /** Where its standard error goes. */
  readonly stderr: () => number | 'pipe';
  /** Called with its data folder before it starts. */
  readonly prepare?: (data: string) => void;
  /** The file that says what was lost. */
  readonly log: () => string;
}

const onSmallDisk = (name: string) => join(small?.folder ?? '', name);

const SETUPS: readonly [string, Setup][] = [
  [
    'standard error of both on a full disk',
    {
      args: ['demo', '--verbose'],
      stderr: () => openSync(onSmallDisk('stderr'), 'a'),
      log: () => onSmallDisk('stderr'),
    },
  ],
  [
    'the log files of both on a full disk',
    {
      args: ['demo'],
      stderr: () => 'pipe',
      prepare: (data) => symlinkSync(small?.folder ?? '', join(data, 'logs')),
      log: () => onSmallDisk('server.log'),
    },
  ],
];

test.each(SETUPS)(
  'server and agent start and work with %s',
  async (_what, { args, stderr, prepare, log }) => {
    const data = keyrackFolder();
    prepare?.(data);
    const port = await freePort();
    const descriptor = stderr();
    await small?.fill();
    const demo = keyrack(args, { PORT: String(port), PAGE_PORT: 'off', KEYRACK_DATA: data }, process.cwd(), descriptor);
    await demo.says('Ctrl-C stops it.');
    const url = `http://127.0.0.1:${port}`;
    expect((await command(url, 'cancelCard')).body).toContain('"status":200');
    expect((await command(url, 'makeRoomCard')).body).toContain('"status":200');
    await small?.makeRoom();
    expect((await command(url, 'readCard')).body).toContain('"status":200');
    expect(existsSync(log())).toBe(true);
    const lines = readFileSync(log(), 'utf8').split('\n').filter(Boolean);
    expect(lines.map((line) => JSON.parse(line).msg)).toContain('log lines were lost');
    demo.child.kill('SIGTERM');
    expect(await demo.ended).toMatchObject({ code: 0 });
  },
  60_000,
);

test.each([
  ['has gone', (stderr: Readable) => void stderr.destroy()],
  ['sleeps', (stderr: Readable) => void stderr.removeAllListeners('data').pause()],
])(
  'a server works and stops although who reads its standard error %s',
  async (_how, leave) => {
    const { server: data } = world.template.copyTo(keyrackFolder());
    const db = new DatabaseSync(join(data, 'keyrack.db'));
    // Otherwise it is the demonstration's, which isn't served.
    db.exec("DELETE FROM facts WHERE name = 'demo'");
    db.close();
    const port = await freePort();
    const settings = { PORT: String(port), KEYRACK_METRICS: 'none', KEYRACK_MASTER_KEY: world.template.masterKey };
    const server = keyrack(['serve'], { ...settings, KEYRACK_DATA: data });
    leave(server.child.stderr as Readable);
    await server.says('listens');
    const fields = { accountSid: PUBLISHED.accountSid, communityNo: PUBLISHED.propertyNumber };
    const form = signedFor('getMacList', fields, PUBLISHED.authToken);
    const ask = () => postForm(`http://127.0.0.1:${port}/Home/Qrm/getMacList`, form);
    // More lines than a pipe or a socket holds.
    for (let n = 0; n < 40; n += 1) {
      const answers = await Promise.all(Array.from({ length: 25 }, ask));
      for (const { body } of answers) expect(body).toContain('"status":200');
    }
    server.child.kill('SIGTERM');
    const [code] = await once(server.child, 'exit');
    expect(code).toBe(0);
  },
  60_000,
);

test('an agent whose log file is on a full disk starts, says so once, and works', async () => {
  const property = await world.openProperty();
  const { desk } = property.hotel;
  const token = join(property.folders.agent, 'token');
  writeFileSync(token, desk.token, { mode: 0o600 });
  await small?.fill();
  const log = onSmallDisk('logs/agent.log');
  const agent = keyrack(
    [
      ...['agent', '--data', property.folders.agent, '--server', `${property.url.replace('http', 'ws')}/agent`],
      ...['--id', desk.agentId, '--token-file', token, '--page-port', 'off', '--log-file', log],
      ...desk.encoders.flatMap(({ mac }) => ['--sim-encoder', mac]),
    ],
    {},
  );
  await agent.says('ready');
  expect((await property.cancel()).body).toContain('"status":200');
  expect((await property.command('makeRoomCard')).body).toContain('"status":200');
  await small?.makeRoom();
  // A log that could never be opened is opened once there is room.
  mkdirSync(onSmallDisk('logs'), { recursive: true });
  expect((await property.command('cancelCard', { serialNum: PUBLISHED.serial })).body).toContain('"status":200');
  await until('the log says what is missing', () => existsSync(log) && readFileSync(log, 'utf8').includes('were lost'));
  agent.child.kill('SIGTERM');
  const { code, err } = await agent.ended;
  expect(code).toBe(0);
  expect(err.match(/can't be written/g)).toHaveLength(1);
});
