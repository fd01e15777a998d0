import { rmSync, writeFileSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { AGENT_ABSENCE, DISK_ALARM } from '@keyrack/server/domain/limits.ts';
import { OWNER_KEY_FILE } from '@keyrack/server/main-owner-key.ts';
import { type Clock, systemClock } from '@keyrack/server/runtime/clock.ts';
import { diskSpaceOf } from '@keyrack/server/runtime/disk-watch.ts';
import { webhookReceiver } from '@keyrack/server/testing/webhook-receiver.ts';
import { afterEach, expect, test } from 'vitest';
import { mountSmallDisk, type SmallDisk } from '../faults/small-disk.ts';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { SUCCESS } from '../world/room-card-client.ts';
import { scratchFolder } from '../world/scratch.ts';
import { until } from '../world/until.ts';

/** What an administrator must hear: it comes as an event, to a webhook, into the log and the metrics. */

const scratch = scratchFolder();
let small: SmallDisk | null = null;
afterEach(async () => {
  await small?.unmount();
  small = null;
  scratch.remove();
});
// After the disk's: the property is closed before its disk goes.
const world = propertyForEachTest({ env: { KEYRACK_WEBHOOK_NETWORKS: '127.0.0.1' } });

const LOOKS: readonly number[] = [
  AGENT_ABSENCE.firstLookMs,
  AGENT_ABSENCE.lookEveryMs,
  DISK_ALARM.firstLookMs,
  DISK_ALARM.lookEveryMs,
];

/** The system's clock, but that looks come soon, and that time passes for the wall clock as a test says. */
function quickLooks() {
  let passed = 0;
  const clock: Clock = {
    ...systemClock,
    now: () => systemClock.now() + passed,
    setTimeout: (run, ms) => systemClock.setTimeout(run, LOOKS.includes(ms) ? 50 : ms),
  };
  return {
    clock,
    pass: (ms: number) => {
      passed += ms;
    },
  };
}

/** Asks /v1 as the owner. */
async function ask(path: string, json?: object): Promise<{ readonly data: unknown }> {
  const key = (await readFile(join(world.property.folders.server, OWNER_KEY_FILE), 'utf8')).trim();
  const answer = await fetch(`${world.property.url}/v1${path}`, {
    method: json === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as { readonly data: unknown };
}
const said = (msg: string) => world.property.lines.filter((line) => line.msg === msg);

test('a front desk that is offline for long rings once, and so does its return', async () => {
  const { clock, pass } = quickLooks();
  const desk = await world.open({ parts: { clock } });
  const { property } = world;
  const receiver = await webhookReceiver();
  const types = ['agent.offline', 'agent.back'];
  await ask(`/properties/${PUBLISHED.propertyNumber}/webhooks`, { url: receiver.url, types });
  const heard = () => receiver.received.map(({ event }) => event.type);
  pass(60 * 60_000);
  await desk.stop();
  await until('nobody is connected', () => property.server.dispatcher.online() === 0);
  pass(29 * 60_000);
  const absences = () => property.rows('agentAbsences');
  await until('it is written down', () => absences().length === 1);
  expect(said('a front desk has been offline for long')).toEqual([]);
  pass(60_000);
  await until('the webhook hears of it', () => heard().length > 0);
  expect(heard()).toEqual(['agent.offline']);
  const [{ data }] = receiver.received.map(({ event }) => event) as [{ data: unknown }];
  expect(data).toEqual({ agent: absences()[0]?.agentId, since: new Date(absences()[0]?.since ?? 0).toISOString() });
  pass(24 * 60 * 60_000);
  await property.openDesk();
  await until('the webhook hears of its return', () => heard().length > 1);
  expect(heard()).toEqual(types);
  const listed = await ask(`/properties/${PUBLISHED.propertyNumber}/events?types=${types.join(',')}`);
  expect(listed.data).toEqual(receiver.received.map(({ event }) => event));
  expect(said('a front desk has been offline for long')).toHaveLength(1);
});

test('a disk that is nearly full rings in time, everywhere, and the cards go on', async (context) => {
  const mounted = await mountSmallDisk(scratch.path, 64);
  if (mounted.disk === null) return context.skip(mounted.reason);
  small = mounted.disk;
  const { clock } = quickLooks();
  await world.open({ serverDisk: small.folder, parts: { clock, diskSpace: diskSpaceOf } });
  const { property } = world;
  const [receiver, ownReceiver] = [await webhookReceiver(), await webhookReceiver()];
  const types = ['disk.nearly_full', 'disk.well_again'];
  await ask(`/properties/${PUBLISHED.propertyNumber}/webhooks`, { url: receiver.url, types });
  await ask('/webhooks', { url: ownReceiver.url, types });
  const free = async () => {
    const { bavail, bsize } = await statfs(property.folders.server);
    return bavail * bsize;
  };
  const metric = async (name: string) => {
    const text = await (await fetch(property.server.metricsUrl ?? '')).text();
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
  };
  await until('the room was looked at', async () => (await metric('keyrack_disk_free_bytes')) > 0);
  expect(await metric('keyrack_disk_size_bytes')).toBe(64 * 1024 ** 2);

  // Leaves 4 MiB of 64: less than a tenth, and enough to work with.
  const ballast = join(small.folder, 'ballast');
  writeFileSync(ballast, Buffer.alloc((await free()) - 4 * 1024 ** 2));
  const heard = (one = receiver) => one.received.map(({ event }) => event.type);
  await until('both hear of it', () => heard().length > 0 && heard(ownReceiver).length > 0);
  expect(receiver.received[0]?.event.data).toMatchObject({ sizeBytes: 64 * 1024 ** 2 });
  expect(ownReceiver.received[0]?.event).toMatchObject({ property: null, data: receiver.received[0]?.event.data });
  expect(said('the disk of the data folder is nearly full; make room')).toHaveLength(1);
  expect((await property.cancel()).body).toBe(SUCCESS);
  expect((await fetch(`${property.url}/readyz`)).status).toBe(200);
  rmSync(ballast);
  await until('both hear of the end', () => heard().length > 1 && heard(ownReceiver).length > 1);
  expect([heard(), heard(ownReceiver)]).toEqual([types, types]);
  const listed = await ask(`/properties/${PUBLISHED.propertyNumber}/events?types=${types.join(',')}`);
  expect(listed.data).toEqual(receiver.received.map(({ event }) => event));
});
