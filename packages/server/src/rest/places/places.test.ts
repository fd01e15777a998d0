import { describe, expect, it } from 'vitest';
import { type CardRecord, newCardRecord, type Property } from '../../domain/places.ts';
import { INN, OTHER, restWorld, restWorldForFile } from '../../testing/rest-world.ts';

const cardKeys = [
  { version: 1, sealed: 'one' },
  { version: 2, sealed: 'two' },
];
const world = restWorldForFile({}, { properties: [{ ...INN, cardKeys } as Property, OTHER] });
const send = (path: string, method = 'GET', json?: object, headers: Record<string, string> = {}) =>
  world().send(`/v1/properties/1001/${path}`, { method, headers, ...(json && { json }) });

let count = 0;
const building = async (number = `B${++count}`) => (await send('buildings', 'POST', { number, name: 'B' })).body.id;
const floor = async (of: string, number: string) =>
  (await send('floors', 'POST', { building: of, number, name: number })).body.id as string;
const room = (of: string, number: string, lock: object = {}) =>
  send('rooms', 'POST', { floor: of, number, name: number, lock: { type: 'QRBLOCK', ...lock } });
const records = async () => (await world().server.read('verifyAuditPage', { propertyId: INN.id, after: null })).records;

const card = (roomId: string, facts: Partial<CardRecord>) =>
  newCardRecord({
    propertyId: INN.id,
    id: `019ac000-0000-7000-8000-0000000000${++count + 10}`,
    serial: '4567' as CardRecord['serial'],
    roomId,
    validFrom: 0,
    validUntil: Date.now() + 60_000,
    issuedAt: 0,
    ...facts,
  });

describe('a building and a floor', () => {
  it('are added, changed as the caller knows them, and removed when they are empty; each with its audit record', async () => {
    const before = await records();
    const made = await send('buildings', 'POST', { number: 'W', name: 'West' });
    expect(made).toMatchObject({ status: 201, body: { number: 'W', name: 'West' } });
    expect((await send('buildings', 'POST', { number: 'W', name: 'Other' })).status).toBe(409);
    const at = `buildings/${made.body.id}`;
    const tag = { 'if-match': (await send(at)).headers.get('etag') as string };
    expect(tag['if-match']).toBe(made.headers.get('etag'));
    expect(await send(at, 'PATCH', { name: 'Wing' }, tag)).toMatchObject({ status: 200, body: { name: 'Wing' } });
    expect((await send(at, 'PATCH', { name: 'Late' }, tag)).status).toBe(412);
    const id = await floor(made.body.id, '1');
    expect(await send(at, 'DELETE')).toMatchObject({ status: 409, body: { type: '/v1/problems/not-empty' } });
    const { body } = await room(id, '01');
    expect(await send(`floors/${id}`, 'DELETE')).toMatchObject({ status: 409 });
    for (const each of [`rooms/${body.id}`, `floors/${id}`, at]) {
      expect((await send(each, 'DELETE')).status).toBe(204);
      expect((await send(each)).status).toBe(404);
      expect((await send(each, 'DELETE')).status).toBe(404);
    }
    expect((await records()) - before).toBe(7);
  });

  it('takes its rooms along to a new number, unless they would be told apart by nothing', async () => {
    const one = await building('4');
    const first = (await room(await floor(one, '1'), '12')).body.id;
    const other = await building('41');
    await room(await floor(other, '2'), '2');
    // 4 1 12 and 41 2 2 are two texts; 41 1 12 and 4 112 would be one.
    expect((await send(`buildings/${one}`, 'PATCH', { number: '5' })).status).toBe(200);
    expect((await send(`rooms/${first}`)).body.building.number).toBe('5');
    const clash = await building('51');
    await room(await floor(clash, '1'), '2');
    expect((await send(`buildings/${clash}`, 'PATCH', { number: '41' })).status).toBe(409);
    expect(await room(await floor(one, '11'), '2')).toMatchObject({
      status: 409,
      body: { type: '/v1/problems/numbers-run-together', detail: expect.stringContaining('5112') },
    });
  });
});

