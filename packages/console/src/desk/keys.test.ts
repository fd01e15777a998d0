import { expect, test } from 'vitest';
import { judgeKey, type Pressed } from './keys.ts';

const plain: Pressed = {
  key: 'F5',
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  repeat: false,
  defaultPrevented: false,
};

test.each([
  ['a key that does something acts', {}, 'act'],
  ['a held key acts once', { repeat: true }, 'swallow'],
  ['F5 loads no page, also where it does nothing', { key: 'F6' }, 'swallow'],
  ['with Ctrl the key is the browser’s', { ctrlKey: true }, 'leave'],
  ['what a part took already is left alone', { defaultPrevented: true }, 'leave'],
  ['another key is no key of the desk', { key: 'F12' }, 'leave'],
  ['Escape goes a step back', { key: 'Escape' }, 'act'],
] as const)('%s', (_what, change, verdict) => {
  expect(judgeKey({ ...plain, ...change }, (key) => key === 'F5' || key === 'Escape', false)).toBe(verdict);
});

test('Escape closes an open menu first', () => {
  expect(judgeKey({ ...plain, key: 'Escape' }, () => true, true)).toBe('leave');
});
