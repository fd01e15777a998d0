import { describe, expect, test } from 'vitest';
import { type AuditRecord, detailLines, subjectOf } from './told-record.ts';

const record = (change: Partial<AuditRecord>): AuditRecord => ({
  number: 1,
  at: '2026-11-25T01:41:00.000Z',
  action: 'member-changed',
  actor: { kind: 'owner', id: null },
  operation: null,
  room: null,
  details: {},
  names: {},
  hash: '',
  ...change,
});
const plain = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '');

describe('whom a record is about', () => {
  test.each([
    [{ details: { member: 'm' }, names: { m: 'Ada' } }, 'Ada'],
    [{ details: { member: '019ac000-0000-7000-8000-0000000000aa' } }, '…00aa'],
    [{ details: { apiKey: 'k', name: 'then' }, names: { k: 'today' } }, 'today'],
    [{ details: { apiKey: 'k', name: 'then' } }, 'then'],
    [{ details: { webhook: 'w', host: 'example.com' } }, 'example.com'],
    [{ details: { serial: '04A16E5580' }, room: { id: 'r', name: '1203' } }, '1203 · …5580'],
    [{ details: { agent: 'a', member: 'm' }, names: { a: 'Lobby', m: 'Ada' } }, 'Ada'],
    [{ details: { setUp: true } }, ''],
  ] as [Partial<AuditRecord>, string][])('%j is %s', (change, expected) => {
    expect(plain(subjectOf(record(change)))).toBe(expected);
  });

  test('is not said again where they did it themselves', () => {
    const own = record({
      actor: { kind: 'member', id: 'm' },
      details: { member: 'm', agent: 'a' },
      names: { a: 'Lobby' },
    });
    expect(plain(subjectOf(own))).toBe('Lobby');
  });

  test('a name that turns letters around stays within itself', () => {
    const hostile = record({ details: { member: 'm' }, names: { m: '\u202eevil' }, room: { id: 'r', name: '1' } });
    expect(subjectOf(hostile)).toBe('\u2068\u202eevil\u2069 · \u20681\u2069');
  });
});

test('details are told line by line, ids with their names, times by the clock', () => {
  const told = record({
    details: { member: 'm', until: 5, validUntil: 7, copy: { of: 2 }, held: false },
    names: { m: 'Ada' },
  });
  expect(detailLines(told, (ms) => `at ${ms}`)).toEqual([
    { name: 'member', value: 'Ada (m)' },
    { name: 'until', value: '5' },
    { name: 'validUntil', value: 'at 7' },
    { name: 'copy', value: '{"of":2}' },
    { name: 'held', value: 'false' },
  ]);
});