describe('a room', () => {
  it('is added with its lock, whose number is given once and for ever', async () => {
    const on = await floor(await building(), '1');
    const made = await room(on, '01', { gateway: true, keyVersion: 1 });
    expect(made).toMatchObject({
      status: 201,
      body: { number: '01', lock: { type: 'QRBLOCK', gateway: true, keyVersion: 1, programmedAt: expect.any(String) } },
    });
    const { number } = made.body.lock;
    expect((await send(`rooms/${made.body.id}`, 'DELETE')).status).toBe(204);
    const next = await room(on, '01');
    expect(next.body.lock).toMatchObject({ number: number + 1, keyVersion: null });
    expect(await room(on, '02', { number })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'lock.number' }] },
    });
    expect((await room(on, '03', { keyVersion: 9 })).body.errors).toMatchObject([{ path: 'lock.keyVersion' }]);
    expect((await room(INN.id, '03')).body.errors).toMatchObject([{ path: 'floor' }]);
    expect((await room(on, '01')).status).toBe(409);
  });

  it('says when its lock was programmed, and is found by the key that it has', async () => {
    const of = await building();
    const on = await floor(of, '1');
    const ids = [await room(on, '1'), await room(on, '2'), await room(on, '3')].map(({ body }) => body.id);
    await send(`rooms/${ids[0]}`, 'PATCH', { lock: { keyVersion: 1 } });
    await send(`rooms/${ids[1]}`, 'PATCH', { lock: { keyVersion: 2 } });
    for (const [i, key] of ['old', 'current', 'unknown'].entries()) {
      const { body } = await send(`rooms?floor=${on}&lockKey=${key}`);
      expect(body.data.map(({ id }: { id: string }) => id)).toEqual([ids[i]]);
    }
    const tag = { 'if-match': (await send(`rooms/${ids[2]}`)).headers.get('etag') as string };
    expect((await send(`rooms/${ids[2]}`, 'PATCH', { lock: { keyVersion: 2 } }, tag)).status).toBe(200);
    expect((await send(`rooms/${ids[2]}`, 'PATCH', { name: 'Late' }, tag)).status).toBe(412);
    const pages = [];
    for (let cursor = ''; ; ) {
      const { body } = await send(`rooms?building=${of}&limit=2${cursor}`);
      pages.push(body.data.map(({ number }: { number: string }) => number));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(pages.flat()).toEqual(['1', '2', '3']);
  });

  it('stays while cards open it, and says which', async () => {
    const { id } = (await room(await floor(await building(), '1'), '1')).body;
    const [active, pending] = [card(id, {}), card(id, { status: 'pending', serial: null })];
    await world().put({ table: 'cardRecords', row: active }, { table: 'cardRecords', row: pending });
    const refused = await send(`rooms/${id}`, 'DELETE');
    expect(refused).toMatchObject({ status: 409, body: { type: '/v1/problems/room-has-cards' } });
    expect(refused.body.cards).toEqual([
      { serial: '4567', record: active.id, validUntil: new Date(active.validUntil).toISOString() },
      { serial: null, record: pending.id, validUntil: new Date(pending.validUntil).toISOString() },
    ]);
    const later = card(id, { serial: '4568' as CardRecord['serial'], begun: false, validFrom: Date.now() + 30_000 });
    await world().put({ table: 'cardRecords', row: later });
    expect((await send(`rooms/${id}`, 'DELETE')).body.cards).toContainEqual(
      expect.objectContaining({ serial: '4568' }),
    );
    const ended = [
      { ...later, status: 'cancelled' } as const,
      { ...active, validUntil: 1 },
      { ...pending, status: 'void' } as const,
    ];
    await world().put(...ended.map((row) => ({ table: 'cardRecords', row }) as const));
    expect((await send(`rooms/${id}`, 'DELETE')).status).toBe(204);
  });
});

