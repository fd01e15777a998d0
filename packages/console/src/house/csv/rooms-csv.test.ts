import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOCK_TYPES } from '../../lock/lock-types.ts';
import type { Room } from '../places.ts';
import { planLines } from './plan-lines.ts';
import { type ReadCsv, readRoomsCsv, writeRoomsCsv } from './rooms-csv.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readRoomsCsv(bytes(text));
const linesOf = (result: ReadCsv) => {
  if (result.is !== 'read') throw new Error(`it was not read: ${result.is}`);
  return result.lines;
};

const HOSTILE = [
  '=HYPERLINK("http://x","y")',
  '+1',
  '-1',
  '@SUM(A1)',
  "'=1",
  "''=1",
  '＝1',
  '"quoted", with; all',
  '<img src=x onerror=alert(1)>',
  '日本語 🏨',
  'غرفة',
];
const number = fc.stringMatching(/^[0-9A-Za-z]{1,6}$/);
const name = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 64 })
    .filter((text) => /^\S(?:.*\S)?$/u.test(text) && !/[\p{C}\p{Z}]/u.test(text)),
);
const room: fc.Arbitrary<Room> = fc
  .record({
    no: fc.tuple(number, number, number),
    names: fc.tuple(name, name, name),
    type: fc.constantFrom(...LOCK_TYPES),
  })
  .chain(({ no, names, type }) =>
    fc.record({
      id: fc.uuid(),
      building: fc.constant({ id: 'b', number: no[0], name: names[0] }),
      floor: fc.constant({ id: 'f', number: no[1], name: names[1] }),
      number: fc.constant(no[2]),
      name: fc.constant(names[2]),
      lock: fc.record({
        type: fc.constant(type),
        number: fc.integer({ min: 1, max: 0xffff_ffff }),
        gateway: fc.boolean(),
        keyVersion: fc.option(fc.integer({ min: 1, max: 255 })),
        programmedAt: fc.constant(null),
      }),
    }),
  );

test('what is written reads back as what it was: nothing would change', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(room, {
        minLength: 1,
        maxLength: 20,
        selector: ({ building, floor, number: no }) => [building.number, floor.number, no].join('/'),
      }),
      (rooms) => {
        const plan = planLines(linesOf(read(writeRoomsCsv(rooms))), rooms);
        expect(plan.map(({ becomes, differences, faults }) => ({ becomes, differences, faults }))).toEqual(
          rooms.map(() => ({ becomes: 'unchanged', differences: [], faults: [] })),
        );
      },
    ),
  );
});

test('no field begins as a formula', () => {
  fc.assert(
    fc.property(room, (each) => {
      const [, line = ''] = writeRoomsCsv([each]).split('\n');
      expect(line).not.toMatch(/(?:^|,)"?[=+\-@\t\r＝＋－＠]/);
    }),
  );
});

describe('a file', () => {
  test.each([
    ['semicolons', 'building;floor;number;lockType\n1;2;201;QRLOCK\n'],
    ['tabs, a mark and CRLF', '\ufeffbuilding\tfloor\tnumber\tlockType\r\n1\t2\t201\tQRLOCK\r\n'],
    ['columns in another order', 'lockType,number,floor,building\nQRLOCK,201,2,1\n'],
  ])('with %s is read', (_how, text) => {
    expect(linesOf(read(text))).toEqual([
      { line: 2, fields: { building: '1', floor: '2', number: '201', lockType: 'QRLOCK' } },
    ]);
  });

  test('of a spreadsheet in China is read', () => {
    const gb = new Uint8Array([...bytes('building,floor,number,lockType,name\n1,2,201,QRLOCK,'), 0xb7, 0xbf]);
    expect(linesOf(readRoomsCsv(gb))[0]?.fields.name).toBe('房');
  });

  test.each([
    ['', { is: 'missing-column', column: 'building' }],
    ['building,floor,number,lockType\n', { is: 'empty' }],
    ['building,floor,number\n1,2,3\n', { is: 'missing-column', column: 'lockType' }],
    ['building,floor,number,lockType,minibar\n1,2,3,QRLOCK,x\n', { is: 'unknown-column', column: 'minibar' }],
    ['building,floor,number,number,lockType\n1,2,3,3,QRLOCK\n', { is: 'repeated-column', column: 'number' }],
    [`building,floor,number,lockType\n${'1,2,3,QRLOCK\n'.repeat(10_001)}`, { is: 'too-many' }],
    ['x'.repeat(4 * 1024 * 1024 + 1), { is: 'too-large' }],
  ])('%.60s is refused as a whole', (text, result) => {
    expect(read(text)).toEqual(result);
  });

  const titles = 'building,floor,number,lockType\n';
  test.each([
    ['1,2,201,QRLOCK\n\n1,2,"202,QRLOCK\n1,2,203,QRLOCK\n', { is: 'open-quote', line: 4 }],
    ['1,2,"201"a,QRLOCK\n', { is: 'stray-quote', line: 2 }],
    ['1,2,201 "a",QRLOCK\n', { is: 'stray-quote', line: 2 }],
    ['1,2,201,QRLOCK\n1,2,202,QRLOCK,a,b\n', { is: 'too-many-fields', line: 3 }],
  ])('with %j says what is wrong, and in which line', (lines, result) => {
    expect(read(titles + lines)).toEqual(result);
  });

  test('whose titles have a quote that never ends says so of the first line', () => {
    expect(read('building,"floor,number\n1,2,3')).toEqual({ is: 'open-quote', line: 1 });
  });

  test('that is no text is refused', () => {
    expect(readRoomsCsv(new Uint8Array([0xff, 0xff, 0xff]))).toEqual({ is: 'no-text' });
  });
});
