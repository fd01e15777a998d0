import { expect, test } from 'vitest';
import { typedSince } from './typed-since.ts';

test('what was typed while a form was being saved stays, and nothing else does', () => {
  const sent = { name: 'Garden Inn', number: 'G1' };
  expect(typedSince(sent, sent)).toEqual({});
  expect(
    typedSince<{ name: string; number: string; checkOutTime: string }>(
      { name: 'Garden Inn & Spa', number: 'G1', checkOutTime: '11:00' },
      sent,
    ),
  ).toEqual({
    name: 'Garden Inn & Spa',
    checkOutTime: '11:00',
  });
});
