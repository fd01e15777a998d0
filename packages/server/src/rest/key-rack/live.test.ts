import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { newCardRecord } from '../../domain/places.ts';
import { newCard } from '../../domain/plastic.ts';
import { drawToken } from '../../runtime/draw-token.ts';
import { type EventStream, openEventStream } from '../../testing/event-stream.ts';
import { peopleAtV1 } from '../../testing/people-at-v1.ts';
import { connectComputer, pairComputer } from '../../testing/rest-desks.ts';
import { putEncoder, putOperation } from '../../testing/rest-operations.ts';
import { apiKeyRow, INN, type RestWorld, restWorld } from '../../testing/rest-world.ts';
import { createVirtualClock } from '../../testing/virtual-clock.ts';

const LIVE = '/v1/properties/1001/live';
const HOUR = 3_600_000;

interface LiveWorld extends RestWorld {
  /** How often the store was asked for the whole rack, and for what changed. */
  readonly reads: { rack: number; news: number };
  readonly room: string;
}

async function liveWorld(parts: Parameters<typeof restWorld>[0] = {}): Promise<LiveWorld> {
  const reads = { rack: 0, news: 0 };
  const world = await restWorld({
    ...parts,
    wrapStore: (store) => ({
      ...store,
      read: (name, input) => {
        if (name === 'keyRack') reads.rack += 1;
        if (name === 'rackNews') reads.news += 1;
        return store.read(name, input);
      },
    }),
  });
  const json = { rooms: [{ building: 'A', floor: '1', number: '101', lockType: 'QRLOCK' }] };
  await world.send('/v1/properties/1001/rooms/import', { method: 'POST', json });
  const [room] = (await world.send('/v1/properties/1001/rooms')).body.data;
  return { ...world, reads, room: room.id };
}

/** A stream of which nothing is missed any more. */
async function follow(world: RestWorld, key = world.ownerKey): Promise<EventStream> {
  const stream = await openEventStream(world, LIVE, { key });
  await expect.poll(stream.text).toMatch(/^retry: 3000\n\n/);
  return stream;
}
const of = (stream: EventStream, event: string) =>
  stream.events.filter((each) => each.event === event).map(({ data }) => data);
let names = 0;
const rename = (world: RestWorld, number = '1001') =>
  world.send(`/v1/properties/${number}`, { method: 'PATCH', json: { name: `Name ${++names}` } });
const putCard = (world: LiveWorld, facts: { validFrom?: number; validUntil: number; begun?: boolean }) => {
  const serial = '89AB' as never;
  const place = { propertyId: INN.id, id: 'record', roomId: world.room, serial };
  const row = newCardRecord({ validFrom: 0, issuedAt: 0, ...place, ...facts });
  return world.put(
    { table: 'cardRecords', row },
    { table: 'cards', row: { ...newCard(INN.id, serial), plastic: 'written', recordId: row.id } },
  );
};
const retire = (world: RestWorld) => world.send('/v1/properties/1001/cards/89AB/retire', { method: 'POST' });

