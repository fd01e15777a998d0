import { expect, test } from 'vitest';
import { oldCardsOf } from './made.ts';

const made = (serial: string, ...superseded: string[]) => ({
  serial,
  superseded: superseded.map((each) => ({ serial: each })),
});

test('old cards that stop are counted once, whichever of the copies stopped them', () => {
  expect(oldCardsOf([made('04AA', '04CC', '04DD'), made('04BB', '04DD')])).toBe(2);
});

test('an old card that became one of the new ones stops no more', () => {
  expect(oldCardsOf([made('04CC', '04CC', '04DD'), made('04BB')])).toBe(1);
});
