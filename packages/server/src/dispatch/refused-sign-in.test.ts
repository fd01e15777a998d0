import { expect, test } from 'vitest';
import { createOutcomes } from '../runtime/outcomes.ts';
import { createRunner } from '../runtime/runner.ts';
import { AGENT, MAC, openHotel, TestJournal } from '../transactions/testing/hotel.ts';
import { connect, serve } from './testing/connected-agents.ts';
import { dispatcherOver, failTheTest } from './testing/dispatcher-over.ts';
import { handClock, settled } from './testing/hand-clock.ts';

test('a sign-in that is refused at a desk leaves a line in the bounded log, with desk, address and cause, and no name', async () => {
  const hotel = await openHotel();
  // Enrols its agents.
  await serve(hotel);
  const lines: object[] = [];
  const outcomes = createOutcomes(failTheTest);
  const dispatcher = dispatcherOver(createRunner(hotel.store, outcomes), hotel.store.read, handClock(), {
    outcomes,
    checkMember: async () => ({ ok: false, refusal: { cause: 'creator-or-password', facts: {} } }),
    failures: { note: (source, line, message) => lines.push({ source, ...line, message }) },
  });
  const agent = await connect(dispatcher, AGENT, new TestJournal(), [MAC]);
  agent.say({
    type: 'sign-in',
    request: 1,
    mobile: '10000000000',
    areaCode: '86',
    email: '',
    password: 'a'.repeat(32),
  });
  await settled();
  expect(agent.heard.at(-1)).toMatchObject({ type: 'signed-in', member: null, cause: 'creator-or-password' });
  expect(lines).toEqual([
    {
      source: '192.0.2.1',
      agent: AGENT,
      session: expect.any(Number),
      cause: 'creator-or-password',
      message: 'sign-in at a desk was refused',
    },
  ]);
});
