import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { AGENT_RETURN } from '@keyrack/server/domain/limits.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { passingClock } from '../world/passing-clock.ts';
import { MEMBER, propertyForEachTest } from '../world/property-for-each-test.ts';
import { type CardCommand, type Fields, refusal, SUCCESS } from '../world/room-card-client.ts';
import { startTcpProxy, type TcpProxy } from '../world/tcp-proxy.ts';
import type { FrontDesk } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/**
 * Requests while an agent is away for a moment: the server has just been started, or the line to a front desk broke.
 * When exactly they are refused is in packages/server/src/dispatch/absent-agents.test.ts.
 */

const world = propertyForEachTest();
let proxy: TcpProxy | null = null;
afterEach(async () => {
  await proxy?.close();
  proxy = null;
});

const OFFLINE = refusal(
  6200,
  'Cancelled card error',
  'The encoder is not connected; plug it in, see that the agent runs on its computer, and send again.',
);

/** A request of each command, and of the lock types that go to the encoder where the member is signed in. */
const REQUESTS: readonly (readonly [CardCommand, Fields])[] = [
  ['cancelCard', {}],
  ['readCard', {}],
  ['makeRoomCard', { roomNo: 'R007' }],
  ['cancelCard', { operateCardType: '2', serialNum: '04A16E2A915580', issueMac: '' }],
  ['readCard', { operateCardType: '3', issueMac: '' }],
];

const accepted = () => until('the request waits', () => world.operations().some(({ state }) => state === 'accepted'));

/** What lies on the marked encoder for card types 2 and 3. */
function layCards(desk: FrontDesk): void {
  desk.cards.remove(PUBLISHED.secondEncoder);
  desk.cards.place(serialOf('04A16E2A915580'), { encoder: PUBLISHED.secondEncoder });
}

describe.each(REQUESTS)('%s %j', (command, changes) => {
  test('that comes after the start of the server, before the agent, is carried out', async () => {
    const clock = passingClock();
    await world.openProperty({ parts: { clock } });
    clock.stand();
    // The sign-in is from before.
    const earlier = await world.property.openDesk();
    await earlier.signIn(MEMBER);
    await earlier.stop();
    const asked = world.property.command(command, changes);
    await accepted();
    layCards(await world.property.openDesk());
    expect((await asked).body).toMatch(/^\{"status":200,"info":"success"/);
  });

  test('that comes while the line to the agent is broken is carried out', async () => {
    const clock = passingClock();
    await world.openProperty({ parts: { clock } });
    proxy = await startTcpProxy(Number(new URL(world.property.url).port));
    const desk = await world.property.openDesk({ address: `ws://127.0.0.1:${proxy.port}/agent` });
    await desk.signIn(MEMBER);
    layCards(desk);
    clock.pass(AGENT_RETURN.sinceStartMs);
    clock.stand();
    proxy.refuse(500);
    await until('the server knows it', () => world.property.server.dispatcher.online() === 0);
    const asked = world.property.command(command, changes);
    await accepted();
    expect(world.property.server.dispatcher.online()).toBe(0);
    expect((await asked).body).toMatch(/^\{"status":200,"info":"success"/);
  });
});

test('a caller who hangs up meanwhile is told by the same request, once the agent is back', async () => {
  await world.openProperty();
  const hangUp = new AbortController();
  const asked = world.property.cancel({}, hangUp.signal).catch(() => null);
  await accepted();
  hangUp.abort();
  await asked;
  await until('it is known that the caller left', () => world.operations()[0]?.caller === 'left');
  const again = world.property.cancel();
  await until('the repeat joins', () => world.operations()[0]?.caller === 'waiting');
  await world.property.openDesk();
  expect((await again).body).toBe(SUCCESS);
  expect(world.operations()).toHaveLength(1);
});

test('five requests wait for an agent that is away, and a sixth is refused at once', async () => {
  await world.openProperty();
  const serials = ['4567', '42873467', '9A3C51E0', '04C3804C937782', '04D4915D948883'];
  const hangUp = new AbortController();
  const asked = serials.map((serialNum) => world.property.cancel({ serialNum }, hangUp.signal).catch(() => null));
  await world.waiting(5);
  expect((await world.property.cancel({ serialNum: '6E31D8C2' })).body).toContain('too many requests waiting');
  hangUp.abort();
  await Promise.all(asked);
});

test('an encoder that a connected agent does not have is offline at once, also after the start', async () => {
  await world.openProperty();
  const desk = await world.open();
  await desk.agent.desk.setEncoders([]);
  await until('the server was told', async () => (await world.property.cancel()).body === OFFLINE);
  const [operation] = world.operations().filter(({ cause }) => cause === 'encoder-offline');
  const waited = (operation?.settledAt ?? Number.NaN) - (operation?.acceptedAt ?? Number.NaN);
  expect(waited).toBeLessThan(AGENT_RETURN.sinceConnectionMs);
});

test('where the wait for a card is shorter, the encoder is said to be offline, and not the card to be missing', async () => {
  await world.openProperty({ cardWaitSeconds: 1 });
  expect((await world.property.cancel()).body).toBe(OFFLINE);
});
