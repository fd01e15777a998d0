import { expect, test } from 'vitest';
import { MEMBER, propertyForEachTest } from '../world/property-for-each-test.ts';

/** A setting that is accepted at the start works in every request: each at its edges, and with fractions. */

const world = propertyForEachTest();

test.each([
  { KEYRACK_CARD_WAIT_SECONDS: '16.6667', KEYRACK_ANSWER_WAIT_SECONDS: '30.00049' },
  { KEYRACK_CARD_WAIT_SECONDS: '2.333333333', KEYRACK_ANSWER_WAIT_SECONDS: '4.777777777' },
  { KEYRACK_CARD_WAIT_SECONDS: '600', KEYRACK_ANSWER_WAIT_SECONDS: '900' },
  { KEYRACK_SIGN_IN_IDLE_MINUTES: '1.00001' },
  { KEYRACK_SIGN_IN_IDLE_MINUTES: '10080', UV_THREADPOOL_SIZE: '1' },
])('cards are issued, read and cancelled with %o', async (env) => {
  const desk = await world.open({ env });
  // Card types 2 and 3 go by the sign-in, whose limit is among the settings.
  await desk.signIn(MEMBER);
  desk.agent.desk.activity();
  for (const command of ['makeRoomCard', 'readCard', 'cancelCard'] as const)
    expect((await world.property.command(command)).body, command).toContain('"status":200');
  const signedIn = await world.property.command('cancelCard', {
    issueMac: '',
    operateCardType: '2',
    serialNum: '04A16E2A915580',
  });
  expect(JSON.parse(signedIn.body).status).not.toBe(500);
  expect(world.property.lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});