describe('the live stream of a property', () => {
  it('tells that a front desk came and went, of which no record is kept', async () => {
    const world = await liveWorld();
    const { code } = (await world.send('/v1/properties/1001/agents/pairing-codes', { method: 'POST', json: {} })).body;
    const computer = await pairComputer(world, code, 'RECEPTION-1');
    const [stream, elsewhere] = [await follow(world), await openEventStream(world, LIVE.replace('1001', '1002'))];
    const presences = () =>
      of(stream, 'changed').filter((told) => (told as { types: string[] }).types.includes('agent.presence')).length;
    const desk = await connectComputer(world, computer, []);
    await expect.poll(presences).toBe(1);
    desk.close();
    await expect.poll(presences).toBe(2);
    expect(of(elsewhere, 'changed')).toEqual([]);
  });

  it('tells each page what changed on the rack, once, and of nothing else', async () => {
    const world = await liveWorld();
    await putCard(world, { validUntil: Date.now() + 72 * HOUR });
    const streams = [await follow(world), await follow(world)];
    await retire(world);
    for (const stream of streams) {
      await expect
        .poll(() => of(stream, 'rooms'))
        .toMatchObject([{ rooms: [{ id: world.room, number: '101', state: 'lost', cards: 0, outOfUse: 1 }] }]);
      await expect.poll(() => of(stream, 'changed')).toEqual([{ types: ['card.retired'], rooms: [world.room] }]);
    }
    await rename(world);
    for (const stream of streams)
      await expect.poll(() => of(stream, 'changed').at(-1)).toEqual({ types: ['property.changed'], rooms: null });
    for (const stream of streams) expect(of(stream, 'rooms')).toHaveLength(1);
  });

  it('looks once for all pages, and for none at all where nobody follows', async () => {
    const world = await liveWorld();
    const streams = await Promise.all(Array.from({ length: 10 }, () => follow(world)));
    expect(world.reads.rack).toBe(1);
    const before = world.reads.news;
    for (let i = 0; i < 10; i += 1) await world.send('/v1/properties/1001/members?limit=1');
    expect(world.reads.news).toBe(before);
    await putCard(world, { validUntil: Date.now() + HOUR });
    await retire(world);
    for (const stream of streams) await expect.poll(() => of(stream, 'changed')).toHaveLength(1);
    expect(world.reads.news - before).toBeLessThanOrEqual(2);
    for (const stream of streams) stream.hangUp();
    await Promise.all(streams.map(({ ended }) => ended));
    await expect
      .poll(async () => {
        const reads = world.reads.news + world.reads.rack;
        await rename(world);
        await pause(60);
        return world.reads.news + world.reads.rack - reads;
      })
      .toBe(0);
  });

  it('tells operations as they change', async () => {
    const world = await liveWorld();
    const stream = await follow(world);
    await putEncoder(world);
    const { id } = await putOperation(world, 'accepted');
    await world.send(`/v1/properties/1001/operations/${id}/withdraw`, { method: 'POST' });
    await expect.poll(() => of(stream, 'operations')).toMatchObject([{ operations: [{ id, state: 'withdrawn' }] }]);
    const shown = (await world.send(`/v1/properties/1001/operations/${id}`)).body;
    expect(of(stream, 'operations')[0].operations[0]).toEqual(shown);
  });

  it('tells when a card begins and ends, and when a day does, though nothing is recorded', async () => {
    // 23:40 in Shanghai.
    const clock = createVirtualClock(Date.parse('2026-11-25T15:40:00Z'));
    const world = await liveWorld({ clock });
    await putCard(world, { begun: false, validFrom: clock.now() + HOUR / 6, validUntil: clock.now() + HOUR / 2 });
    const stream = await follow(world);
    const next = (count: number) =>
      expect
        .poll(
          async () => {
            await clock.advance(60_000);
            return of(stream, 'rooms').length;
          },
          { interval: 1 },
        )
        .toBe(count);
    await next(1);
    expect(of(stream, 'rooms')[0].rooms).toMatchObject([{ state: 'out', cards: 1, upcoming: 0 }]);
    expect(clock.now()).toBeGreaterThanOrEqual(Date.parse('2026-11-25T15:50:00Z'));
    await next(2);
    expect(of(stream, 'rooms')[1].rooms).toMatchObject([{ state: 'expires-today', cards: 1 }]);
    expect(clock.now()).toBeGreaterThanOrEqual(Date.parse('2026-11-25T16:00:00Z'));
    await next(3);
    expect(of(stream, 'rooms')[2].rooms).toMatchObject([{ state: 'vacant', cards: 0 }]);
    expect(clock.now()).toBeGreaterThanOrEqual(Date.parse('2026-11-25T16:10:00Z'));
  });

  it('is for a receptionist, and not for whoever is at another property', async () => {
    const world = await liveWorld();
    const people = peopleAtV1(() => world);
    const receptionist = (await people.asMember(await people.newMember())).body.token as string;
    await (await follow(world, receptionist)).hangUp();
    const stranger = drawToken();
    const other = (await world.send('/v1/properties/1002')).body.id;
    await world.put(apiKeyRow(stranger, { properties: [other] }));
    await expect(openEventStream(world, LIVE, { key: stranger })).rejects.toThrow('404');
    const members = drawToken();
    await world.put(apiKeyRow(members, { scopes: ['members'] }));
    await expect(openEventStream(world, LIVE, { key: members })).rejects.toThrow(/40[34]/);
  });

  it('tells nothing of another property', async () => {
    const world = await liveWorld();
    const stream = await follow(world);
    await rename(world, '1002');
    await rename(world, '1001');
    await expect.poll(() => of(stream, 'changed')).toEqual([{ types: ['property.changed'], rooms: null }]);
  });

  it('ends with its credential, and tells nothing once that is revoked', async () => {
    const world = await liveWorld();
    const json = { name: 'Screen', scopes: ['cards'], properties: [INN.id] };
    const { id, token } = (await world.send('/v1/api-keys', { method: 'POST', json })).body;
    const stream = await follow(world, token);
    await world.send(`/v1/api-keys/${id}`, { method: 'DELETE' });
    await rename(world);
    await stream.ended;
    expect(stream.events).toEqual([]);
  });

  it('ends when the server stops, at once and as a whole', async () => {
    const world = await liveWorld();
    const stream = await follow(world);
    await world.server.stop();
    expect(await stream.ended).toBe('end');
  });

  it('says every 5 seconds that it is there', async () => {
    const clock = createVirtualClock(Date.now());
    const world = await liveWorld({ clock });
    const stream = await follow(world);
    await expect
      .poll(async () => {
        await clock.advance(5_000);
        return stream.text();
      })
      .toMatch(/^retry: 3000\n\n: still here\n\n/);
  });

  it('tells a reader that was away for a while what it missed, when it reads on', async () => {
    const world = await liveWorld();
    await putCard(world, { validUntil: Date.now() + 72 * HOUR });
    const fast = await follow(world);
    const socket = connect({ port: Number(new URL(world.server.url).port), host: '127.0.0.1' });
    const parts: Buffer[] = [];
    socket.write(`GET ${LIVE} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${world.ownerKey}\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    for (let i = 0; i < 20; i += 1) await rename(world);
    await retire(world);
    await expect.poll(() => of(fast, 'rooms').length).toBe(1);
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.resume();
    await expect.poll(() => Buffer.concat(parts).toString()).toContain('"state":"lost"');
    expect(
      Buffer.concat(parts)
        .toString()
        .match(/"state":"lost"/g),
    ).toHaveLength(1);
    socket.destroy();
  });
});
