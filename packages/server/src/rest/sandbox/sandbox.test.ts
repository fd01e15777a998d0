import { type Mac, type SandboxAnswer, sandboxAnswer } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { SANDBOX } from '../../domain/limits.ts';
import { INN, restWorld } from '../../testing/rest-world.ts';
import { connectFrontDesk, EMPTY } from '../../testing/simulated-front-desk.ts';

/** What the server makes of what front desks say to the sandbox. With real ones: test/end-to-end/sandbox.test.ts. */

const MAC = '7C778A6C7D01' as Mac;
type Options = Partial<Parameters<typeof connectFrontDesk>[1]>;

async function open(options: Options = {}) {
  const world = await restWorld();
  const desk = await connectFrontDesk(world, { propertyId: INN.id, mac: MAC, ...options });
  const send = (method: string, tail = '', json?: object, headers?: Record<string, string>) =>
    world.send(`/v1/properties/${INN.id}/encoders/${desk.encoder}/sandbox${tail}`, {
      method,
      ...(json && { json }),
      ...(headers && { headers }),
    });
  return { world, desk, send };
}

test('an encoder that says that it is simulated is recorded as such, and is driven', async () => {
  const { world, desk, send } = await open();
  expect(world.rows('encoders')).toMatchObject([{ mac: MAC, simulated: true }]);
  const shown = await world.send(`/v1/properties/${INN.id}/encoders`);
  expect(shown.body.data).toMatchObject([{ id: desk.encoder, simulated: true, presence: 'connected' }]);
  expect((await send('DELETE', '/card')).body).toEqual({ card: null, failure: null });
  expect(desk.asked).toEqual([{ do: 'take-away' }]);
});

test.each<[string, Options]>([
  ['a real one', { simulated: false }],
  ['one of an agent of an older version', { simulated: false, protocol: 3 }],
])('%s is asked for nothing', async (_what, options) => {
  const { world, desk, send } = await open(options);
  expect(world.rows('encoders')).toMatchObject([{ simulated: false }]);
  for (const answer of [await send('GET'), await send('PUT', '/failure', { cause: 'declined' })])
    expect(answer).toMatchObject({ status: 409, body: { type: '/v1/problems/not-simulated' } });
  expect(desk.asked).toEqual([]);
  expect(world.rows('audit').filter(({ action }) => action === 'sandbox-used')).toEqual([]);
});

test('an encoder that has become a real one meanwhile is asked for nothing', async () => {
  const { world, desk, send } = await open();
  desk.leave();
  const real = await connectFrontDesk(world, { propertyId: INN.id, mac: MAC, simulated: false });
  // The owner that left counts on for a moment, so that the row may still say otherwise.
  expect((await send('DELETE', '/card')).status).toBe(409);
  expect(real.asked).toEqual([]);
});

test.each(
  sandboxAnswer.options.flatMap(({ shape: { verdict } }) => ('options' in verdict ? verdict.options : [])) as Exclude<
    SandboxAnswer['verdict'],
    'done'
  >[],
)('a front desk that says %s is told with what to do', async (verdict) => {
  const { send } = await open({ answer: () => ({ verdict }) });
  for (const { status, body } of [await send('GET'), await send('PUT', '/card', { serial: 'ABCD' })]) {
    expect(status).toBe(409);
    expect(body.type).toMatch(verdict === 'not-simulated' ? /not-simulated$/ : /sandbox-refused$/);
    expect(body.detail).toMatch(/;|Name/);
  }
});

test('a front desk that leaves before it answers, and then is away', async () => {
  const { desk, send } = await open({
    answer: () => {
      desk.leave();
      return null;
    },
  });
  expect(await send('DELETE', '/card')).toMatchObject({
    status: 503,
    body: { type: '/v1/problems/outcome-unknown' },
  });
  const offline = { status: 409, body: { type: '/v1/problems/refused', cause: 'encoder-offline' } };
  expect(await send('DELETE', '/card')).toMatchObject(offline);
  expect(await send('GET')).toMatchObject(offline);
});

test('a front desk that does not answer is waited for no longer than that, and by no more than so many', async () => {
  const { desk, send } = await open({ answer: () => null });
  const began = performance.now();
  const waiting = Array.from({ length: SANDBOX.atOnce }, () => send('GET'));
  await expect.poll(() => desk.asked.length).toBe(SANDBOX.atOnce);
  expect(await send('DELETE', '/card')).toMatchObject({ status: 503, body: { type: '/v1/problems/unavailable' } });
  for (const answer of await Promise.all(waiting)) expect(answer.status).toBe(503);
  expect(performance.now() - began).toBeGreaterThan(SANDBOX.answerMs - 100);
});

test('a repeat with the same Idempotency-Key asks for the very same card', async () => {
  const { desk, send } = await open();
  const make = () => send('POST', '/cards', { chip: 'ntag-213' }, { 'idempotency-key': 'k' });
  expect((await make()).body).toEqual((await make()).body);
  expect(desk.asked[1]).toEqual(desk.asked[0]);
});

test('an answer to nothing is passed over', async () => {
  const { desk, send } = await open({ answer: () => EMPTY });
  expect((await send('GET')).status).toBe(200);
  expect(desk.asked).toHaveLength(1);
});
