import type { OperationId, Serial } from '@keyrack/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { FLAG } from '../../domain/issue-image.ts';
import { type Card, type CardRecord, newCardRecord, type Room } from '../../domain/places.ts';
import { newCard } from '../../domain/plastic.ts';
import { putOperation } from '../../testing/rest-operations.ts';
import { INN, OTHER, restWorldForFile } from '../../testing/rest-world.ts';

/** What is told of cards and their records, and how they are found. */

const world = restWorldForFile();
const NOW = Date.now();
const HOUR = 3_600_000;
const get = (path: string) => world().send(`/v1/properties/1001/${path}`);

const room = (id: string, lockNumber: number): Room => ({
  propertyId: INN.id,
  id,
  buildingId: 'building',
  floorId: 'floor',
  no: String(lockNumber),
  name: id,
  lockType: 'QRBLOCK',
  lockNumber,
  sequence: 100,
  gateway: false,
  joinedNo: `11${lockNumber}`,
});

/** A record with its number: the higher, the later it was issued and the later it ends. */
const record = (n: number, change: Partial<CardRecord> = {}): CardRecord =>
  newCardRecord({
    propertyId: INN.id,
    id: `record-${String(n).padStart(3, '0')}`,
    serial: serialOf(n),
    roomId: 'room 1',
    validFrom: NOW - HOUR,
    validUntil: NOW + n * HOUR,
    issuedAt: NOW - HOUR + n,
    sequence: 100,
    ...change,
  });
const serialOf = (n: number) => `04${String(n).padStart(4, '0')}` as Serial;
const card = (n: number, change: Partial<Card> = {}): Card => ({
  ...newCard(INN.id, serialOf(n)),
  plastic: 'written',
  knownInLife: 1,
  recordId: `record-${String(n).padStart(3, '0')}`,
  ...change,
});

const RECORDS: readonly CardRecord[] = [
  record(1, {
    ...{ owner: 'Ada', ownerGender: 'female', ownerAreaCode: '86', ownerMobile: '13800000001' },
    flags: FLAG.normallyOpen,
  }),
  record(2, { owner: 'Ada', sameAs: 'record-001', guest: 'same' }),
  record(3, { status: 'superseded', sequence: 90, endedAt: NOW }),
  record(4, { status: 'lost', sequence: 91, endedAt: NOW, flags: FLAG.lossReport }),
  // Written over by another record since.
  record(5, { status: 'superseded', sequence: 92, endedAt: NOW, serial: serialOf(6), issuedAt: NOW - 2 * HOUR }),
  record(6, { roomId: 'room 2' }),
  record(7, { status: 'cancelled', sequence: 93, endedAt: NOW }),
  record(8, { validUntil: NOW - HOUR, sequence: 80, roomId: 'room 2' }),
  record(9, { begun: false, validFrom: NOW + HOUR, sequence: 200 }),
  // Nobody can tell whether it was written.
  record(10, { status: 'pending', sequence: 94 }),
  // It waits for its card.
  record(11, { status: 'pending', sequence: 0, serial: null }),
  // Retired before it begins.
  record(12, { status: 'lost', begun: false, validFrom: NOW + 2 * HOUR, sequence: 300 }),
  // The plastic was found blank.
  record(13, { roomId: 'room 2', sequence: 110 }),
  record(14, { status: 'void', roomId: 'room 2' }),
];

beforeAll(async () => {
  const unknown = await putOperation(world(), 'unknown');
  await world().put(
    { table: 'rooms', row: room('room 1', 1) },
    { table: 'rooms', row: room('room 2', 2) },
    { table: 'rooms', row: room('room 3', 3) },
    ...RECORDS.map((row) => ({ table: 'cardRecords', row }) as const),
    ...[1, 2, 3, 4, 6, 7, 8, 9, 12].map((n) => ({ table: 'cards', row: card(n) }) as const),
    { table: 'operations', row: { ...unknown, recordId: 'record-010' } },
    { table: 'cards', row: card(10, { plastic: 'unknown', recordId: null, lastGranted: unknown.id as OperationId }) },
    { table: 'cards', row: card(13, { plastic: 'erased' }) },
    { table: 'cards', row: card(15, { plastic: 'damaged', recordId: null }) },
    { table: 'cards', row: { ...card(16, { plastic: 'damaged', recordId: null }), propertyId: OTHER.id } },
    { table: 'cardRecords', row: { ...record(17), propertyId: OTHER.id } },
  );
});

