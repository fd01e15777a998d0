import { randomBytes } from 'node:crypto';
import { deriveLockKey, deriveSharedDoorKey, openLockExport, programmerKeyOf } from '@keyrack/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { newCardRecord, type Property } from '../../domain/places.ts';
import { PURPOSE } from '../../runtime/sealed-secret.ts';
import { OTHER, restWorldForFile } from '../../testing/rest-world.ts';

const world = restWorldForFile();
let property: string;
let roomId: string;
let lockNumber: number;
const send = (path: string, method = 'GET', json?: object, headers: Record<string, string> = {}) =>
  world().send(`/v1/properties/${property}/${path}`, { method, headers, ...(json && { json }) });
const make = async (path: string, json: object) => (await send(path, 'POST', json)).body;
const records = (action: string) =>
  world()
    .rows('audit')
    .filter((record) => record.action === action);
const keyOf = (version: number) => {
  const row = world()
    .rows('properties')
    .find(({ id }) => id === property) as Property;
  const sealed = row.cardKeys.find((key) => key.version === version)?.sealed as string;
  return world().server.sealer.open(sealed, PURPOSE.propertyCardKey);
};
const programmer = randomBytes(32);
const recipient = programmerKeyOf(programmer);

beforeAll(async () => {
  const json = { number: 'H1', name: 'Harbour', timeZone: 'Asia/Shanghai' };
  property = (await world().send('/v1/properties', { method: 'POST', json })).body.id;
  const building = await make('buildings', { number: '1', name: 'Tower' });
  const floor = await make('floors', { building: building.id, number: '1', name: '1' });
  const lock = { type: 'QRBLOCK', keyVersion: 1 };
  const room = await make('rooms', { floor: floor.id, number: '7', name: 'Suite 7', lock });
  roomId = room.id;
  lockNumber = room.lock.number;
});

describe('the card key', () => {
  it('is rotated to a new version, and its versions tell how many locks still have them', async () => {
    expect((await send('card-keys')).body).toEqual({
      data: [{ version: 1, state: 'current', locks: 1 }],
      nextCursor: null,
    });
    const headers = { 'idempotency-key': 'rotate-1' };
    expect(await send('card-keys', 'POST', undefined, headers)).toMatchObject({
      status: 201,
      body: { version: 2, state: 'current', locks: 0 },
    });
    expect((await send('card-keys', 'POST', undefined, headers)).body.version).toBe(2);
    expect((await send('card-keys', 'POST', { force: true })).body.version).toBe(3);
    const first = (await send('card-keys?limit=2')).body;
    expect(first.data.map(({ version, state }: { version: number; state: string }) => [version, state])).toEqual([
      [3, 'current'],
      [2, 'previous'],
    ]);
    expect((await send(`card-keys?limit=2&cursor=${first.nextCursor}`)).body).toEqual({
      data: [{ version: 1, state: 'older', locks: 1 }],
      nextCursor: null,
    });
    expect((await send('rooms?lockKey=old')).body.data.map(({ id }: { id: string }) => id)).toEqual([roomId]);
    expect(keyOf(3)).not.toEqual(keyOf(2));
    expect(records('property-changed').at(-1)?.details).toMatch(/"cardKeyVersion":3,"force":true,"by":.*"from":/);
    expect(JSON.stringify((await send('card-keys')).body)).not.toContain('sealed');
  });

  it('is not rotated while a lock is known to be behind, but by force; a lock of which nobody told is none', async () => {
    const property = (
      await world().send('/v1/properties', {
        method: 'POST',
        json: { number: 'H2', name: 'Quay', timeZone: 'Asia/Shanghai' },
      })
    ).body.id;
    const ask = (path: string, method: string, json?: object) =>
      world().send(`/v1/properties/${property}/${path}`, { method, ...(json && { json }) });
    const building = (await ask('buildings', 'POST', { number: '1', name: 'Tower' })).body.id;
    const floor = (await ask('floors', 'POST', { building, number: '1', name: '1' })).body.id;
    const room = async (number: string, keyVersion?: number) =>
      (await ask('rooms', 'POST', { floor, number, name: number, lock: { type: 'QRBLOCK', keyVersion } })).body.id;
    const rotate = (json?: object) => ask('card-keys', 'POST', json);
    const program = (id: string, keyVersion: number) => ask(`rooms/${id}`, 'PATCH', { lock: { keyVersion } });
    const [one, other] = [await room('1', 1), await room('2', 1)];
    await room('3');
    expect(await rotate()).toMatchObject({ status: 201, body: { version: 2 } });
    const behind = (locks: string) => ({
      status: 409,
      body: {
        type: '/v1/problems/locks-behind',
        detail: expect.stringContaining(`${locks} an earlier version than 2`),
      },
    });
    expect(await rotate()).toMatchObject(behind('2 locks have'));
    expect((await program(one, 2)).status).toBe(200);
    expect(await rotate({ force: false })).toMatchObject(behind('1 lock has'));
    expect((await ask('card-keys', 'GET')).body.data).toHaveLength(2);
    await program(other, 2);
    expect(await rotate({})).toMatchObject({ status: 201, body: { version: 3 } });
    expect(await rotate()).toMatchObject({ status: 409 });
    expect(await rotate({ force: true })).toMatchObject({ status: 201, body: { version: 4 } });
    // One that is gone holds up nothing.
    await program(one, 4);
    expect((await ask(`rooms/${other}`, 'DELETE')).status).toBe(204);
    expect(await rotate()).toMatchObject({ status: 201, body: { version: 5 } });
  });

  it('has 255 versions at the most', async () => {
    const cardKeys = [{ version: 255, sealed: 'sealed' }];
    await world().put({ table: 'properties', row: { ...OTHER, cardKeys } });
    const used = await world().send(`/v1/properties/${OTHER.id}/card-keys`, { method: 'POST' });
    expect(used).toMatchObject({ status: 409, body: { type: '/v1/problems/not-in-this-state' } });
  });
});

