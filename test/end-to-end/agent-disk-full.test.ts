import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { mountSmallDisk, type SmallDisk } from '../faults/small-disk.ts';
import { SUCCESS } from '../world/room-card-client.ts';
import { scratchFolder } from '../world/scratch.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/** A desk whose disk is full: it stops, says why, and goes on where it was once there is room. */

let template: Template;
let property: TestProperty;
let small: SmallDisk | null = null;
const scratch = scratchFolder();

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());
afterEach(async () => {
  await property.close();
  await small?.unmount();
  scratch.remove();
});

test('a full disk stops the agent with what to do, nothing is guessed, and with room it goes on', async (context) => {
  property = await openProperty(template, { cardWaitSeconds: 1, answerWaitSeconds: 2 });
  const mounted = await mountSmallDisk(scratch.path, 1);
  if (mounted.disk === null) return context.skip(mounted.reason);
  small = mounted.disk;
  await symlink(small.folder, join(property.folders.agent, 'journal'));
  const desk = await property.openDesk();
  expect((await property.cancel()).body).toBe(SUCCESS);
  await small.fill();
  // The page of memory that the journal's end lies in has room for a few records more.
  let cards = 0;
  while (desk.agent.desk.state().connection.status === 'online') {
    cards += 1;
    await property.command(cards % 2 === 1 ? 'makeRoomCard' : 'cancelCard');
  }
  expect(cards).toBeGreaterThan(0);
  expect(await desk.agent.desk.whenFailed()).toMatch(
    /ENOSPC.*Make room or repair the disk, then start the agent again/,
  );
  expect(JSON.stringify(desk.agent.desk.state())).toContain('Make room or repair the disk');
  expect((await property.cancel({ serialNum: '42873467' })).body).toContain('The encoder is not connected');
  await desk.stop();

  const sessions = () => property.lines.filter(({ msg }) => msg === 'hello').length;
  const before = sessions();
  await expect(property.openDesk()).rejects.toThrow(/ENOSPC.*Make room or repair the disk/);
  expect(sessions(), 'it never offered itself').toBe(before);

  await small.makeRoom();
  const again = await property.openDesk();
  await until('what was open is settled', () =>
    property.rows('operations').every(({ state }) => !['accepted', 'granted', 'unknown'].includes(state)),
  );
  const written = property.rows('cards').filter(({ lastGranted }) => lastGranted !== null);
  expect(written.length).toBeGreaterThan(0);
  for (const { serial, content } of written) expect(again.contentOf(serial)).toBe(content);
  again.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
  expect((await property.command('makeRoomCard', { owner: 'Ada' })).body).toContain('"status":200');
});
