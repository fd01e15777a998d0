import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OfferedArchive } from '@keyrack/protocol';
import { newFileHash, signHash } from '@keyrack/protocol/minisign.ts';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DeskState } from '../desk/index.ts';
import { SILENT } from '../log.ts';
import { createVirtualClock, type VirtualClock } from '../testing/virtual-clock.ts';
import { newKey } from './testing/new-key.ts';
import { UpdateFailure } from './update-failure.ts';
import { keepLastUpdate, readAutomatic } from './update-record.ts';
import { LOOK_MS, startUpdates, type Updates, type UpdatesParts } from './updates.ts';

const key = newKey();
/** Its archives are read without a tool of the system, so that this runs everywhere. */
const SYSTEM = 'win-x64';
const NAME = `keyrack-agent-0.2.0-${SYSTEM}.zip`;
const IDLE = { encoders: [{ prompt: null, condition: 'idle' }] } as unknown as DeskState;
const ASKED = { encoders: [{ prompt: {}, condition: 'idle' }] } as unknown as DeskState;

let scratch = '';
let archive: Buffer;
let server: Server;
let clock: VirtualClock;
let answer: RequestListener;
let asked: number;
let changedOver: string[];
let told: unknown[];
let listeners: (() => void)[];
let state: DeskState;

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'keyrack-updates-'));
  const files = ['bin/node.exe', 'lib/main.js'].map((file) => [
    `keyrack-agent/versions/0.2.0/${file}`,
    Buffer.from(file.repeat(10_000)),
  ]);
  archive = Buffer.from(zipSync(Object.fromEntries(files)));
  mkdirSync(join(scratch, 'top/versions/0.1.0'), { recursive: true });
  answer = (_request, response) => void response.end(archive);
  server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  clock = createVirtualClock();
  [asked, changedOver, told, listeners, state] = [0, [], [], [], IDLE];
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(scratch, { recursive: true, force: true });
});

function offered(changes: Partial<OfferedArchive> = {}): OfferedArchive {
  const checksums = `${createHash('sha256').update(archive).digest('hex')}  ${NAME}\n`;
  const signature = signHash(key, newFileHash().update(checksums).digest(), 'SHA256SUMS of Keyrack 0.2.0');
  return { name: NAME, bytes: archive.length, checksums, signature, path: `/downloads/${NAME}?link=x`, ...changes };
}

