import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type CardRecord, newCardRecord } from '../../domain/places.ts';
import { createGuestSweep, GUEST_SWEEP } from '../../runtime/guest-sweep.ts';
import { putEncoder } from '../../testing/rest-operations.ts';
import { INN, type RestWorld, restWorld, restWorldForFile } from '../../testing/rest-world.ts';
import { createVirtualClock } from '../../testing/virtual-clock.ts';

/** What is kept of guests, how it is deleted, and what is left then. */

const shared = restWorldForFile();
const DAY = 24 * 60 * 60_000;
const PHONE = { ownerAreaCode: '86', ownerMobile: '13987654321' } as const;
const NAME = 'Ada Lovelace-Byron';

let records = 0;
async function put(world: RestWorld, facts: Partial<CardRecord> = {}): Promise<string> {
  records += 1;
  const id = `record ${records}`;
  const stay = { validFrom: Date.now() - 3 * DAY, validUntil: Date.now() + DAY, issuedAt: Date.now() - 3 * DAY };
  await world.put({
    table: 'cardRecords',
    row: newCardRecord({ propertyId: INN.id, id, roomId: 'room', ...stay, ...facts }),
  });
  return id;
}
const rowOf = (world: RestWorld, id: string) => world.rows('cardRecords').find((each) => each.id === id);
const remove = (world: RestWorld, json: object) =>
  world.send('/v1/properties/1001/guest-data/delete', { method: 'POST', json });
const DELETED = { owner: null, ownerGender: null, ownerAreaCode: null, ownerMobile: null, holder: 'deleted' };

describe("a guest's data", () => {
  it('is deleted by their phone from every record, and from nobody else’s', async () => {
    const world = shared();
    const one = await put(world, { owner: NAME, ownerGender: 'female', ...PHONE });
    const other = await put(world, { owner: 'A. L.', ...PHONE, roomId: 'elsewhere' });
    const stranger = await put(world, { owner: NAME, ownerAreaCode: '44', ownerMobile: PHONE.ownerMobile });
    const before = rowOf(world, one);
    const { areaCode, mobile } = { areaCode: PHONE.ownerAreaCode, mobile: PHONE.ownerMobile };
    expect((await remove(world, { areaCode, mobile })).body).toEqual({ records: 2, complete: true });
    expect(rowOf(world, one)).toEqual({ ...before, ...DELETED });
    expect(rowOf(world, other)).toMatchObject(DELETED);
    expect(rowOf(world, stranger)).toMatchObject({ owner: NAME, holder: 'kept' });
    expect((await remove(world, { areaCode, mobile })).body).toEqual({ records: 0, complete: true });
    const record = world.rows('audit').findLast(({ action }) => action === 'guest-data-deleted');
    expect(record?.details).not.toMatch(/Ada|139/);
  });

  it('is deleted by a card record: with its phone, and the same name in the room at that time', async () => {
    const world = shared();
    const roomId = 'room of a couple';
    const first = await put(world, { roomId, owner: 'Grace Hopper', sequence: 2 });
    const second = await put(world, { roomId, owner: 'GRACE  HOPPER', sequence: 2 });
    const yearsAgo = await put(world, { roomId, owner: 'Grace Hopper', validFrom: 1, validUntil: 2, sequence: 1 });
    const mate = await put(world, { roomId, owner: 'Mary', sequence: 2 });
    expect((await remove(world, { cardRecord: first })).body).toEqual({ records: 2, complete: true });
    expect([first, second, yearsAgo, mate].map((id) => rowOf(world, id)?.holder)).toEqual([
      'deleted',
      'deleted',
      'kept',
      'kept',
    ]);
    expect((await remove(world, { cardRecord: 'nothing' })).status).toBe(404);
    expect((await remove(world, { cardRecord: first, areaCode: '86' })).status).toBe(400);
    expect((await remove(world, {})).status).toBe(400);
  });

  it('stays while one of their cards is being issued, since it says whose card that is', async () => {
    const world = shared();
    const id = await put(world, { owner: 'Pending', status: 'pending' });
    expect(await remove(world, { cardRecord: id })).toMatchObject({
      status: 409,
      body: { type: '/v1/problems/not-in-this-state' },
    });
    expect(rowOf(world, id)).toMatchObject({ owner: 'Pending' });
  });

  it('is in no byte of the database afterwards, and its audit log verifies', async () => {
    const world = await restWorld();
    await putEncoder(world);
    const make = async (path: string, json: object) =>
      (await world.send(`/v1/properties/1001/${path}`, { method: 'POST', json })).body.id as string;
    const building = await make('buildings', { number: '1', name: 'Main' });
    const floor = await make('floors', { building, number: '1', name: 'First' });
    const room = await make('rooms', { floor, number: '1', name: '101', lock: { type: 'QRBLOCK' } });
    const validUntil = new Date(Date.now() + DAY).toISOString();
    const holder = { name: NAME, gender: 'female', areaCode: '86', mobile: PHONE.ownerMobile };
    const issue = { kind: 'issue', encoder: 7, mode: 'new', room, validUntil, holder };
    for (const n of [1, 2, 3]) {
      // Nobody is connected at the encoder: it ends without a card, and its record stays.
      const headers = { 'idempotency-key': `issue-${n}`, prefer: 'wait=20' };
      const { body } = await world.send('/v1/properties/1001/operations', { method: 'POST', json: issue, headers });
      expect(body).toMatchObject({ state: 'rejected', cardRecord: expect.any(String) });
    }
    await put(world, { owner: NAME, ...PHONE });
    // Named otherwise, and a hash by which a repeat would be known.
    const operations = world.rows('operations');
    const { id, issuedAt } = world.rows('cardRecords').find(({ status }) => status === 'void') as CardRecord;
    const operation = operations.find(({ recordId }) => recordId === id);
    if (operation === undefined) throw new Error('no operation made the record');
    await world.put({
      table: 'operations',
      row: { ...operation, request: 'a hash of the phone', acceptedAt: issuedAt },
    });
    const personal = { propertyId: INN.id, number: operation.place, salt: 's', data: NAME, deleteAfter: 1 };
    await world.put({ table: 'auditPersonal', row: personal });
    const texts = [NAME, PHONE.ownerMobile, 'a hash of the phone'];
    const bytes = () =>
      readdirSync(world.folder)
        .filter((file) => file.startsWith('keyrack.db'))
        .map((file) => readFileSync(join(world.folder, file), 'latin1'))
        .join('');
    for (const text of texts) expect(bytes(), 'the test looks where it is').toContain(text);

    expect((await remove(world, { areaCode: '86', mobile: PHONE.ownerMobile })).body.records).toBe(4);
    expect((await remove(world, { areaCode: '86', mobile: '13900000000' })).body.records).toBe(0);
    const verified = await world.server.read('verifyAuditPage', { propertyId: INN.id, after: null });
    expect(verified).toMatchObject({ brokenAt: null });
    // A stop carries the write-ahead log over into the database.
    await world.server.stop();
    for (const text of texts) expect(bytes()).not.toContain(text);
    expect(JSON.stringify(world.lines)).not.toContain(PHONE.ownerMobile);
  });
});

