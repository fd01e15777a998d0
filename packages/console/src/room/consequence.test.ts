import { expect, test } from 'vitest';
import { consentOf, consequenceOf, fingerprintOf, type IssuePreview } from './consequence.ts';

const NOW = Date.parse('2026-11-25T01:41:00Z');
const stop = (record: string, mayOpenUntil: string): IssuePreview['stops'][number] => ({
  record,
  serial: `04${record}`,
  holder: 'Ada',
  status: 'superseded',
  at: '2026-11-25T01:41:00.000Z',
  mayOpenUntil,
});
const preview = (change: Partial<IssuePreview> = {}): IssuePreview => ({
  room: { id: 'room', name: '1203' },
  validFrom: '2026-11-25T01:41:00.000Z',
  stops: [stop('A', '2026-11-27T04:00:00.000Z'), stop('B', '2026-11-26T04:00:00.000Z')],
  beside: [],
  stopsItself: null,
  ...change,
});

test('it names the cards that stop, and until when the last of them may open', () => {
  expect(consequenceOf(preview(), NOW)).toEqual({
    stops: new Set(['A', 'B']),
    begins: null,
    latest: '2026-11-27T04:00:00.000Z',
    beside: 0,
    stopsItselfAt: null,
  });
});

test('a card for later stops the others when it begins', () => {
  const later = preview({ validFrom: '2026-11-26T06:00:00.000Z' });
  expect(consequenceOf(later, NOW).begins).toBe('2026-11-26T06:00:00.000Z');
});

test('a stay that is sold already ends the card before its time', () => {
  const sold = preview({ stops: [], stopsItself: { at: '2026-11-26T04:00:00.000Z', record: 'C' } });
  expect(consequenceOf(sold, NOW)).toMatchObject({ latest: null, stopsItselfAt: '2026-11-26T04:00:00.000Z' });
});

test('what changed under one’s hands is accepted first', () => {
  const seen = fingerprintOf(preview());
  expect(consentOf(seen, preview())).toBe('given');
  expect(consentOf(seen, preview({ stops: [...preview().stops].reverse() }))).toBe('given');
  expect(consentOf(seen, preview({ stops: [...preview().stops, stop('C', '2026-11-27T04:00:00.000Z')] }))).toBe(
    'changed',
  );
  expect(consentOf(seen, preview({ stopsItself: { at: '2026-11-26T04:00:00.000Z', record: 'C' } }))).toBe('changed');
});
