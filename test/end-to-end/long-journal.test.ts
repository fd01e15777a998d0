import { randomUUID } from 'node:crypto';
import { journalFolder, systemClock } from '@keyrack/agent';
import { folderDisk } from '@keyrack/agent/journal/folder-disk.ts';
import { openJournal } from '@keyrack/agent/journal/journal.ts';
import {
  AGENT_LIMITS,
  BLANK,
  contentOf,
  type JournalId,
  type Nonce,
  type OperationId,
  type Serial,
} from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { SUCCESS } from '../world/room-card-client.ts';

/** A desk whose journal holds more than one message may, at a server that was restored from an old backup. */

const world = propertyForEachTest();

/** Writes that the server's backup knows nothing of, each with its result: more records than one message takes. */
const WRITES = AGENT_LIMITS.catchUpRecords / 2 + 500;

/** Fills the journal in the folder of an agent that isn't running. No fsync: nothing dies here. */
async function fillJournal(folder: string): Promise<void> {
  const disk = { ...(await folderDisk(journalFolder(folder))), syncFile: async () => {} };
  const journal = await openJournal({ disk, clock: systemClock, newId: () => randomUUID() as JournalId });
  const issued = contentOf('keyed', new Uint8Array(48).fill(1));
  for (let n = 0; n < WRITES; n += 1) {
    const operation = randomUUID() as OperationId;
    const nonce = randomUUID() as Nonce;
    await journal.append({
      type: 'write',
      operation,
      nonce,
      serial: '04AABBCC' as Serial,
      before: issued,
      target: BLANK,
    });
    await journal.append({ type: 'result', operation, nonce, outcome: 'succeeded' });
  }
  await journal.close();
}

test('tells it in several messages, and works', async () => {
  await world.openProperty({});
  const folder = world.property.folders.agent;
  const before = await world.property.openDesk();
  const known = before.agent.desk.state();
  expect(known.connection.status).toBe('online');
  await before.stop();
  await fillJournal(folder);
  // As `keyrack restore` leaves it: what its agents tell that it doesn't know is expected.
  await world.property.server.run('markRestored', { now: Date.now() });
  await world.property.openDesk({ onlineMs: 120_000 });
  const told = world.property.lines.filter(({ msg }) => msg === 'part');
  expect(told.length).toBeGreaterThanOrEqual(4);
  const agent = world.property.rows('agents').find(({ id }) => id === world.property.hotel.desk.agent);
  expect(agent).toMatchObject({ state: 'active', cursor: { number: 2 * WRITES } });
  expect((await world.property.cancel()).body).toBe(SUCCESS);
});
