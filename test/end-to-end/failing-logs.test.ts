import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { expect, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { SUCCESS } from '../world/room-card-client.ts';
import { until } from '../world/until.ts';

/** A log that fails, of server and agent, at the points where a line comes between a commit and the news of it. */

const world = propertyForEachTest();
const OTHER = serialOf('8F42E9D3');

/** A log whose lines throw as a full disk's do, those that `fails` names. */
const failing = (fails: (message: string) => boolean) => ({
  onLine: ({ msg }: Readonly<Record<string, unknown>>) => {
    if (fails(String(msg))) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  },
});

/** Each line of the way of a card, which fails when it comes for the first time. */
function firstOfEach(): { fails(message: string): boolean; readonly failed: Set<string> } {
  const failed = new Set<string>();
  return {
    failed,
    fails(message) {
      if (message === 'log lines were lost' || failed.has(message)) return false;
      failed.add(message);
      return true;
    },
  };
}

test.each<[string, (message: string) => boolean]>([
  ['every line', () => true],
  ['every line but the news of what was lost', (message) => message !== 'log lines were lost'],
  ['the line of the state that an operation reached', (message) => message === 'operation'],
  ['the line of an answered request', (message) => message === 'request'],
])('cards are cancelled and issued, and the desk goes on, while %s fails', async (_which, fails) => {
  const desk = await world.open(failing(fails));
  expect((await world.property.cancel()).body).toBe(SUCCESS);
  desk.cards.place(OTHER, { encoder: PUBLISHED.encoder });
  expect((await world.property.command('makeRoomCard')).body).toContain(`"serialNum":"${OTHER}"`);
  expect(world.operations().map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  expect(desk.agent.desk.state().connection.status).toBe('online');
});

test('each line may fail by itself, and is counted', async () => {
  const first = firstOfEach();
  const desk = await world.open(failing(first.fails));
  expect((await world.property.cancel()).body).toBe(SUCCESS);
  desk.cards.place(OTHER, { encoder: PUBLISHED.encoder });
  expect((await world.property.command('makeRoomCard')).body).toContain('"status":200');
  await until('the agent was heard', () => world.property.rows('agents').some(({ cursor }) => cursor?.number === 4));
  for (const line of ['operation', 'granted', 'outcome', 'write journaled', 'exchange ended', 'records reported'])
    expect(first.failed).toContain(line);
  const lost = world.property.lines.filter(({ msg }) => msg === 'log lines were lost');
  expect(lost.reduce((sum, { lines }) => sum + Number(lines), 0)).toBeGreaterThan(10);
});
