import type { OperationId, Serial } from '@keyrack/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../domain/operation.ts';
import { newCardRecord, type Room } from '../../domain/places.ts';
import { newCard } from '../../domain/plastic.ts';
import { drawToken } from '../../runtime/draw-token.ts';
import { putEncoder, putOperation } from '../../testing/rest-operations.ts';
import { apiKeyRow, INN, restWorldForFile } from '../../testing/rest-world.ts';

/** Which operations a list tells of, by what people look for. */

const world = restWorldForFile();
const DAY = 24 * 3_600_000;
const ids = new Map<string, OperationId>();

const ROOM = {
  ...{ propertyId: INN.id, buildingId: 'b', floorId: 'f', lockType: 'QRBLOCK' as const, sequence: 1, gateway: false },
} as const;
const room = (no: string, name: string, lockNumber: number): Room => ({
  ...{ ...ROOM, id: no, no, name, lockNumber, joinedNo: `b${no}` },
});

async function put(name: string, change: Partial<Operation>) {
  const base = await putOperation(world(), 'accepted');
  ids.set(name, base.id);
  await world().put({ table: 'operations', row: { ...base, ...change } as Operation });
  return base.id;
}
const ended = (state: Operation['state'], change: object = {}) =>
  ({ state, settledAt: Date.now(), cause: null, ...change }) as Partial<Operation>;

async function putDamaged(name: string, serial: string, change: object, record: object | null = null) {
  const id = await put(name, ended('damaged', { serial, cause: 'card-damaged', ...change }));
  const recordId = record === null ? null : name;
  if (record !== null) {
    const times = { validFrom: 0, validUntil: 1, issuedAt: 0 };
    const row = newCardRecord({ propertyId: INN.id, id: name, serial: serial as Serial, roomId: 'R207', ...times });
    await world().put({ table: 'cardRecords', row: { ...row, ...record } });
  }
  const card = { ...newCard(INN.id, serial as Serial), plastic: 'damaged' as const, damagedBy: id, recordId };
  await world().put({ table: 'cards', row: card });
}

async function found(query: string): Promise<string[]> {
  const { status, body } = await world().send(`/v1/properties/1001/operations?${query}`);
  expect(status).toBe(200);
  const nameOf = new Map([...ids].map(([name, id]) => [id as string, name]));
  return body.data.map(({ id }: { id: string }) => nameOf.get(id));
}

beforeAll(async () => {
  await putEncoder(world());
  const times = { validFrom: 0, validUntil: 1, issuedAt: 0, serial: '04AA5580' as Serial };
  await world().put(
    { table: 'rooms', row: room('R207', '207 Garden', 1) },
    { table: 'rooms', row: room('R1207', '1207', 2) },
    ...['R207', 'R1207'].map((roomId) => {
      const row = newCardRecord({ propertyId: INN.id, id: `in ${roomId}`, roomId, ...times });
      return { table: 'cardRecords', row } as const;
    }),
    apiKeyRow(drawToken('apiKey'), { id: 'pms', name: 'PMS' }),
  );
  await put('garden', ended('succeeded', { serial: '04AA5580', recordId: 'in R207' }));
  await put('twelve', ended('succeeded', { serial: '04BB5580', recordId: 'in R1207', memberId: 'key pms' }));
  await put('shown', ended('expired', { serial: null, shown: '04CC99A1', cause: 'other-card' }));
  await put('waits', { serial: null });
  await put('held', { held: true });
  ids.set('unknown', (await putOperation(world(), 'unknown')).id);
  await putDamaged('damaged', '04DD01', {});
  await putDamaged('retired', '04DD02', {}, { status: 'lost' });
  await putDamaged('long ago', '04DD03', { acceptedAt: Date.now() - 31 * DAY });
  await put('mended', ended('damaged', { serial: '04DD04', cause: 'card-damaged' }));
});

describe('a list of operations', () => {
  it('of what needs attention tells of what is unknown, held, or left a card damaged that still is', async () => {
    expect((await found('attention=true')).sort()).toEqual(['damaged', 'held', 'unknown']);
    expect(await found('attention=true&state=unknown')).toEqual(['unknown']);
  });

  it('of what needs attention comes in pages that neither skip nor repeat', async () => {
    const first = await world().send('/v1/properties/1001/operations?attention=true&limit=2');
    expect(first.body.data).toHaveLength(2);
    const rest = await found(`attention=true&limit=2&cursor=${first.body.nextCursor}`);
    expect(rest).toHaveLength(1);
  });

  it.each([
    ['207', ['twelve', 'garden']],
    ['GARDEN', ['garden']],
    ['5580', ['twelve', 'garden']],
    ['aa5580', ['garden']],
    ['99a1', ['shown']],
    ['04AA', []],
    ['%25', []],
  ])('finds what somebody looks for by %s', async (search, expected) => {
    expect(await found(`search=${search}`)).toEqual(expected);
  });

  it('finds an operation by its id', async () => {
    expect(await found(`search=${ids.get('waits')?.toUpperCase()}`)).toEqual(['waits']);
  });

  it('tells what the one is called who asked', async () => {
    const requester = async (name: string) =>
      (await world().send(`/v1/properties/1001/operations/${ids.get(name)}`)).body.requester;
    expect(await requester('twelve')).toEqual({ kind: 'apiKey', id: 'pms', name: 'PMS', account: null });
    expect(await requester('garden')).toMatchObject({ kind: 'member', id: 'member', name: null });
  });
});
