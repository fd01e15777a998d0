import { describe, expect, test } from 'vitest';
import { expandRanges, MOST_NUMBERS } from './expand-ranges.ts';
import { EMPTY_LINE, type PlanLine, roomsOfPlan, roomsToAdd } from './rooms-of-plan.ts';

const line = (facts: Partial<PlanLine>): PlanLine => ({ ...EMPTY_LINE, ...facts });
const numbersOf = (...lines: Partial<PlanLine>[]) => roomsOfPlan(lines.map(line)).rooms.map(({ number }) => number);

describe('a text of ranges', () => {
  test.each([
    ['101–103', ['101', '102', '103']],
    ['101-102, 201 - 202', ['101', '102', '201', '202']],
    ['101~102、２０１至２０２', ['101', '102', '201', '202']],
    ['1 to 3', ['1', '2', '3']],
    ['08–11', ['08', '09', '10', '11']],
    ['98-101', ['98', '99', '100', '101']],
    ['A01–A03; A05', ['A01', 'A02', 'A03', 'A05']],
    ['A9-11', ['A9', 'A10', 'A11']],
    ['101, 101-102', ['101', '102']],
    [' ', []],
    ['PH', ['PH']],
  ])('%s means its numbers', (text, numbers) => {
    expect(expandRanges(text)).toEqual({ numbers, fault: null });
  });

  test.each([
    ['140–101', { is: 'backwards', part: '140-101' }],
    ['101-99', { is: 'backwards', part: '101-99' }],
    ['101-', { is: 'not-understood', part: '101-' }],
    ['A1-B3', { is: 'not-understood', part: 'A1-B3' }],
    ['1-010', { is: 'not-understood', part: '1-010' }],
    ['<b>', { is: 'not-understood', part: '<b>' }],
    ['1-999999999', { is: 'too-many' }],
    [`1-${MOST_NUMBERS}, ${MOST_NUMBERS + 1}`, { is: 'too-many' }],
    ['9'.repeat(30), { is: 'not-understood', part: '9'.repeat(30) }],
  ])('%s says what is wrong', (text, fault) => {
    expect(expandRanges(text)).toEqual({ numbers: null, fault });
  });
});

describe('a plan', () => {
  test('of whole numbers tells each floor by what stands before the last two digits', () => {
    const { rooms, faults } = roomsOfPlan([line({ buildingName: 'Garden Wing', rooms: '101–102, 1203' })]);
    expect(faults).toEqual([]);
    const common = { building: '1', buildingName: 'Garden Wing', lockType: 'QRMLOCK' };
    expect(rooms).toEqual([
      { ...common, floor: '1', number: '101' },
      { ...common, floor: '1', number: '102' },
      { ...common, floor: '12', number: '1203' },
    ]);
  });

  test('of floors and rooms puts them together', () => {
    expect(numbersOf({ floors: '1–2', rooms: '01–03', leaveOut: '02' })).toEqual(['101', '103', '201', '203']);
    expect(numbersOf({ floors: 'G', rooms: '1-2', leaveOut: 'G2' })).toEqual(['G1']);
  });

  test('leaves out what is named', () => {
    expect(numbersOf({ rooms: '101-105', leaveOut: '102–103, 113' })).toEqual(['101', '104', '105']);
  });

  test.each([
    [{ rooms: '103–105, 203–205', leaveOut: '04' }, ['104', '204']],
    [{ rooms: '103–105, 203–205', leaveOut: '4, 203' }, ['104', '203', '204']],
    [{ floors: '1–2', rooms: '01–05', leaveOut: '4' }, ['104', '204']],
    [{ rooms: '101–103', leaveOut: '13' }, []],
  ])('of %j tells what is left out on each floor', (facts, leftOut) => {
    expect(roomsOfPlan([line(facts)]).leftOut).toEqual([leftOut]);
  });

  test('of several lines has rooms of all of them; the same number may be in two buildings', () => {
    expect(numbersOf({ rooms: '101' }, { building: '2', rooms: '101' })).toEqual(['101', '101']);
  });

  test.each([
    [{ building: '' }, { field: 'building', is: 'missing' }],
    [{ building: 'North wing' }, { field: 'building', is: 'no-number' }],
    [{ rooms: '' }, { field: 'rooms', is: 'missing' }],
    [{ rooms: '7' }, { field: 'rooms', is: 'floor-unknown', part: '7' }],
    [{ floors: '3-1' }, { field: 'floors', is: 'backwards', part: '3-1' }],
    [{ leaveOut: '4-' }, { field: 'leaveOut', is: 'not-understood', part: '4-' }],
    [
      { floors: '1-100', rooms: '1-100' },
      { field: 'rooms', is: 'too-many' },
    ],
  ])('with %o says what is wrong, and where', (facts, fault) => {
    const { rooms, faults } = roomsOfPlan([line({ rooms: '101' }), line({ building: '2', rooms: '201', ...facts })]);
    expect(faults).toEqual([{ line: 1, ...fault }]);
    expect(rooms.map(({ number }) => number)).toEqual(['101']);
  });

  test('that names a room twice says which', () => {
    expect(roomsOfPlan([line({ rooms: '101-103' }), line({ rooms: '103' })]).faults).toEqual([
      { line: 1, field: 'rooms', is: 'twice', part: '103' },
    ]);
  });
});

test('a room that is there is not added again, since its lock would become the plan’s', () => {
  const { rooms } = roomsOfPlan([line({ rooms: '101–103' })]);
  const there = [
    { building: { number: '1' }, floor: { number: '1' }, number: '102' },
    { building: { number: '2' }, floor: { number: '1' }, number: '103' },
  ];
  expect(roomsToAdd(rooms, there).map(({ number }) => number)).toEqual(['101', '103']);
});
