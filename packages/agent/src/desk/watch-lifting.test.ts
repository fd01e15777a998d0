import type { Serial } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import type { PresentCard } from '../encoder/index.ts';
import { watchLifting } from './watch-lifting.ts';

/** What counts as a sign that the card was lifted that was written last. */

const WRITTEN = '04A1B2C3D4E580' as Serial;
const OTHER = '04FFEEDDCCBBAA' as Serial;

function aField() {
  const field: { card: PresentCard | null; empty: boolean } = { card: null, empty: false };
  const lifting = watchLifting({ card: () => field.card, isFieldEmpty: () => field.empty });
  lifting.written(WRITTEN);
  return { field, lifting };
}

test('one sight of another serial counts once, however often it is looked', () => {
  const { field, lifting } = aField();
  field.card = { serial: OTHER, chip: 'ntag-213' };
  expect(lifting.changed()).toBe(false);
  for (let i = 0; i < 5; i += 1) expect(lifting.look()).toBe(false);
  expect(lifting.isLifted()).toBe(false);
  expect(lifting.opened(OTHER)).toBe(true);
});

test('another serial that is seen once, and then the same card, is no lifting', () => {
  const { field, lifting } = aField();
  field.card = { serial: OTHER, chip: 'ntag-213' };
  lifting.changed();
  lifting.opened(WRITTEN);
  expect([lifting.changed(), lifting.isLifted()]).toEqual([false, false]);
});

test('an empty field is a lifting at once, told once', () => {
  const { field, lifting } = aField();
  field.empty = true;
  expect([lifting.look(), lifting.look(), lifting.changed(), lifting.isLifted()]).toEqual([true, false, false, true]);
});
