import { expect, test } from 'vitest';
import { keepToken, keptToken } from './kept-tokens.ts';

test('a token is kept for who gave it, and for nobody who signs in later', () => {
  keepToken('one', 'sid', 'secret');
  expect(keptToken('one', 'sid')).toBe('secret');
  expect(keptToken('other', 'sid')).toBe('');
  keepToken('other', 'else', 'theirs');
  expect(keptToken('one', 'sid')).toBe('');
});
