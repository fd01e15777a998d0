import { expect, test } from 'vitest';
import type { Room } from '../places.ts';
import { countLines, planLines, withToldFaults } from './plan-lines.ts';
import type { CsvLine } from './rooms-csv.ts';

const there: Room = {
  id: 'r',
  building: { id: 'b', number: '1', name: 'Garden Wing' },
  floor: { id: 'f', number: '2', name: 'Floor 2' },
  number: '201',
  name: '201',
  lock: { type: 'QRMLOCK', number: 7, gateway: false, keyVersion: 1, programmedAt: null },
};
const line = (fields: CsvLine['fields'], at = 2): CsvLine => ({
  line: at,
  fields: { building: '1', floor: '2', number: '201', lockType: 'QRMLOCK', ...fields },
});
const only = (fields: CsvLine['fields']) => planLines([line(fields)], [there])[0];

test('a line of a room that isn’t there adds it', () => {
  expect(only({ number: '202', gateway: 'yes', keyVersion: '2' })).toMatchObject({
    becomes: 'added',
    room: { building: '1', floor: '2', number: '202', lockType: 'QRMLOCK', gateway: true, keyVersion: 2 },
  });
});

test('an empty field says nothing', () => {
  expect(only({ name: '', gateway: '', keyVersion: '', lockNumber: '' })).toMatchObject({ becomes: 'unchanged' });
});

test('a line of a room that is there tells what it changes', () => {
  expect(only({ name: 'Suite', lockType: 'QRLOCK', gateway: '是', lockNumber: '7' })).toMatchObject({
    becomes: 'changed',
    differences: [
      { field: 'name', from: '201', to: 'Suite' },
      { field: 'lockType', from: 'QRMLOCK', to: 'QRLOCK' },
      { field: 'gateway', from: 'no', to: 'yes' },
    ],
  });
});

test.each([
  [{ building: 'North wing' }, 'building', 'no-number'],
  [{ number: '' }, 'number', 'no-number'],
  [{ lockType: 'qrlock' }, 'lockType', 'no-lock-type'],
  [{ gateway: 'maybe' }, 'gateway', 'no-yes-or-no'],
  [{ keyVersion: '256' }, 'keyVersion', 'no-whole-number'],
  [{ keyVersion: '1.5' }, 'keyVersion', 'no-whole-number'],
  [{ lockNumber: '8' }, 'lockNumber', 'lock-number-stays'],
  [{ name: 'x'.repeat(65) }, 'name', 'too-long'],
] as const)('%j is wrong in %s', (fields, field, is) => {
  expect(only(fields)).toMatchObject({ becomes: 'wrong', room: null, faults: [{ field, why: { is } }] });
});

test('a room that stands in two lines is wrong in the second, which names the first', () => {
  const plan = planLines([line({}, 2), line({ number: '202' }, 3), line({ number: '202' }, 4)], [there]);
  expect(plan.map(({ becomes }) => becomes)).toEqual(['unchanged', 'added', 'wrong']);
  expect(plan[2]?.faults).toEqual([{ field: 'number', why: { is: 'repeated', earlier: 3 } }]);
});

test('what the server says goes to the line that was sent, though wrong ones were left out', () => {
  const plan = planLines([line({ lockType: '' }, 2), line({ number: '202' }, 3), line({ number: '203' }, 4)], [there]);
  const told = withToldFaults(plan, [
    { path: 'rooms.1.lockNumber', detail: 'is taken' },
    { path: 'rooms.99.number', detail: 'is of no line' },
    { path: '', detail: 'is of none, too' },
  ]);
  expect(told.map(({ becomes }) => becomes)).toEqual(['wrong', 'added', 'wrong']);
  expect(told[2]?.faults).toEqual([{ field: 'lockNumber', why: { is: 'told', detail: 'is taken' } }]);
  expect(countLines(told)).toEqual({ added: 1, changed: 0, unchanged: 0, wrong: 2 });
});
