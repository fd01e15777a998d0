import { describe, expect, it } from 'vitest';
import { type CardRecord, newCardRecord } from '../../domain/places.ts';
import { newCard } from '../../domain/plastic.ts';
import { INN, restWorldForFile } from '../../testing/rest-world.ts';

const world = restWorldForFile();
const RACK = '/v1/properties/1001/key-rack';
const DAY = 86_400_000;

const LINES = [
  ...['101', '102', '103', '104'].map((number) => ({ floor: '1', number })),
  { floor: '10', number: '1001' },
  { floor: '2', number: '9' },
  { floor: '2', number: '10' },
].map((line) => ({ building: 'A', lockType: 'QRLOCK', ...line }));
let made: Promise<Record<string, string>> | undefined;
/** The ids of the rooms, by their numbers. */
const rooms = () => {
  made ??= (async () => {
    const json = { rooms: LINES };
    const { status, body } = await world().send('/v1/properties/1001/rooms/import', { method: 'POST', json });
    expect([status, body]).toMatchObject([200, {}]);
    const { body: listed } = await world().send('/v1/properties/1001/rooms');
    return Object.fromEntries(listed.data.map((room: { id: string; number: string }) => [room.number, room.id]));
  })();
  return made;
};
let serials = 0x1000;
async function putCard(roomId: string, facts: Partial<CardRecord> = {}): Promise<CardRecord> {
  serials += 1;
  const serial = serials.toString(16).toUpperCase() as never;
  const record = newCardRecord({
    ...{ propertyId: INN.id, id: `record ${serials}`, roomId, serial, validFrom: Date.now() - DAY },
    ...{ validUntil: Date.now() + 3 * DAY, issuedAt: Date.now() - DAY, sequence: 100 },
    ...facts,
  });
  await world().put(
    { table: 'cardRecords', row: record },
    { table: 'cards', row: { ...newCard(INN.id, serial), plastic: 'written', recordId: record.id } },
  );
  return record;
}

describe('the key rack', () => {
  it('has every room by building and floor, the top one first, as people read their numbers', async () => {
    await rooms();
    const { status, body } = await world().send(RACK);
    expect(status).toBe(200);
    const [building] = body.buildings;
    const shown = building.floors.map((floor: { number: string; rooms: { number: string }[] }) => [
      floor.number,
      floor.rooms.map(({ number }) => number).join(' '),
    ]);
    expect(shown).toEqual([
      ['10', '1001'],
      ['2', '9 10'],
      ['1', '101 102 103 104'],
    ]);
  });

  it('tells what is out of its keys', async () => {
    const ids = await rooms();
    await putCard(ids['101'] ?? '');
    await putCard(ids['101'] ?? '', { validUntil: Date.now() + 4 * DAY });
    await putCard(ids['102'] ?? '', { status: 'lost' });
    await putCard(ids['103'] ?? '', { begun: false, validFrom: Date.now() + DAY });
    await putCard(ids['104'] ?? '', { validUntil: Date.now() - 1 });
    const { body } = await world().send(RACK);
    const all = body.buildings[0].floors.flatMap(({ rooms }: { rooms: object[] }) => rooms);
    const room = (number: string) => all.find((each: { number: string }) => each.number === number);
    expect(room('101')).toMatchObject({ state: 'out', cards: 2, upcoming: 0, busy: null, attention: null });
    expect(room('102')).toMatchObject({ state: 'lost', cards: 0, outOfUse: 1 });
    expect(room('103')).toMatchObject({ state: 'vacant', cards: 0, upcoming: 1, until: null });
    expect(room('104')).toMatchObject({ state: 'vacant', cards: 0, outOfUse: 0 });
  });
});

describe('the search of guests', () => {
  const search = async (text: string) => {
    const { body } = await world().send(`/v1/properties/1001/guests?search=${encodeURIComponent(text)}`);
    return body.data as { holder: string; stay: string; cards: number; room: { number: string } }[];
  };
  const named = (owner: string, facts: Partial<CardRecord> = {}) => ({ owner, holder: 'kept' as const, ...facts });

  it('finds by any part of a name in any case, and by digits of a phone; who is in comes first', async () => {
    const ids = await rooms();
    const lin = named('Lin Xiaoyu', { ownerAreaCode: '86', ownerMobile: '13800138000' });
    await putCard(ids['9'] ?? '', lin);
    await putCard(ids['9'] ?? '', { ...lin, owner: 'LIN  Xiaoyu' });
    await putCard(ids['10'] ?? '', named('Carolin Maß', { begun: false, validFrom: Date.now() + DAY }));
    await putCard(ids['1001'] ?? '', named('Lindgren', { status: 'superseded' }));
    await putCard(ids['1001'] ?? '', named('Linus', { validUntil: Date.now() - 1 }));
    await putCard(ids['1001'] ?? '', named('Linda', { status: 'cancelled' }));
    await putCard(ids['1001'] ?? '', named('林小雨'));
    expect((await search('lin')).map(({ holder, stay, cards }) => [holder, stay, cards])).toEqual([
      ['Lin Xiaoyu', 'in', 2],
      ['Carolin Maß', 'later', 1],
      ['Lindgren', 'out-of-use', 1],
    ]);
    expect(await search('MASS')).toMatchObject([{ holder: 'Carolin Maß', room: { number: '10' } }]);
    expect(await search('小')).toMatchObject([{ holder: '林小雨' }]);
    expect(await search('+86 138-0013')).toMatchObject([{ holder: 'Lin Xiaoyu' }]);
    for (const text of ['13', '%', 'lin_', '.*']) expect(await search(text)).toEqual([]);
  });

  it('finds twenty at the most, and of another property nobody', async () => {
    const ids = await rooms();
    for (let i = 0; i < 25; i += 1) await putCard(ids['1001'] ?? '', named(`Crowd ${i}`));
    expect(await search('crowd')).toHaveLength(20);
    const other = await world().send('/v1/properties/1002/guests?search=crowd');
    expect(other.body).toEqual({ data: [] });
    for (const wrong of ['', '?search=', `?search=${'x'.repeat(101)}`])
      expect((await world().send(`/v1/properties/1001/guests${wrong}`)).status).toBe(400);
  });
});
