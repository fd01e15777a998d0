import { expect, test } from 'vitest';
import type { Room } from './places.ts';
import { type RoomWorks, type RowWork, seenIn, shownIn, withoutWork, withWork } from './row-works.ts';

const room = { id: 'r1', name: '301', number: '301', lock: { type: 'QRLOCK' } } as Room;
const naming = (value: string, seen = ['301']): RowWork => ({ kind: 'saving', change: { field: 'name', value }, seen });
const locking: RowWork = { kind: 'saving', change: { field: 'lockType', value: 'RFLOCK-V9' }, seen: ['QRLOCK'] };
const none: RoomWorks = new Map();

test('fields of a room are saved beside each other, and a later edit of the same takes the place of the earlier', () => {
  const works = withWork(withWork(none, 'r1', naming('A')), 'r1', locking);
  expect(works.get('r1')).toEqual([naming('A'), locking]);
  expect(withWork(works, 'r1', naming('B')).get('r1')).toEqual([locking, naming('B')]);
  expect(withoutWork(works, 'r1', 'name').get('r1')).toEqual([locking]);
  expect(withoutWork(withoutWork(works, 'r1', 'name'), 'r1', 'lockType').has('r1')).toBe(false);
});

test('of a room that is gone nothing else is said', () => {
  const removed: RowWork = { kind: 'removed', change: { field: 'name', value: 'A' } };
  expect(withWork(withWork(none, 'r1', locking), 'r1', removed).get('r1')).toEqual([removed]);
});

test('a row shows what is being saved, and what the server said where that failed', () => {
  expect(shownIn(room, 'name', [naming('A')])).toBe('A');
  expect(shownIn(room, 'lockType', [naming('A')])).toBe('QRLOCK');
  const failed: RowWork = { kind: 'failed', change: { field: 'name', value: 'A' }, seen: ['301'], error: null };
  expect(shownIn(room, 'name', [failed])).toBe('301');
});

test('what oneself saved, or may have, is no change by somebody else', () => {
  expect(seenIn(room, 'name', [])).toEqual(['301']);
  expect(seenIn(room, 'name', [naming('B', ['301', 'A'])])).toEqual(['301', 'A', 'B']);
  expect(seenIn(room, 'lockType', [naming('B')])).toEqual(['QRLOCK']);
  const failed: RowWork = { kind: 'failed', change: { field: 'name', value: 'A' }, seen: ['301'], error: null };
  expect(seenIn(room, 'name', [failed])).toEqual(['301', 'A']);
  const changed: RowWork = { kind: 'changed', change: { field: 'name', value: 'A' }, now: room };
  expect(seenIn(room, 'name', [changed])).toEqual(['301']);
});
