import type { OperationId } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import type { Operation } from '../domain/operation.ts';
import { openHotel, P, uuid } from '../transactions/testing/hotel.ts';
import { createOutcomes } from './outcomes.ts';
import { createRunner } from './runner.ts';

const OP = uuid<OperationId>(10);

/** An accepted operation, and those who want to hear of it. */
async function listened() {
  const hotel = await openHotel();
  await hotel.connect();
  await hotel.accept(OP);
  const failures: unknown[] = [];
  const outcomes = createOutcomes((error) => failures.push(error));
  return { hotel, outcomes, failures, run: createRunner(hotel.store, outcomes) };
}

type Outcomes = Awaited<ReturnType<typeof listened>>['outcomes'];
const fail = () => {
  throw new Error('a listener failed');
};

const PLACES: readonly [string, (outcomes: Outcomes) => void][] = [
  ['who hears of everything', (outcomes) => void outcomes.subscribe(fail)],
  ['who waits for this operation', (outcomes) => void outcomes.watch(OP, fail)],
  [
    'who leaves meanwhile',
    (outcomes) => {
      const leave = outcomes.watch(OP, () => {
        leave();
        fail();
      });
    },
  ],
];

test.each(PLACES)('a listener that throws, one %s, keeps the news from nobody', async (_who, listen) => {
  const { hotel, outcomes, failures, run } = await listened();
  const heard: string[] = [];
  outcomes.watch(OP, (operation) => void heard.push(`first ${operation.state}`));
  outcomes.subscribe((changed: readonly Operation[]) => void heard.push(`all ${changed.length}`));
  listen(outcomes);
  outcomes.watch(OP, (operation) => void heard.push(`last ${operation.state}`));
  outcomes.subscribe((changed: readonly Operation[]) => void heard.push(`all again ${changed.length}`));
  const input = { propertyId: P, operation: OP, cause: 'declined', actor: 'a test', now: 1 } as const;

  const result = await run('withdrawOperation', input);

  expect(result.changed).toMatchObject([{ id: OP, state: 'withdrawn' }]);
  expect(await hotel.operation(OP)).toMatchObject({ state: 'withdrawn' });
  expect(heard).toEqual(['first withdrawn', 'last withdrawn', 'all 1', 'all again 1']);
  expect(failures).toMatchObject([{ message: 'a listener failed' }]);
});
