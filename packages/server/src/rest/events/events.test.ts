import { describe, expect, it } from 'vitest';
import { putAuditLog } from '../../testing/audit-log.ts';
import { openEventStream } from '../../testing/event-stream.ts';
import { INN, OTHER, type RestWorld, restWorld } from '../../testing/rest-world.ts';
import { STREAMS } from '../streams.ts';

const EVENTS = '/v1/properties/1001/events';
let changes = 0;
const change = (world: RestWorld, number = '1001') =>
  world.send(`/v1/properties/${number}`, { method: 'PATCH', json: { name: `Name ${++changes}` } });
const keyOf = async (world: RestWorld, properties: string[] | 'all') => {
  const json = { name: 'Follower', scopes: ['audit'], properties };
  return (await world.send('/v1/api-keys', { method: 'POST', json })).body as { id: string; token: string };
};
/** What a cursor behind `number` is told: of a property's events and of several properties', as a list and as a stream. */
async function openedCursors(world: RestWorld, number: string): Promise<[number, string][]> {
  const several = Buffer.from(JSON.stringify([[INN.id, Number(number)]])).toString('base64url');
  const asked = [
    [`${EVENTS}?cursor=${number}`, {}],
    [`/v1/events?cursor=${several}`, {}],
    [EVENTS, { accept: 'text/event-stream', 'last-event-id': number }],
    ['/v1/events', { accept: 'text/event-stream', 'last-event-id': several }],
  ] as const;
  const answers = await Promise.all(asked.map(([path, headers]) => world.send(path, { headers })));
  return answers.map(({ status, body }) => [status, body.errors[0].detail]);
}

/** Walks a list from a cursor until there is no more. */
const walk = async (world: RestWorld, path: string, cursor = '', sent = {}) => {
  const data: { property: string | null; number: number; type: string }[] = [];
  for (let more = true; more; ) {
    const { body } = await world.send(`${path}${cursor && `&cursor=${cursor}`}`, sent);
    data.push(...body.data);
    ({ cursor, more } = body);
  }
  return { data, cursor };
};

