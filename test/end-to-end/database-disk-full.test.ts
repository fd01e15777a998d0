import { afterEach, expect, test } from 'vitest';
import { mountSmallDisk, type SmallDisk } from '../faults/small-disk.ts';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { SUCCESS } from '../world/room-card-client.ts';
import { scratchFolder } from '../world/scratch.ts';
import { until } from '../world/until.ts';

/** The disk of the server's database is full: it says so, in the log and by its readiness, and goes on by itself. */

const scratch = scratchFolder();
let small: SmallDisk | null = null;
afterEach(async () => {
  await small?.unmount();
  small = null;
  scratch.remove();
});
// After the disk's: the property is closed before its disk goes.
const world = propertyForEachTest({ cardWaitSeconds: 1, answerWaitSeconds: 2 });

test('a full disk shows in readiness and once in the log, and once there is room all goes on', async (context) => {
  const mounted = await mountSmallDisk(scratch.path, 8);
  if (mounted.disk === null) return context.skip(mounted.reason);
  small = mounted.disk;
  const desk = await world.open({ serverDisk: small.folder });
  const { property } = world;
  const ready = async () => (await fetch(`${property.url}/readyz`)).status;
  const status = async () => JSON.parse((await property.command('makeRoomCard')).body).status;
  expect(await ready()).toBe(200);
  expect((await property.cancel()).body).toBe(SUCCESS);

  await small.fill();
  // The log of the database may have room for a few records more.
  await until('a request fails', async () => (await status()) === 503);
  expect(await ready()).toBe(503);
  for (let n = 0; n < 20; n += 1) expect(await status()).toBe(503);
  expect(property.lines.filter(({ level }) => Number(level) >= 50)).toMatchObject([
    { cause: expect.stringContaining('the disk is full'), msg: expect.stringContaining('cannot be written') },
  ]);
  const failed = property.lines.filter((line) => line.status === 503);
  expect(failed.length).toBeGreaterThan(20);
  for (const line of failed) expect(line).toMatchObject({ msg: 'request', account: property.hotel.account.sid });

  await small.makeRoom();
  await until('it is ready again', async () => (await ready()) === 200);
  await until('the desk is back', () => desk.agent.desk.state().connection.status === 'online');
  expect(await status()).toBe(200);
  expect(property.lines.filter(({ msg }) => msg === 'the database can be written again')).toHaveLength(1);
});
