import { BLANK, HAS_SANDBOX, OLDEST_AGENT_PROTOCOL, type SandboxCommand, type Serial } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { createDeskWorld, type DeskWorld, MAC, OTHER_OPERATION, OTHER_SERIAL, SERIAL } from '../testing/desk-world.ts';

/** What the server drives, told apart by the version of the messages. What it leads to: test/end-to-end/sandbox.test.ts. */

let requests = 0;
async function drive({ server }: DeskWorld, command: SandboxCommand, encoder = MAC) {
  requests += 1;
  server.send({ type: 'sandbox', request: requests, encoder, command });
  const { request, answer } = await server.take('sandbox');
  expect(request).toBe(requests);
  return answer;
}
async function open(protocol?: number): Promise<DeskWorld> {
  const world = await createDeskWorld(protocol === undefined ? {} : { protocol });
  await world.server.welcome();
  return world;
}
const lies = (serial: Serial | null) => ({
  verdict: 'done',
  state: { card: serial && { serial, chip: 'classic-1k' }, failure: null },
});

describe('an agent says that its encoder is simulated', () => {
  test('to a server that knows the word', async () => {
    const world = await createDeskWorld();
    const { hello } = await world.server.welcome();
    expect(hello.encoders).toMatchObject([{ mac: MAC, simulated: true }]);
  });

  test.each(Array.from({ length: HAS_SANDBOX - OLDEST_AGENT_PROTOCOL }, (_, i) => OLDEST_AGENT_PROTOCOL + i))(
    'and not in version %i, whose servers refuse it',
    async (protocol) => {
      const world = await createDeskWorld({ protocol });
      const { hello } = await world.server.welcome();
      expect(hello.encoders).toEqual([{ mac: MAC, name: 'Desk', forSignedIn: true }]);
    },
  );
});

test('cards are made, laid down and taken away', async () => {
  const world = await open();
  expect(await drive(world, { do: 'look' })).toEqual(lies(null));
  expect(await drive(world, { do: 'lay', serial: SERIAL })).toEqual(lies(SERIAL));
  expect(await drive(world, { do: 'lay', serial: OTHER_SERIAL })).toEqual(lies(OTHER_SERIAL));
  const serial = 'ABCDEF01' as Serial;
  expect(await drive(world, { do: 'new-card', serial, chip: 'classic-1k' })).toEqual(lies(OTHER_SERIAL));
  expect(await drive(world, { do: 'new-card', serial, chip: 'ntag-213' })).toEqual({ verdict: 'other-chip' });
  expect(await drive(world, { do: 'lay', serial: 'ABCD' as Serial })).toEqual({ verdict: 'card-unknown' });
  expect(await drive(world, { do: 'take-away' })).toEqual(lies(null));
  const listed = await drive(world, { do: 'list-cards' });
  expect(listed).toMatchObject({ cards: [{ serial: SERIAL }, { serial: OTHER_SERIAL }, { serial }] });
});

test('an encoder that this agent has not is not driven', async () => {
  const world = await open();
  const other = 'AAAAAAAAAAAA' as typeof MAC;
  expect(await drive(world, { do: 'take-away' }, other)).toEqual({ verdict: 'not-simulated' });
});

test('a failure is over with its operation: the next one is written', async () => {
  const world = await open();
  world.encoder.place(SERIAL);
  await drive(world, { do: 'fail', failure: 'no-card' });
  world.prompt();
  await world.clock.idle();
  expect(world.encoder.card()).toBeNull();
  world.server.send({
    type: 'withdraw',
    operation: world.desk().state().encoders[0]?.prompt?.operation as never,
    cause: 'x',
    message: 'x',
  });
  await drive(world, { do: 'lay', serial: SERIAL });
  world.prompt({ operation: OTHER_OPERATION });
  world.grant(await world.presented());
  await world.server.take('report');
  expect(world.content()).toBe(BLANK);
});

test('a failure that was prepared is forgotten with the process', async () => {
  const world = await open();
  await drive(world, { do: 'fail', failure: 'declined' });
  await world.restart();
  await world.server.welcome();
  expect(await drive(world, { do: 'look' })).toMatchObject({ state: { failure: null } });
});

test('the agent stays away for that long, and connects by itself afterwards', async () => {
  const world = await open();
  expect(await drive(world, { do: 'disconnect', seconds: 100 })).toEqual(lies(null));
  await world.clock.idle();
  expect(world.server.isConnected()).toBe(false);
  expect(world.desk().state().connection).toMatchObject({
    status: 'waiting',
    why: { cause: 'sandbox' },
    retryMs: 100_000,
  });
  await world.clock.advance(99_000);
  expect(world.server.connections()).toBe(1);
  await world.clock.advance(2_000);
  await world.server.welcome();
  expect(world.server.connections()).toBe(2);
});