const numbers = ({ body }: { body: { data: { id: string }[] } }) => body.data.map(({ id }) => Number(id.slice(7)));

describe('card records', () => {
  it.each([
    ['', [14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]],
    ['?mayOpen=true', [1, 2, 3, 4, 6, 10]],
    ['?mayOpen=true&room=room%202', [6]],
    ['?room=room%203', []],
    [`?card=${serialOf(6)}`, [6, 5]],
    ['?status=upcoming', [9]],
    ['?status=active', [13, 6, 2, 1]],
    ['?status=expired', [8]],
    ['?status=lost', [12, 4]],
    ['?status=cancelled&room=room%201', [7]],
    [`?from=${new Date(NOW - HOUR + 12).toISOString()}`, [14, 13, 12]],
    [`?until=${new Date(NOW - HOUR + 2).toISOString()}`, [5, 1]],
  ])('of the list %s are these', async (query, expected) => {
    expect(numbers(await get(`card-records${query}`))).toEqual(expected);
  });

  it.each(['', 'mayOpen=true', 'room=room%201', `card=${serialOf(6)}`, 'status=lost', 'mayOpen=true&room=room%201'])(
    'come in pages that lose and repeat none: %s',
    async (filter) => {
      const all = numbers(await get(`card-records?${filter}`));
      expect(all.length).toBeGreaterThan(1);
      const paged: number[] = [];
      let cursor = '';
      do {
        const page = await get(`card-records?${filter}&limit=1${cursor}`);
        paged.push(...numbers(page));
        cursor = page.body.nextCursor === null ? '' : `&cursor=${page.body.nextCursor}`;
      } while (cursor !== '');
      expect(paged).toEqual(all);
    },
  );

  it.each([
    [1, { status: 'active', mayOpenUntil: new Date(NOW + HOUR).toISOString(), duplicateOf: null }],
    [1, { holder: 'Ada', gender: 'female', areaCode: '86', mobile: '13800000001', normallyOpen: true }],
    [2, { status: 'active', duplicateOf: 'record-001', mobile: null, normallyOpen: false, networked: false }],
    [4, { status: 'lost', lossReport: true, mayOpenUntil: new Date(NOW + 4 * HOUR).toISOString() }],
    [5, { status: 'superseded', mayOpenUntil: null }],
    [7, { status: 'cancelled', mayOpenUntil: null }],
    [8, { status: 'expired', mayOpenUntil: null }],
    [9, { status: 'upcoming', mayOpenUntil: new Date(NOW + 9 * HOUR).toISOString() }],
    [11, { status: 'pending', serial: null, mayOpenUntil: null }],
    [13, { status: 'active', mayOpenUntil: null }],
  ])('are told one by one: %i', async (n, expected) => {
    const { status, body } = await get(`card-records/record-${String(n).padStart(3, '0')}`);
    expect({ status, body }).toMatchObject({ status: 200, body: expected });
  });

  it('of another property are not there', async () => {
    expect((await get('card-records/record-017')).status).toBe(404);
    expect((await get('cards?plastic=damaged')).body.data.map(({ serial }: { serial: string }) => serial)).toEqual([
      serialOf(15),
    ]);
  });
});

