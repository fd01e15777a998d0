import type { Operation } from '@keyrack/sdk';
import { describe, expect, test } from 'vitest';
import { belongs, filtersOf, queryOf, rangeOf, readOperationsSearch } from './operations-search.ts';

const OPERATION = {
  id: 'o',
  kind: 'issue',
  state: 'accepted',
  held: false,
  requester: { kind: 'member', id: 'm', name: 'Ada', account: null },
  room: { id: 'r', name: '1203' },
  encoder: { id: 7, mac: '7C778A6C7D55', name: 'Left' },
  acceptedAt: '2026-11-25T01:41:00.000Z',
} as unknown as Operation;
const ZONE = 'Asia/Shanghai';

describe('an address', () => {
  test('says what the list shows; digits of a room are a text', () => {
    expect(
      readOperationsSearch({ search: 1203, state: 'open', kind: 'read', encoder: 7, first: '2026-11-25' }),
    ).toEqual({
      ...{ search: '1203', state: 'open', kind: 'read', encoder: '7', first: '2026-11-25' },
    });
  });

  test.each([
    [{ state: 'gone' }],
    [{ kind: 3 }],
    [{ search: '   ' }],
    [{ search: 'x'.repeat(65) }],
    [{ search: '\u0000' }],
    [{ first: '25.11.2026' }],
    [{ first: '2026-02-30', last: '2026-13-01' }],
    [{ last: '0000-00-00' }],
    [{ encoder: '__proto__' }],
    [{ room: { $ne: null } }],
    [{ anything: 'else' }],
  ])('with %j filters by nothing', (given) => expect(readOperationsSearch(given)).toEqual({}));

  test('chooses an operation without filtering by it', () => {
    expect(filtersOf(readOperationsSearch({ operation: 'o', kind: 'read' }))).toEqual({ kind: 'read' });
  });
});

describe('days', () => {
  test('are those of the property, from midnight to midnight', () => {
    expect(rangeOf({ first: '2026-11-25', last: '2026-11-25' }, ZONE)).toEqual({
      from: '2026-11-24T16:00:00.000Z',
      until: '2026-11-25T16:00:00.000Z',
    });
    expect(rangeOf({ last: '2026-10-25' }, 'Europe/Berlin')).toEqual({ until: '2026-10-25T23:00:00.000Z' });
    expect(queryOf({ search: ' 1203 ', first: '2026-11-25' }, ZONE)).toEqual({
      search: '1203',
      from: '2026-11-24T16:00:00.000Z',
    });
  });

  test('that no calendar has ask for nothing', () => expect(rangeOf({ first: '2026-02-30' }, ZONE)).toEqual({}));
});

describe('an operation that has just come to be', () => {
  test.each([
    [{}, true],
    [{ state: 'open' }, true],
    [{ state: 'granted' }, false],
    [{ kind: 'read' }, false],
    [{ encoder: '7', room: 'r', requester: 'm', first: '2026-11-25', last: '2026-11-25' }, true],
    [{ encoder: '8' }, false],
    [{ room: 'other' }, false],
    [{ requester: 'other' }, false],
    [{ first: '2026-11-26' }, false],
    [{ last: '2026-11-24' }, false],
    [{ search: '1203' }, null],
  ] as const)('in a list by %j: %s', (search, expected) => expect(belongs(OPERATION, search, ZONE)).toBe(expected));
});
