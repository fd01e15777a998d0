import { expect, test } from 'vitest';
import { systemClock } from '../runtime/clock.ts';
import type { RoomEvent } from '../store/row-types.ts';
import { NOW, openHotel, P } from '../transactions/testing/hotel.ts';
import { listRecords, RECORDS_LIMIT } from './list-records.ts';
import { verifyAuditPart } from './verify-audit.ts';

const event = (n: number, kind: RoomEvent['kind'] = 'issued'): RoomEvent => ({
  propertyId: P,
  id: `event ${String(n).padStart(5, '0')}`,
  roomId: 'room',
  // Several at one time.
  at: NOW + Math.floor(n / 3),
  kind,
  serial: null,
  recordId: 'record',
  memberId: 'member',
});

async function openHistory(events: readonly RoomEvent[]) {
  const hotel = await openHotel();
  const put = (rows: readonly RoomEvent[]) =>
    hotel.store.run('putRows', { rows: rows.map((row) => ({ table: 'roomEvents', row })), onlyIfEmpty: false });
  await put(events);
  const query = { propertyId: P, buildingNo: '1', floorNo: '1', roomNo: '1', from: NOW, until: NOW + 1_000_000 };
  return { ...hotel, put, query };
}

test('a long history is told newest first, none twice, and up to the limit', async () => {
  const { store, query } = await openHistory(Array.from({ length: RECORDS_LIMIT + 250 }, (_, n) => event(n)));
  const records = (await listRecords(store.read, { ...query, kinds: ['issued'] })) ?? [];
  expect(records).toHaveLength(RECORDS_LIMIT);
  const times = records.map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => b - a));
  expect(times[0]).toBe(event(RECORDS_LIMIT + 249).at);
});

test('the few of a kind are found among all the others', async () => {
  const { store, query } = await openHistory(
    Array.from({ length: 700 }, (_, n) => event(n, n % 350 === 0 ? 'lost' : 'read')),
  );
  const records = (await listRecords(store.read, { ...query, kinds: ['lost'] })) ?? [];
  expect(records.map(({ kind, at }) => [kind, at])).toEqual([350, 0].map((n) => ['lost', event(n).at]));
});

test('only what lies in the range of days is told, and a room that is not there is none', async () => {
  const { store, query } = await openHistory(Array.from({ length: 30 }, (_, n) => event(n)));
  const range = { ...query, kinds: ['issued'] as const, from: NOW + 2, until: NOW + 4 };
  expect((await listRecords(store.read, range))?.map(({ at }) => at - NOW)).toEqual([3, 3, 3, 2, 2, 2]);
  expect(await listRecords(store.read, { ...range, roomNo: '9' })).toBeNull();
});

test('what is added between two pages is told by neither, and nothing that was there is left out', async () => {
  const { store, query, put } = await openHistory(Array.from({ length: 250 }, (_, n) => event(n)));
  let pages = 0;
  const read: typeof store.read = async (name, input) => {
    const page = await store.read(name, input);
    pages += 1;
    await put([{ ...event(900_000 + pages), recordId: 'record' }]);
    return page;
  };
  const records = (await listRecords(read, { ...query, kinds: ['issued'] })) ?? [];
  expect(pages).toBe(3);
  expect(records).toHaveLength(250);
  expect(Math.max(...records.map(({ at }) => at))).toBe(event(249).at);
});

const WHOLE_LOG = { propertyId: P, after: null };
/** Adds a record to the property's audit log. */
const noteIn = (hotel: Awaited<ReturnType<typeof openHotel>>) => () =>
  hotel.store.run('exportLock', { propertyId: P, roomId: null, recipient: '' as never, actor: 'x', now: NOW });

test('a long audit log is proved in pages, and what is added meanwhile too', async () => {
  const hotel = await openHotel();
  const note = noteIn(hotel);
  for (let n = 0; n < 1_100; n += 1) await note();
  let pages = 0;
  const read: typeof hotel.store.read = async (name, input) => {
    if (name === 'verifyAuditPage') {
      pages += 1;
      if (pages === 2) await note();
    }
    return hotel.store.read(name, input);
  };
  const audit = await hotel.rows('audit');
  const check = await verifyAuditPart(read, systemClock, WHOLE_LOG);
  expect(pages).toBe(3);
  expect(check).toMatchObject({ records: audit.length + 1, brokenAt: null });
  expect(check.head?.hash).toBe((await hotel.rows('audit')).at(-1)?.hash);
});

test.each([
  ['the first of a page', 501],
  ['in the middle of one', 700],
  ['the last of all', 1_100],
])('a changed record is found: %s', async (_, number) => {
  const hotel = await openHotel();
  const note = noteIn(hotel);
  for (let n = 0; n < 1_100; n += 1) await note();
  const row = (await hotel.rows('audit')).find((each) => each.number === number);
  if (row === undefined) throw new Error(`there is no record ${number}`);
  await hotel.store.run('putRows', {
    rows: [{ table: 'audit', row: { ...row, actor: 'forged' } }],
    onlyIfEmpty: false,
  });
  const check = await verifyAuditPart(hotel.store.read, systemClock, WHOLE_LOG);
  expect(check).toMatchObject({ brokenAt: number, records: 1_100 });
});