describe('an import of rooms', () => {
  const line = (facts: object) => ({ building: 'J', floor: '1', number: '1', lockType: 'QRLOCK', ...facts });
  const take = (rooms: object[], dryRun = false) => send('rooms/import', 'POST', { rooms, dryRun });

  it('adds and changes rooms; a dry run only tells', async () => {
    const rooms = [
      line({}),
      line({ number: '2', name: 'Suite', keyVersion: 1 }),
      line({ floor: '2', lockNumber: 900 }),
    ];
    const before = await records();
    expect((await take(rooms, true)).body).toEqual({ dryRun: true, added: 3, changed: 0, unchanged: 0 });
    expect(await records()).toBe(before);
    expect((await take(rooms)).body).toEqual({ dryRun: false, added: 3, changed: 0, unchanged: 0 });
    expect((await take([rooms[0] as object, line({ number: '2', name: 'Big suite' })])).body).toMatchObject({
      changed: 1,
      unchanged: 1,
    });
    // One of each import, and one of what the second changed.
    expect(await records()).toBe(before + 3);
  });

  it('that only tells holds up no change of anybody: it is read as a list is', async () => {
    const ran: string[] = [];
    const watched = await restWorld({
      wrapStore: (store) => ({
        ...store,
        run: (name, input) => {
          ran.push(name);
          return store.run(name, input);
        },
      }),
    });
    const rooms = [line({}), line({ number: '2' })];
    const sent = { method: 'POST', json: { rooms, dryRun: true }, headers: { 'idempotency-key': 'once' } };
    const before = ran.length;
    for (const _ of ['first', 'again'])
      expect((await watched.send('/v1/properties/1001/rooms/import', sent)).body).toMatchObject({ added: 2 });
    // But for the note of when the key was used.
    expect(ran.slice(before).filter((name) => name !== 'noteApiKeyUse')).toEqual([]);
  });

  it('leaves a record of its own with each place that it changes: who made its lock another', async () => {
    await take([line({ building: 'L', lockType: 'QRLOCK' })]);
    const [{ id }] = (await send('rooms?limit=200')).body.data.filter(
      (each: { building: { number: string } }) => each.building.number === 'L',
    );
    const names = { buildingName: 'Lake Wing', floorName: 'First' };
    await take([line({ building: 'L', lockType: 'QRNLOCK', ...names })]);
    const { data } = (await send('audit-records?limit=4')).body;
    expect(
      data.map(({ action, details }: { action: string; details: object }) => ({ action, ...details })),
    ).toMatchObject([
      { action: 'rooms-imported', changed: 1 },
      { action: 'place-changed', room: { id, lockType: 'QRNLOCK' } },
      { action: 'place-changed', floor: { name: 'First' } },
      { action: 'place-changed', building: { name: 'Lake Wing' } },
    ]);
  });

  it('takes no line where one is wrong, and names each', async () => {
    const number = (await room(await floor(await building(), '1'), '1')).body.lock.number;
    const { status, body } = await take([
      line({ building: 'K', floor: '1', number: '11' }),
      line({ building: 'K', floor: '11', number: '1' }),
      line({ building: 'K', floor: '1', number: '11' }),
      line({ building: 'K', number: '5', lockNumber: number }),
      line({ building: 'K', number: '6', keyVersion: 9 }),
    ]);
    expect(status).toBe(409);
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'rooms.1.number',
      'rooms.2.number',
      'rooms.3.lockNumber',
      'rooms.4.keyVersion',
    ]);
    const { body: list } = await send('buildings?limit=200');
    expect(list.data.map(({ number }: { number: string }) => number)).not.toContain('K');
    const wrong = await take([line({}), line({ lockType: 'NONE' })]);
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'rooms.1.lockType' }] } });
  });

  it('gives no lock a number that cards have no place for', async () => {
    const highest = 4_294_967_295;
    const property = `/v1/properties/${OTHER.id}`;
    const importAt = (rooms: object[]) =>
      world().send(`${property}/rooms/import`, { method: 'POST', json: { rooms: rooms.map((each) => line(each)) } });
    const both = [{ number: '1', lockNumber: highest }, { number: '2' }];
    expect((await importAt([both[0] as object])).status).toBe(200);
    const refused = { status: 409, body: { errors: [{ path: 'rooms.1.lockNumber' }] } };
    expect(await importAt(both)).toMatchObject(refused);
    const floorOf = (await world().send(`${property}/floors`)).body.data[0].id;
    const json = { floor: floorOf, number: '3', name: '3', lock: { type: 'QRLOCK' } };
    expect(await world().send(`${property}/rooms`, { method: 'POST', json })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'lock.number' }] },
    });
    const locks = world()
      .rows('rooms')
      .map(({ lockNumber }) => lockNumber);
    expect(Math.max(...locks)).toBe(highest);
  });
});

it('after a restore a lock gets no number that another one may have got since the backup', async () => {
  const of = await floor(await building(), '1');
  const last = (await room(of, '1')).body.lock.number;
  await world().server.run('markRestored', { now: Date.now() });
  expect((await room(of, '2')).body.lock.number).toBe(last + 10_001);
  expect((await room(of, '3')).body.lock.number).toBe(last + 10_002);
});
