import { expect, it } from 'vitest';
import { createKnownRows } from './known-rows.ts';

it('tells a row that is known, and nothing of others', () => {
  const known = createKnownRows<string>();
  known.set('a', 'row a');
  expect(known.get('a')).toBe('row a');
  expect(known.get('b')).toBe(undefined);
  known.delete('a');
  expect(known.get('a')).toBe(undefined);
});

it('keeps what is asked for, and no more than twice as many as it may', () => {
  const known = createKnownRows<string>(10);
  known.set('asked for', 'row');
  for (let n = 0; n < 100; n += 1) {
    known.set(String(n), 'another');
    known.get('asked for');
  }
  expect(known.get('asked for')).toBe('row');
  const kept = Array.from({ length: 100 }, (_, n) => known.get(String(n))).filter((row) => row !== undefined);
  expect(kept.length).toBeLessThan(20);
  known.clear();
  expect(known.get('asked for')).toBe(undefined);
});

it('tells what was set last, also of a key that was known for long', () => {
  const known = createKnownRows<string>(2);
  known.set('a', 'before');
  known.set('b', 'b');
  known.set('c', 'c');
  known.set('a', 'after');
  expect(known.get('a')).toBe('after');
  known.delete('a');
  expect(known.get('a')).toBe(undefined);
});
