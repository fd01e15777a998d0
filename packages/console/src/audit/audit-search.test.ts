import { describe, expect, test } from 'vitest';
import { auditQueryOf, meantBy, readAuditSearch } from './audit-search.ts';

const ID = '019ac000-0000-7000-8000-0000000000aa';
const ROOMS = [
  { id: 'r1', name: '1203', number: '03' },
  { id: 'r2', name: 'Garden', number: '1203' },
];

describe('an address', () => {
  test('says what is searched by', () => {
    const search = {
      actor: 'owner',
      action: 'member-changed',
      operation: ID,
      card: '04A16E5580',
      room: 'r',
      log: 'installation',
    };
    expect(readAuditSearch(search)).toEqual(search);
    expect(readAuditSearch({ card: 10101010 })).toEqual({ card: '10101010' });
  });

  test.each([
    [{ action: 'Member' }],
    [{ operation: 'x' }],
    [{ card: '04zz' }],
    [{ first: 'today' }],
    [{ log: 'other' }],
    [{ else: 1 }],
  ])('with %j searches by nothing', (given) => expect(readAuditSearch(given)).toEqual({}));
});

test('the server is asked for days of the property', () => {
  expect(auditQueryOf({ actor: 'owner', first: '2026-11-25', log: 'installation' }, 'Asia/Shanghai')).toEqual({
    actor: 'owner',
    from: '2026-11-24T16:00:00.000Z',
  });
});

describe('a text', () => {
  test.each([
    [ID.toUpperCase(), { operation: ID }],
    ['1203', { room: 'r1' }],
    ['Garden', { room: 'r2' }],
    ['04:a1:6e:55:80', { card: '04A16E5580' }],
    ['nobody', null],
    ['', null],
  ])('%s means %j', (text, expected) => expect(meantBy(text, ROOMS)).toEqual(expected));
});