function start(offer: OfferedArchive | null = offered(), changes: Partial<UpdatesParts> = {}): Updates {
  const changeOver = (version: string) => {
    changedOver.push(version);
    return new Promise<never>(() => {});
  };
  return startUpdates({
    own: '0.1.0',
    system: SYSTEM,
    program: { folder: { top: join(scratch, 'top') }, key, changeOver },
    data: scratch,
    automatic: false,
    last: null,
    server: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/agent`,
    route: {},
    desk: {
      askOffer: async () => {
        asked += 1;
        return offer;
      },
      tellUpdateFailed: (failed) => void told.push(failed),
      state: () => state,
      onChange: (listener) => {
        listeners.push(listener);
        return () => {};
      },
    },
    clock,
    random: { fraction: () => 0.5 },
    log: SILENT,
    ...changes,
  });
}

const versions = () => readdirSync(join(scratch, 'top/versions')).sort();
const troubleOf = async (updates: Updates) => {
  updates.begin();
  await expect.poll(() => updates.state().doing).toBe('nothing');
  return updates.state().trouble?.cause;
};

describe('an update', () => {
  test('is unpacked beside, and then asked to be changed over to', async () => {
    const updates = start();
    updates.begin();
    await expect.poll(() => changedOver).toEqual(['0.2.0']);
    expect(updates.state()).toMatchObject({ doing: 'changing-over', offered: '0.2.0', trouble: null });
    expect(versions()).toEqual(['0.1.0', '0.2.0']);
    // One at a time.
    updates.begin();
    expect(asked).toBe(1);
  });

  test.each<[string, string, RequestListener, Partial<OfferedArchive>]>([
    [
      'is cut',
      'download-failed',
      (_, response) =>
        void response
          .writeHead(200, { 'content-length': archive.length })
          .write(archive.subarray(0, 100), () => response.destroy()),
      {},
    ],
    ['ends too early', 'download-failed', (_, response) => void response.end(archive.subarray(0, 100)), {}],
    [
      'is longer than was offered',
      'download-failed',
      (_, response) => void response.end(Buffer.concat([archive, archive])),
      {},
    ],
    ['was changed', 'wrong-checksum', (_, response) => void response.end(Buffer.alloc(archive.length)), {}],
    ['is refused', 'download-failed', (_, response) => void response.writeHead(410).end(), {}],
    [
      'leads elsewhere',
      'download-failed',
      (_, response) => void response.writeHead(302, { location: '/other' }).end(),
      {},
    ],
    [
      'is on another server',
      'download-failed',
      (_, response) => void response.end(archive),
      { path: 'http://192.0.2.1/x' },
    ],
    ['would be endless', 'download-failed', (_, response) => void response.end(archive), { bytes: 2 ** 40 }],
  ])('whose download %s comes to nothing, and leaves nothing', async (_, cause, listener, changes) => {
    answer = listener;
    // A disk that has no room for it is another matter.
    expect([cause, 'disk-full']).toContain(await troubleOf(start(offered(changes))));
    expect(versions()).toEqual(['0.1.0']);
    expect(changedOver).toEqual([]);
  });

  test('whose download is cut is gone on with where it was cut', async () => {
    const ranges: (string | undefined)[] = [];
    answer = ({ headers: { range } }, response) => {
      ranges.push(range);
      const from = Number(/\d+/.exec(range ?? '')?.[0] ?? 0);
      const rest = { 'content-length': archive.length - from };
      if (from === 0) response.writeHead(200, rest);
      else
        response.writeHead(206, { ...rest, 'content-range': `bytes ${from}-${archive.length - 1}/${archive.length}` });
      // The first is cut, and the second is taken whole.
      if (from === 0) response.write(archive.subarray(0, 100), () => response.destroy());
      else response.end(archive.subarray(from));
    };
    start().begin();
    await expect.poll(() => changedOver).toEqual(['0.2.0']);
    expect(ranges).toEqual([undefined, 'bytes=100-']);
    expect(versions()).toEqual(['0.1.0', '0.2.0']);
  });

  test('that is offered by nobody, or signed by another, comes to nothing', async () => {
    expect(await troubleOf(start(null))).toBe('server-offers-none');
    expect(
      await troubleOf(
        start(offered(), {
          program: {
            folder: { top: '/' },
            key: newKey(),
            changeOver: async () => {
              throw new Error();
            },
          },
        }),
      ),
    ).toBe('wrong-signature');
    const unable = { cause: 'no-key', message: 'No key.' } as const;
    expect(await troubleOf(start(offered(), { program: { unable } }))).toBe('no-key');
  });

  test('that whoever started the agent refuses is told', async () => {
    const changeOver = async () => {
      throw new UpdateFailure('disk-full', 'The disk is full.');
    };
    expect(
      await troubleOf(start(offered(), { program: { folder: { top: join(scratch, 'top') }, key, changeOver } })),
    ).toBe('disk-full');
  });
});

test('how the trial of this version ended is told once it was noted', async () => {
  const last = { from: '0.0.9', to: '0.1.0', outcome: 'trial', cause: null, why: null, at: 1 } as const;
  const updates = start(offered(), { last });
  await keepLastUpdate(scratch, { ...last, outcome: 'done' });
  state = { ...IDLE, connection: { status: 'online' } };
  for (const listener of listeners) listener();
  await clock.advance(5_000);
  await expect.poll(() => updates.state().last?.outcome).toBe('done');
});

describe('by itself', () => {
  test('nothing is done unless somebody chose it, which is kept', async () => {
    const updates = start();
    await clock.advance(7 * LOOK_MS.again);
    expect(asked).toBe(0);
    updates.setAutomatic(true);
    expect(await readAutomatic(scratch)).toBe(true);
    await clock.advance(LOOK_MS.first);
    expect(asked).toBe(1);
  });

  test('it looks again and again, and takes a new version when no card is asked for', async () => {
    state = ASKED;
    const updates = start(offered(), { automatic: true });
    await clock.advance(LOOK_MS.first);
    await vi.waitUntil(() => updates.state().doing === 'waiting');
    expect(changedOver).toEqual([]);
    state = IDLE;
    for (const listener of listeners) listener();
    await expect.poll(() => changedOver).toEqual(['0.2.0']);
  });

  test("a version that won't do is not tried again, and the server is told of it", async () => {
    const last = { from: '0.1.0', to: '0.2.0', outcome: 'failed', cause: 'crashed', why: 'It ended.', at: 1 } as const;
    const updates = start(offered(), { automatic: true, last });
    expect(told).toEqual([{ version: '0.2.0', cause: 'crashed', why: 'It ended.' }]);
    await clock.advance(LOOK_MS.first + 2 * LOOK_MS.again);
    expect(asked).toBe(3);
    expect(versions()).toEqual(['0.1.0']);
    // A person may.
    updates.begin();
    await expect.poll(() => changedOver).toEqual(['0.2.0']);
  });

  test('a newer one than that is tried', async () => {
    const last = { from: '0.0.9', to: '0.1.5', outcome: 'failed', cause: 'crashed', why: null, at: 1 } as const;
    start(offered(), { automatic: true, last });
    await clock.advance(LOOK_MS.first);
    await expect.poll(() => changedOver).toEqual(['0.2.0']);
  });
});
