import {
  BLANK,
  cardTagOf,
  encodeCardImage,
  issuedContent,
  type OperationId,
  propertyTagOf,
  type Serial,
} from '@keyrack/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { FLAG } from '../../domain/issue-image.ts';
import { type CardRecord, newCardRecord, type Room } from '../../domain/places.ts';
import { newCard } from '../../domain/plastic.ts';
import { putOperation } from '../../testing/rest-operations.ts';
import { INN, restWorldForFile } from '../../testing/rest-world.ts';

/** A card that was read, beside what the records believe: each way in which they can differ is named. */

const world = restWorldForFile();
const MINUTE = 60_000;
const FROM = Math.floor(Date.now() / MINUTE) * MINUTE - 10 * MINUTE;
const UNTIL = FROM + 24 * 60 * MINUTE;
const SERIAL = '04AA' as Serial;
const time = (ms: number) => new Date(ms).toISOString();

const room = (id: string, lockNumber: number): Room => ({
  propertyId: INN.id,
  id,
  buildingId: 'b',
  floorId: 'f',
  no: String(lockNumber),
  name: id,
  lockType: 'QRBLOCK',
  lockNumber,
  sequence: 100,
  gateway: false,
  joinedNo: `11${lockNumber}`,
});
const RECORD = newCardRecord({
  propertyId: INN.id,
  id: 'record',
  serial: SERIAL,
  roomId: 'room 1',
  validFrom: FROM + 1,
  validUntil: UNTIL + 59_999,
  issuedAt: FROM,
  sequence: 100,
  flags: FLAG.sharedDoors,
});
const IMAGE = {
  cardType: 'guest' as const,
  normallyOpen: false,
  networked: false,
  lossReport: false,
  sharedDoors: true,
  keyVersion: 1,
  propertyTag: propertyTagOf(INN.id),
  lockNumber: 1,
  validFrom: FROM / MINUTE,
  validUntil: UNTIL / MINUTE,
  sequence: 100,
  cardTag: cardTagOf('record'),
};
const keys = { lockKey: new Uint8Array(16), sharedDoorKey: new Uint8Array(16) };

beforeAll(() => world().put({ table: 'rooms', row: room('room 1', 1) }, { table: 'rooms', row: room('room 2', 2) }));

/** The answer to a read of a card that holds this image, where the records believe in that record. */
async function reading(image: object | 'blank', record: Partial<CardRecord> | null) {
  const row = record === null ? null : { ...RECORD, ...record };
  const operation = await putOperation(world(), 'accepted');
  const content = image === 'blank' ? '' : issuedContent(encodeCardImage({ ...IMAGE, ...image }, keys, SERIAL));
  const plastic = row === null ? 'erased' : 'written';
  await world().put(
    ...(row === null ? [] : [{ table: 'cardRecords', row } as const]),
    { table: 'cards', row: { ...newCard(INN.id, SERIAL), plastic, recordId: row?.id ?? null } },
    {
      table: 'operations',
      row: {
        ...operation,
        kind: 'read',
        serial: SERIAL,
        state: 'succeeded',
        reading: content === '' ? BLANK : content,
        grant: null,
        settledAt: FROM,
      } as never,
    },
  );
  const { status, body } = await world().send(`/v1/properties/1001/operations/${operation.id as OperationId}`);
  expect(status).toBe(200);
  return body.reading;
}

describe('a card that was read', () => {
  it('is beside its record, without differences where there are none: a card knows no seconds', async () => {
    const { state, card, record, differences } = await reading({}, {});
    expect({ state, differences }).toEqual({ state: 'active', differences: [] });
    expect(card).toMatchObject({ room: 'room 1', validUntil: time(UNTIL), sequence: 100 });
    expect(record).toMatchObject({ id: 'record', status: 'active', validUntil: time(UNTIL) });
  });

  it.each([
    ['room', { lockNumber: 2 }, {}, 'room 2', 'room 1'],
    ['room', { lockNumber: 99 }, {}, null, 'room 1'],
    ['validFrom', { validFrom: FROM / MINUTE - 1 }, {}, time(FROM - MINUTE), time(FROM)],
    ['validUntil', { validUntil: UNTIL / MINUTE + 1 }, {}, time(UNTIL + MINUTE), time(UNTIL)],
    ['sequence', { sequence: 99 }, {}, 99, 100],
    ['keyVersion', { keyVersion: 2 }, {}, 2, 1],
    ['normallyOpen', {}, { flags: FLAG.sharedDoors | FLAG.normallyOpen }, false, true],
    ['networked', { networked: true }, {}, true, false],
    ['lossReport', { lossReport: true }, {}, true, false],
    ['sharedDoors', {}, { flags: 0 }, true, false],
    ['cardRecord', { cardTag: cardTagOf('another') }, {}, cardTagOf('another'), cardTagOf('record')],
    ['content', 'blank', {}, 'blank', 'written'],
    ['content', {}, null, 'written', 'blank'],
  ] as const)('differs from its record in %s', async (field, image, record, card, believed) => {
    const { differences } = await reading(image, record);
    expect(differences).toEqual([{ field, card, record: believed }]);
  });

  it('names all of them where there are several', async () => {
    const { differences } = await reading({ sequence: 90, keyVersion: 2 }, {});
    expect(differences.map(({ field }: { field: string }) => field)).toEqual(['sequence', 'keyVersion']);
  });

  it('is blank where both are', async () => {
    expect(await reading('blank', null)).toMatchObject({ state: 'blank', card: null, record: null, differences: [] });
  });
});