describe('cards', () => {
  it.each([
    ['damaged', [15]],
    ['unknown', [10]],
    ['erased', [13]],
    ['written', [1, 2, 3, 4, 6, 7, 8, 9, 12]],
  ])('that are %s are found, page by page', async (plastic, expected) => {
    const found: { serial: string; plastic: string }[] = [];
    let cursor = '';
    do {
      const { body } = await get(`cards?plastic=${plastic}&limit=2${cursor}`);
      found.push(...body.data);
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(found.map(({ serial }) => serial)).toEqual(expected.map(serialOf));
    expect(new Set(found.map((each) => each.plastic))).toEqual(new Set([plastic]));
  });

  it('show what is believed to be on each', async () => {
    const { body } = await get('cards?plastic=unknown');
    expect(body.data).toMatchObject([{ record: { id: 'record-010', status: 'pending' } }]);
  });
});

describe('the cards of a room', () => {
  it('are who is in, who comes later, what is being issued, and what may still open', async () => {
    const { body } = await get('rooms/room%201/cards');
    const ids = (list: { id: string }[]) => list.map(({ id }) => Number(id.slice(7)));
    expect({
      current: ids(body.current),
      upcoming: ids(body.upcoming),
      pending: ids(body.pending).toSorted(),
      outOfUse: ids(body.outOfUse),
    }).toEqual({ current: [1, 2], upcoming: [9, 12], pending: [10, 11], outOfUse: [3, 4] });
  });

  it('change when a card for later has begun, also before that is noted', async () => {
    const due = record(20, { begun: false, validFrom: NOW - 1, sequence: 400, roomId: 'room 3' });
    const before = record(21, { sequence: 399, roomId: 'room 3' });
    // Between two looks of the server: what has begun is noted in a moment.
    const found = await world().server.read('roomKeys', { propertyId: INN.id, id: 'room 3', now: NOW });
    expect(found).toEqual({ current: [], upcoming: [], pending: [], outOfUse: [] });
    await world().put(
      { table: 'cardRecords', row: { ...due, validFrom: NOW + 10 * HOUR, validUntil: NOW + 20 * HOUR } },
      { table: 'cardRecords', row: { ...before, validUntil: NOW + 20 * HOUR } },
    );
    const at = async (now: number) => {
      const keys = await world().server.read('roomKeys', { propertyId: INN.id, id: 'room 3', now });
      return [keys?.current, keys?.upcoming, keys?.outOfUse].map((list) => list?.map((each) => each.record.id));
    };
    expect(await at(NOW + 9 * HOUR)).toEqual([['record-021'], ['record-020'], []]);
    expect(await at(NOW + 10 * HOUR)).toEqual([['record-020'], [], ['record-021']]);
  });

  it('are not there for a room that is not', async () => {
    expect((await get('rooms/nowhere/cards')).status).toBe(404);
  });
});

describe("a room's history", () => {
  const KINDS = ['issued', 'read', 'superseded', 'lost', 'issued', 'retired'] as const;
  const path = (query = '') => `rooms/room%202/history${query}`;
  const ids = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id);

  beforeAll(async () => {
    const events = KINDS.map((kind, n) => ({
      propertyId: INN.id,
      id: `event ${n} ${kind}`,
      roomId: 'room 2',
      at: NOW + n * HOUR,
      kind,
      serial: serialOf(6),
      recordId: 'record-006',
      memberId: n === 0 ? `key ${'0'.repeat(8)}` : null,
    }));
    await world().put(...events.map((row) => ({ table: 'roomEvents', row }) as const));
  });

  it('is told the newest first, and page by page without a gap', async () => {
    const all = ids((await get(path())).body);
    expect(all).toEqual([...KINDS.keys()].toReversed().map((n) => `event ${n} ${KINDS[n]}`));
    const paged: string[] = [];
    let cursor = '';
    do {
      const { body } = await get(path(`?limit=2${cursor}`));
      paged.push(...ids(body));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(paged).toEqual(all);
  });

  it('tells of each line what it was about and who asked', async () => {
    const { body } = await get(path('?kinds=superseded'));
    expect(body.data).toEqual([
      {
        id: 'event 2 superseded',
        at: new Date(NOW + 2 * HOUR).toISOString(),
        kind: 'superseded',
        serial: serialOf(6),
        record: 'record-006',
        holder: null,
        requester: null,
        validFrom: new Date(NOW - HOUR).toISOString(),
        validUntil: new Date(NOW + 6 * HOUR).toISOString(),
      },
    ]);
  });

  it('names the API key that asked for itself', async () => {
    const { body } = await get(path(`?kinds=issued&until=${new Date(NOW + HOUR).toISOString()}`));
    expect(body.data).toMatchObject([{ requester: { kind: 'apiKey', id: '0'.repeat(8), name: null } }]);
  });

  it('is found by kinds and by time: from the first instant on, and before the last', async () => {
    const [from, until] = [NOW + HOUR, NOW + 4 * HOUR].map((ms) => new Date(ms).toISOString());
    expect(ids((await get(path(`?kinds=issued,lost&from=${from}`))).body)).toEqual(['event 4 issued', 'event 3 lost']);
    expect(ids((await get(path(`?from=${from}&until=${until}`))).body)).toEqual([
      'event 3 lost',
      'event 2 superseded',
      'event 1 read',
    ]);
    expect(await get(path('?kinds=issued,stolen'))).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'kinds' }] },
    });
  });

  it('is not there for a room that is not', async () => {
    expect((await get('rooms/nowhere/history')).status).toBe(404);
    expect((await world().send(`/v1/properties/${OTHER.id}/${path()}`)).status).toBe(404);
  });
});
