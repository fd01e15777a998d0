import type { CardContent, InstanceId, Mac, Nonce, OperationId, Serial } from '@keyrack/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Operation } from '../domain/operation.ts';
import { type Card, type CardRecord, newCardRecord } from '../domain/places.ts';
import { newCard } from '../domain/plastic.ts';
import { rackState } from '../domain/rack-state.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { ReadTx, Tx } from '../store/store.ts';
import { cardsOfRoom, factsOfRooms, operationsByRoom } from './rack-facts.ts';

/** The whole rack and a single room are read by different indexes: what they say of a room must be the same. */

interface TableRow {
  readonly table: 'cardRecords' | 'operations' | 'cards';
  readonly row: CardRecord | Operation | Card;
}

const PROPERTY = 'property';
const ROOMS = ['1', '2'];
const NOW = 1_700_000_000_000;
const RECORDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const SERIALS = ['01', '02', '03'] as Serial[];

const instants = fc.integer({ min: -3, max: 3 }).map((hours) => NOW + hours * 3_600_000);
const someRecord = (id: string) =>
  fc
    .record({
      roomId: fc.constantFrom(...ROOMS),
      serial: fc.constantFrom(null, ...SERIALS),
      status: fc.constantFrom<CardRecord['status'][]>('pending', 'void', 'active', 'superseded', 'lost', 'cancelled'),
      validFrom: instants,
      validUntil: instants,
      issuedAt: instants,
      sequence: fc.integer({ min: 0, max: 4 }),
      begun: fc.boolean(),
    })
    .map((facts): TableRow => {
      return { table: 'cardRecords', row: newCardRecord({ propertyId: PROPERTY, id, ...facts }) };
    });
const someOperation = (id: string, place: number) =>
  fc
    .record({
      kind: fc.constantFrom<Operation['kind'][]>('issue', 'cancel'),
      recordId: fc.constantFrom(null, ...RECORDS),
      serial: fc.constantFrom(null, ...SERIALS),
      state: fc.constantFrom<Operation['state'][]>('accepted', 'granted', 'unknown', 'damaged', 'written-off'),
    })
    .map(({ state, ...facts }): TableRow => {
      const common = {
        ...{ propertyId: PROPERTY, id: id as OperationId, place, accountSid: null, memberId: 'member', cardType: 4 },
        ...{ encoder: '7C778A6C7D9C' as Mac, agentId: 'agent', request: id, acceptedAt: NOW, deadline: NOW + 60_000 },
        ...{ held: false, caller: 'told', callerAt: NOW, reading: null, opened: false, shown: null, ...facts },
      };
      const grant = {
        ...{ nonce: 'nonce' as Nonce, agentId: 'agent', session: 1, instance: 'i' as InstanceId, serial: SERIALS[0] },
        ...{ before: '' as CardContent, target: '' as CardContent, at: NOW, life: 0 },
      };
      const isSettled = state === 'damaged' || state === 'written-off';
      const cause = state === 'unknown' ? 'outcome-unknown' : null;
      const row = {
        ...common,
        state,
        grant: state === 'accepted' ? null : grant,
        cause,
        settledAt: isSettled ? NOW : null,
      };
      return { table: 'operations', row: row as Operation };
    });
const someCard = (serial: Serial) =>
  fc
    .record({
      plastic: fc.constantFrom('written', 'erased', 'damaged', 'unknown' as const),
      recordId: fc.constantFrom(null, ...RECORDS),
      lastGranted: fc.constantFrom(null, 'o1', 'o2', 'o3'),
      damagedBy: fc.constantFrom(null, 'o1', 'o2', 'o3'),
    })
    .map((facts): TableRow => ({ table: 'cards', row: { ...newCard(PROPERTY, serial), ...facts } }));

test('a room is the same on the whole rack and alone', async () => {
  const store = createMemoryStore(
    {
      put: (tx: Tx, rows: readonly TableRow[]) => {
        for (const { table, row } of rows) tx.put(table, row as never);
      },
    },
    {
      quick: {},
      lists: {
        both: (tx: ReadTx, room: string) => {
          const alone = {
            cards: cardsOfRoom(tx, PROPERTY, room, NOW),
            operations: operationsByRoom(tx, PROPERTY).get(room) ?? [],
          };
          const time = { now: NOW, endOfDay: NOW + 2 * 3_600_000 };
          return [factsOfRooms(tx, PROPERTY, NOW)(room), alone].map((facts) => rackState(facts, time));
        },
      },
    },
  );
  const rows = fc.tuple(
    ...RECORDS.map(someRecord),
    ...SERIALS.map(someCard),
    ...['o1', 'o2', 'o3'].map((id, at) => someOperation(id, at + 1)),
  );
  await fc.assert(
    fc.asyncProperty(rows, async (all) => {
      await store.run('put', all);
      for (const room of ROOMS) {
        const [whole, alone] = await store.read('both', room);
        expect(alone).toEqual(whole);
      }
    }),
    { numRuns: 500 },
  );
});
