import { join } from 'node:path';
import type { Serial } from '@keyrack/protocol';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { CAUSES } from '@keyrack/server/domain/causes.ts';
import { expect, test } from 'vitest';
import { ownerOf } from '../world/owner.ts';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { CANCEL, SUCCESS } from '../world/room-card-client.ts';
import { until } from '../world/until.ts';

/** Readers at two desks that answer to the same MAC, with real agents and real sockets. */

const world = propertyForEachTest();

async function openTwoDesks() {
  const desk = await world.open();
  const { property } = world;
  const lobby = await property.openDesk({
    identity: property.hotel.lobby,
    encoders: [{ mac: PUBLISHED.encoder, name: 'Lobby', forSignedIn: false }],
    folder: join(property.folders.agent, 'lobby'),
  });
  // Whatever the first desk says shows that it is there.
  desk.agent.desk.activity();
  const disputed = (at: typeof desk) => {
    const encoder = at.agent.desk.state().encoders.find(({ mac }) => mac === PUBLISHED.encoder);
    return encoder?.disputedWith ?? [];
  };
  await until('both desks hear of it', () => disputed(desk).length > 0 && disputed(lobby).length > 0);
  return { desk, lobby, disputed };
}

test('a card is written at neither, and each desk, the log, the list of agents and the caller hear why', async () => {
  const { desk, lobby } = await openTwoDesks();
  const { property } = world;
  const answer = await property.cancel();
  expect(JSON.parse(answer.body)).toMatchObject({ status: 6200, message: CAUSES['encoder-disputed'] });
  expect([desk.use.connects, lobby.use.connects]).toEqual([0, 0]);
  const step = { encoder: PUBLISHED.encoder, ownership: 'disputed' };
  expect(property.lines).toContainEqual(expect.objectContaining(step));
  const { number } = property.hotel.property;
  const { data } = await ownerOf(property.folders.server).agents.list({ property: number });
  const [first, second] = [property.hotel.desk.agent, property.hotel.lobby.agent];
  expect(Object.fromEntries(data.map(({ id, disputes }) => [id, disputes]))).toEqual({
    [first]: [{ encoder: PUBLISHED.encoder, others: [expect.any(String)] }],
    [second]: [{ encoder: PUBLISHED.encoder, others: [expect.any(String)] }],
  });
});

test('a request that waits is carried out at the one where the encoder is, once the other has none', async () => {
  const desk = await world.open();
  desk.cards.remove(PUBLISHED.encoder);
  const answer = world.property.cancel();
  await until('the desk is asked', () => desk.agent.desk.state().encoders.some(({ prompt }) => prompt !== null));
  const lobby = await world.property.openDesk({
    identity: world.property.hotel.lobby,
    encoders: [{ mac: PUBLISHED.encoder, name: 'Lobby', forSignedIn: false }],
    folder: join(world.property.folders.agent, 'lobby'),
  });
  desk.agent.desk.activity();
  await until('it is told that another desk has it too', () =>
    desk.agent.desk.state().encoders.some(({ disputedWith, prompt }) => disputedWith.length > 0 && prompt === null),
  );
  await lobby.agent.desk.setEncoders([]);
  await until('it is asked again', () => desk.agent.desk.state().encoders.some(({ prompt }) => prompt !== null));
  desk.cards.place(CANCEL.serialNum as Serial, { encoder: PUBLISHED.encoder });
  expect((await answer).body).toBe(SUCCESS);
});