describe('events of a property', () => {
  it('come from the first, each once, and go on where the cursor says', async () => {
    const world = await restWorld();
    await putAuditLog(
      world,
      INN.id,
      Array.from({ length: 7 }, () => ({})),
    );
    const first = await walk(world, `${EVENTS}?limit=3`);
    expect(first.data.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(first.cursor).toBe('7');
    await change(world);
    expect((await world.send(`${EVENTS}?cursor=7`)).body).toMatchObject({
      data: [{ number: 8, type: 'property.changed', property: INN.id, actor: { kind: 'owner' } }],
      cursor: '8',
      more: false,
    });
    expect((await world.send(`${EVENTS}?cursor=latest`)).body).toEqual({ data: [], cursor: '8', more: false });
    expect((await world.send(`${EVENTS}?cursor=x`)).status).toBe(400);
    // As of a server that was restored from a backup: what happens now gets numbers that the caller has seen.
    const lost = await openedCursors(world, '9');
    expect(lost).toEqual(Array(4).fill([400, expect.stringContaining('restored from a backup')]));
  });

  it('are filtered by type; what is left out counts as read', async () => {
    const world = await restWorld();
    await putAuditLog(world, INN.id, [
      ...Array.from({ length: 1_500 }, () => ({})),
      { action: 'card-begun' as const, details: '{"serial":"4567","record":"r"}' },
    ]);
    const found = await walk(world, `${EVENTS}?types=card.begun,card.retired`);
    expect(found.data).toMatchObject([
      { type: 'card.begun', number: 1_501, data: { serial: '4567', cardRecord: 'r' } },
    ]);
    expect(found.cursor).toBe('1501');
    expect((await world.send(`${EVENTS}?types=card.begun,no.such`)).body.errors[0].detail).toContain('no.such');
  });
});

describe('events of several properties', () => {
  it('come by time, each log in its order, with one cursor for all; nothing is skipped or doubled', async () => {
    const world = await restWorld();
    await putAuditLog(
      world,
      INN.id,
      Array.from({ length: 900 }, (_, i) => ({ at: 2 * i })),
    );
    await putAuditLog(
      world,
      OTHER.id,
      Array.from({ length: 700 }, (_, i) => ({ at: 2 * i + 1 })),
    );
    const { token } = await keyOf(world, [INN.id, OTHER.id]);
    const { data, cursor } = await walk(world, '/v1/events?limit=77', '', { key: token });
    for (const [id, length] of [
      [INN.id, 901],
      [OTHER.id, 701],
    ] as const)
      expect(data.filter(({ property }) => property === id).map(({ number }) => number)).toEqual(
        Array.from({ length }, (_, i) => i + 1),
      );
    expect(data.slice(0, 4).map(({ property }) => property)).toEqual([INN.id, OTHER.id, INN.id, OTHER.id]);
    await change(world, '1002');
    const next = await walk(world, '/v1/events?limit=77', cursor, { key: token });
    expect(next.data).toMatchObject([{ property: OTHER.id, number: 702 }]);
    // Of one that is named alone, from its place in the same cursor.
    expect((await walk(world, '/v1/events?properties=1001', cursor, { key: token })).data).toEqual([]);
  });

  it('are of what the credential reaches; those of the installation are the owner’s', async () => {
    const world = await restWorld();
    const all = await keyOf(world, 'all');
    const inn = await keyOf(world, [INN.id]);
    expect((await walk(world, '/v1/events?limit=200')).data.map(({ property }) => property).sort()).toEqual(
      // The owner's key, and that of all properties.
      [INN.id, null, null].sort(),
    );
    for (const { token } of [all, inn])
      expect((await walk(world, '/v1/events?limit=200', '', { key: token })).data).toMatchObject([
        { property: INN.id },
      ]);
    expect((await world.send('/v1/events?properties=1001,1002', { key: inn.token })).status).toBe(404);
    expect((await world.send('/v1/events?cursor=bm8')).status).toBe(400);
    await world.put(
      ...Array.from({ length: 60 }, (_, i) => ({
        table: 'properties' as const,
        row: { ...INN, id: `${INN.id.slice(0, -3)}f${i + 10}`, number: `7${i}` },
      })),
    );
    expect((await world.send('/v1/events', { key: all.token })).body.errors[0].path).toBe('properties');
    expect((await world.send('/v1/events?properties=1001', { key: all.token })).status).toBe(200);
  });
});

describe('a stream of events', () => {
  it('tells what was and what comes, and goes on without a gap after it broke off', async () => {
    const world = await restWorld();
    await change(world);
    const stream = await openEventStream(world, EVENTS);
    await expect.poll(() => stream.events.length).toBe(1);
    for (let i = 0; i < 5; i += 1) await change(world);
    await expect.poll(() => stream.events.length).toBe(6);
    expect(stream.events.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(stream.events[0]).toMatchObject({ event: 'property.changed', data: { number: 1, property: INN.id } });
    stream.hangUp();
    await stream.ended;
    await change(world);
    const again = await openEventStream(world, `${EVENTS}?cursor=0`, { lastId: stream.lastId() });
    await expect.poll(() => again.events.map(({ id }) => id)).toEqual(['7']);
  });

  it('of several properties goes on from one cursor, and takes in a property that is new', async () => {
    const world = await restWorld();
    const stream = await openEventStream(world, '/v1/events?cursor=latest');
    await Promise.all(Array.from({ length: 20 }, (_, i) => change(world, i % 2 === 0 ? '1001' : '1002')));
    await expect.poll(() => stream.events.length).toBe(20);
    stream.hangUp();
    await stream.ended;
    // The same from any event on: what follows it, each once.
    const [, , , fourth] = stream.events;
    const again = await openEventStream(world, '/v1/events', { lastId: fourth?.id ?? '' });
    await expect.poll(() => again.events.length).toBe(16);
    const key = ({ data }: (typeof stream.events)[0]) => `${data.property} ${data.number}`;
    expect(again.events.map(key).sort()).toEqual(stream.events.slice(4).map(key).sort());
  });

  it('ends with its credential, and tells nothing once that is revoked', async () => {
    const world = await restWorld();
    const { id, token } = await keyOf(world, [INN.id]);
    const stream = await openEventStream(world, `${EVENTS}?cursor=latest`, { key: token });
    await change(world);
    await expect.poll(() => stream.events.length).toBe(1);
    await world.send(`/v1/api-keys/${id}`, { method: 'DELETE' });
    await change(world);
    await stream.ended;
    expect(stream.events).toHaveLength(1);
  });

  it('ends when the server stops, at once and as a whole', async () => {
    const world = await restWorld();
    const streams = [await openEventStream(world, EVENTS), await openEventStream(world, '/v1/events?cursor=latest')];
    await world.server.stop();
    for (const stream of streams) expect(await stream.ended).toBe('end');
  });

  it('is one of so many of its credential; one that hung up takes no place', async () => {
    const world = await restWorld();
    const open = () => openEventStream(world, EVENTS);
    const streams = await Promise.all(Array.from({ length: STREAMS.perCredential }, open));
    await expect(open()).rejects.toThrow('429');
    streams[0]?.hangUp();
    await expect
      .poll(() =>
        open().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });
});
