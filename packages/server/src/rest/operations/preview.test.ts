import type { Serial } from '@keyrack/protocol';
import { beforeEach, expect, it } from 'vitest';
import { type CardRecord, newCardRecord, type Room } from '../../domain/places.ts';
import { INN, restWorldForFile } from '../../testing/rest-world.ts';

/** What a preview tells of an issue, by what is out for its room. */

const world = restWorldForFile();
const HOUR = 3_600_000;
const MINUTE = 60_000;
const NOW = Date.now();
const TOMORROW = Math.ceil((NOW + 24 * HOUR) / MINUTE) * MINUTE;
const at = (ms: number) => new Date(ms).toISOString();

const ROOM: Room = {
  propertyId: INN.id,
  id: 'room',
  buildingId: 'b',
  floorId: 'f',
  no: '1',
  name: '101',
  lockType: 'QRBLOCK',
  lockNumber: 1,
  sequence: 100,
  gateway: false,
  joinedNo: '111',
};
const record = (id: string, change: Partial<CardRecord>): CardRecord =>
  newCardRecord({
    propertyId: INN.id,
    id,
    serial: `04${Buffer.from(id).toString('hex').toUpperCase()}` as Serial,
    roomId: 'room',
    validFrom: NOW - HOUR,
    validUntil: NOW + 72 * HOUR,
    issuedAt: NOW - HOUR,
    sequence: 100,
    ...change,
  });
const ADA = record('ada', { owner: 'Ada' });
const HER_SECOND = record('two', { owner: 'Ada', guest: 'same', sameAs: 'ada' });
const BEN = record('ben', { owner: 'Ben', begun: false, validFrom: TOMORROW, sequence: TOMORROW / MINUTE });

const put = (...records: CardRecord[]) =>
  world().put({ table: 'rooms', row: ROOM }, ...records.map((row) => ({ table: 'cardRecords', row }) as const));
beforeEach(() => put(...[ADA, HER_SECOND, BEN].map((each) => ({ ...each, status: 'active' }) as const)));

const preview = (change: object) =>
  world().send('/v1/properties/1001/operations/preview', {
    method: 'POST',
    json: { kind: 'issue', mode: 'new', room: 'room', validUntil: at(NOW + 12 * HOUR), ...change },
  });
const stopsOf = ({ body }: { body: { stops: { record: string; status: string; at: string }[] } }) =>
  body.stops.map(({ record: id, status, at: when }) => ({ id, status, at: when }));

it('of a new guest tells whose cards stop at once, and until when a lock may open for them', async () => {
  const { status, body } = await preview({});
  expect(status).toBe(200);
  expect(body).toMatchObject({ room: { id: 'room', name: '101' }, beside: [], stopsItself: null });
  expect(body.stops).toMatchObject([
    { record: 'ada', serial: ADA.serial, holder: 'Ada', status: 'superseded', mayOpenUntil: at(ADA.validUntil) },
    { record: 'two', holder: 'Ada', status: 'superseded' },
  ]);
  expect(Math.abs(Date.parse(body.stops[0].at) - Date.now())).toBeLessThan(10 * MINUTE);
});

it('of a duplicate stops nothing, and tells which cards go on beside it, and that the next stay ends it', async () => {
  const { body } = await preview({ mode: 'duplicate', validUntil: at(NOW + 96 * HOUR) });
  expect(body).toMatchObject({
    stops: [],
    beside: [{ record: 'ada' }, { record: 'two' }],
    stopsItself: { at: at(TOMORROW), record: 'ben' },
  });
});

it('of a lost card ends the cards up to now as lost', async () => {
  const lost = await preview({ mode: 'lost' });
  expect(stopsOf(lost)).toMatchObject([
    { id: 'ada', status: 'lost' },
    { id: 'two', status: 'lost' },
  ]);
});

it('of a card for later tells that it stops others when it begins', async () => {
  const later = await preview({ validFrom: at(TOMORROW + 24 * HOUR), validUntil: at(TOMORROW + 48 * HOUR) });
  expect(later.body.validFrom).toBe(at(TOMORROW + 24 * HOUR));
  expect(stopsOf(later)).toEqual([{ id: 'ben', status: 'superseded', at: at(TOMORROW + 24 * HOUR) }]);
});

it('is refused for what the issue would be refused for, and changes nothing', async () => {
  const before = world().rows('cardRecords');
  expect(await preview({ room: 'nowhere' })).toMatchObject({ status: 409, body: { cause: 'room-unknown' } });
  expect(await preview({ validUntil: at(NOW - HOUR) })).toMatchObject({
    status: 409,
    body: { cause: 'end-time-past' },
  });
  expect(await preview({ mode: 'lost', validFrom: at(TOMORROW), validUntil: at(TOMORROW + HOUR) })).toMatchObject({
    body: { cause: 'lost-for-later' },
  });
  await put({ ...ADA, status: 'cancelled' }, { ...HER_SECOND, status: 'cancelled' });
  expect(await preview({ mode: 'duplicate' })).toMatchObject({ status: 409, body: { cause: 'no-guest-in' } });
  await put(ADA, HER_SECOND);
  expect(world().rows('cardRecords')).toEqual(before);
  expect(world().rows('operations')).toEqual([]);
});

it.each([
  ['that has begun', () => ({}), 'end-time-past'],
  ['in which it begins', () => ({ validFrom: at(TOMORROW + HOUR) }), 'end-before-begin'],
])('of a card that would end in the minute %s is refused: no card knows seconds', async (_which, begin, cause) => {
  const { validFrom } = begin() as { validFrom?: string };
  const minute = validFrom === undefined ? Math.floor(Date.now() / MINUTE) * MINUTE : Date.parse(validFrom);
  const validUntil = at(minute + MINUTE - 1);
  expect(await preview({ ...begin(), validUntil })).toMatchObject({ status: 409, body: { cause } });
});
