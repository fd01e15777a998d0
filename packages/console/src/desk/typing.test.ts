import { expect, test } from 'vitest';
import { judgeTyping } from './typing.ts';

const press = (key: string, facts = {}) => ({
  ...{ key, ctrlKey: false, altKey: false, metaKey: false, defaultPrevented: false },
  ...facts,
});

test('letters and digits of any script begin a search, and a slash does', () => {
  expect(['1', 'a', 'Ä', '林', '/', '?'].map((key) => judgeTyping(press(key), false))).toEqual([
    ...['type', 'type', 'type', 'type', 'search', 'table'],
  ]);
});

test('other keys, and those in a field, stay what they are', () => {
  for (const key of ['Enter', ' ', 'F5', 'ArrowUp', 'Tab', '-']) expect(judgeTyping(press(key), false)).toBe('leave');
  expect(judgeTyping(press('1'), true)).toBe('leave');
  expect(judgeTyping(press('r', { ctrlKey: true }), false)).toBe('leave');
});
