import { expect, test } from 'vitest';
import { fits } from './endpoints.ts';
import { firstValues } from './first-values.ts';

const NOW = Date.parse('2026-11-30T20:00:00Z');

test.each([
  ['Asia/Shanghai', '2026-12-01', '2612021200'],
  ['Europe/Berlin', '2026-11-30', '2612011200'],
])('in %s the first values are of the property’s day', (timeZone, today, endTime) => {
  const values = firstValues({ number: '1001', timeZone, checkOutTime: '12:00' }, NOW);
  expect(values).toMatchObject({ communityNo: '1001', startDate: today, endDate: today, endTime });
  for (const [name, value] of Object.entries(values)) expect(fits(name as never, value), name).toBe(true);
});