describe('an export of a lock', () => {
  it('is for its recipient alone: the keys of this one lock, its number, and the sequence of its newest card', async () => {
    const validity = { validFrom: 0, validUntil: 1, issuedAt: 0 };
    const card = newCardRecord({ propertyId: property, id: 'card', roomId, sequence: 5, ...validity });
    await world().put({ table: 'cardRecords', row: card });
    const { status, body } = await send('lock-exports', 'POST', { room: roomId, recipient });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      room: { id: roomId, name: 'Suite 7' },
      lockType: 'QRBLOCK',
      versions: [3, 2],
      recipient,
    });
    const opened = openLockExport(body.sealed, programmer);
    expect(opened).toMatchObject({ kind: 'room', lockNumber, sequence: 5 });
    expect(opened?.keys.map(({ version, key }) => [version, key])).toEqual(
      [3, 2].map((version) => [
        version,
        Buffer.from(deriveLockKey(keyOf(version), version, lockNumber)).toString('hex'),
      ]),
    );
    expect(openLockExport(body.sealed, randomBytes(32))).toBeNull();
    expect(JSON.parse(records('lock-exported').at(-1)?.details ?? '')).toMatchObject({
      room: roomId,
      recipient,
      by: expect.any(String),
      from: expect.any(String),
    });
  });

  it('of the shared doors has their own key', async () => {
    const { body } = await send('lock-exports', 'POST', { room: null, recipient });
    expect(body).toMatchObject({ room: null, lockType: null });
    const key = Buffer.from(deriveSharedDoorKey(keyOf(3), 3)).toString('hex');
    expect(openLockExport(body.sealed, programmer)).toMatchObject({ kind: 'shared', keys: [{ version: 3, key }, {}] });
  });

  it('is the same text for a repeat, is noted once, and is kept nowhere', async () => {
    const headers = { 'idempotency-key': 'export-1' };
    const ask = () => send('lock-exports', 'POST', { room: roomId, recipient }, headers);
    const before = records('lock-exported').length;
    const { body } = await ask();
    expect((await ask()).body).toEqual(body);
    expect(records('lock-exported')).toHaveLength(before + 1);
    const kept = world()
      .rows('idempotencyKeys')
      .find(({ key }) => key === 'export-1');
    expect(kept).toMatchObject({ hasSecret: true, sealedSecret: expect.any(String) });
    const { sealed } =
      (
        world()
          .rows('properties')
          .find(({ id }) => id === property) as Property
      ).cardKeys[0] ?? {};
    expect(JSON.stringify(kept)).not.toContain(sealed);
    expect(JSON.stringify(kept)).not.toContain(body.sealed);
    await world().put({ table: 'idempotencyKeys', row: { ...kept, hasSecret: false, sealedSecret: null } as never });
    expect((await ask()).body).toEqual({ ...body, sealed: null });
  });

  it('of no room of the property, or for no key, is refused and not noted', async () => {
    const before = records('lock-exported').length;
    expect((await send('lock-exports', 'POST', { room: OTHER.id, recipient })).body.errors).toMatchObject([
      { path: 'room' },
    ]);
    for (const wrong of ['', 'A'.repeat(42), programmer.toString('hex')])
      expect((await send('lock-exports', 'POST', { room: roomId, recipient: wrong })).body.errors).toMatchObject([
        { path: 'recipient' },
      ]);
    expect(records('lock-exported')).toHaveLength(before);
  });
});
