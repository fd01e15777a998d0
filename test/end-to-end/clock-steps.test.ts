import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { type Clock, systemClock } from '@keyrack/server/runtime/clock.ts';
import { expect, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import type { CardCommand } from '../world/room-card-client.ts';
import { until } from '../world/until.ts';

/** The clock of the server's computer is set while cards are asked for (docs/reliability.md). */

const world = propertyForEachTest({ cardWaitSeconds: 1, answerWaitSeconds: 3 });
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BLANK = serialOf('8F42E9D3');

/** The computer's clock, set by hand; timers and the monotonic clock go on as ever. */
function settableClock() {
  let offset = 0;
  const clock: Clock = { ...systemClock, now: () => Date.now() + offset };
  return { parts: { clock }, set: (ms: number) => (offset += ms) };
}

const statusOf = (body: string) => JSON.parse(body).status;

test.each<[CardCommand, number]>([
  ['cancelCard', -HOUR],
  ['cancelCard', HOUR],
  ['makeRoomCard', -DAY],
  ['readCard', DAY],
])('%s ends by its wait while the clock is set by %d, and its encoder works on', async (command, step) => {
  const { parts, set } = settableClock();
  const desk = await world.openWithoutCard({ parts });
  const asked = world.property.command(command);
  await world.waiting(1);
  set(step);
  const { body } = await asked;
  expect(statusOf(body), 'the outcome is told, and not left open').not.toBe(6209);
  expect(world.operations()).toMatchObject([{ state: 'expired', cause: 'no-card' }]);

  desk.cards.place(BLANK, { encoder: PUBLISHED.encoder });
  expect(statusOf((await world.property.command('makeRoomCard')).body)).toBe(200);
  expect(statusOf((await world.property.command('readCard')).body)).toBe(200);
});

test.each([-DAY, DAY])(
  'a write that is under way stays granted until its agent tells how it ended, the clock being set by %d',
  async (step) => {
    const { parts, set } = settableClock();
    const property = await world.openProperty({ parts, cardWaitSeconds: 3, answerWaitSeconds: 4.5 });
    const { promise: held, resolve: goOn } = Promise.withResolvers<void>();
    await property.openDesk({ onWrite: (moment) => (moment === 'before' ? held : undefined) });
    const asked = property.cancel();
    await until('it is granted', () => world.operations()[0]?.state === 'granted');
    set(step);
    expect(statusOf((await asked).body), 'the wait for a card is over by then, and the outcome open').toBe(6209);
    expect(world.operations()).toMatchObject([{ state: 'granted' }]);
    goOn();
    await until('its agent has told', () => world.operations()[0]?.state === 'succeeded');
    expect(statusOf((await property.cancel()).body)).toBe(200);
  },
);