describe('how long it is kept', () => {
  it('is for ever unless told, and is told with a record of who told it', async () => {
    const world = shared();
    const at = '/v1/properties/1002/guest-data';
    expect((await world.send(at)).body).toEqual({ keptDays: null });
    expect((await world.send(at, { method: 'PUT', json: { keptDays: 30 } })).body).toEqual({ keptDays: 30 });
    expect((await world.send(at)).body).toEqual({ keptDays: 30 });
    for (const keptDays of [-1, 3_651, 1.5, 'never'])
      expect((await world.send(at, { method: 'PUT', json: { keptDays } })).status).toBe(400);
    const record = world.rows('audit').findLast(({ action }) => action === 'guest-rule-set');
    expect(JSON.parse(record?.details ?? '{}')).toMatchObject({ keptDays: 30, from: '127.0.0.1' });
  });

  it('ends by a sweep, in steps, that leaves what is younger, pending or of another property', async () => {
    const world = await restWorld();
    const old = { validFrom: Date.now() - 40 * DAY, validUntil: Date.now() - 31 * DAY };
    for (let n = 0; n < 230; n += 1) await put(world, { ...old, owner: `Guest ${n}` });
    const pending = await put(world, { ...old, owner: 'Pending', status: 'pending' });
    const young = await put(world, { ...old, validUntil: Date.now() - 29 * DAY, owner: 'Young' });
    const nameless = await put(world, old);
    await world.send('/v1/properties/1001/guest-data', { method: 'PUT', json: { keptDays: 30 } });
    await world.send('/v1/properties/1002/guest-data', { method: 'PUT', json: { keptDays: null } });
    const clock = createVirtualClock(Date.now());
    const errors: unknown[] = [];
    const sweep = createGuestSweep({ run: world.server.run, clock, onError: (error) => errors.push(error) });
    onTestFinished(() => sweep.stop());
    await clock.advance(GUEST_SWEEP.firstMs);
    const left = async () => {
      await clock.advance(GUEST_SWEEP.pauseMs);
      return world.rows('cardRecords').filter(({ holder }) => holder === 'kept');
    };
    await vi.waitFor(async () => expect((await left()).map(({ id }) => id)).toEqual([pending, young]), 20_000);
    expect(rowOf(world, nameless)).toMatchObject({ holder: 'none' });
    expect(errors).toEqual([]);
    const steps = world.rows('audit').filter(({ action }) => action === 'guest-data-deleted');
    const told = steps.map(({ details }) => JSON.parse(details).records as number);
    expect(told.reduce((sum, each) => sum + each, 0)).toBe(230);
    expect(Math.max(...told)).toBeLessThanOrEqual(100);
    for (const { actor } of steps) expect(actor).toBe('server');
  });
});
