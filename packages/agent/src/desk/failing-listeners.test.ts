import { BLANK } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { createDeskWorld, SERIAL } from '../testing/desk-world.ts';

/** Somebody who listens to the desk, such as its page, fails in the middle of the work. */

const WHEN: readonly [string, (change: number) => boolean][] = [
  ['at every change', () => true],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n): [string, (change: number) => boolean] => [`at change ${n}`, (at) => at === n]),
];

test.each(WHEN)(
  'a listener that throws %s neither ends a write nor keeps its result from the server',
  async (_, fails) => {
    const world = await createDeskWorld();
    let changes = 0;
    let heard = 0;
    world.desk().onChange(() => {
      changes += 1;
      if (fails(changes)) throw new Error('a listener failed');
    });
    world.desk().onChange(() => {
      heard += 1;
    });
    await world.server.welcome();
    world.encoder.place(SERIAL);
    world.prompt();
    world.grant(await world.presented());
    const { records } = await world.server.take('report');
    expect(records.map(({ entry }) => entry.type)).toEqual(['write', 'result']);
    expect(world.content()).toBe(BLANK);
    expect(changes).toBeGreaterThan(8);
    expect(heard).toBe(changes);
    expect(world.log.filter((line) => line.includes('somebody who listens to the desk failed'))).not.toEqual([]);
  },
);
