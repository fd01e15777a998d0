import { describe, expect, test } from 'vitest';
import { mayRepeat, pauseBefore, RETRIES, readRetryAfter, type Tried } from './retry-rules.ts';

const LOST: Tried = { kind: 'lost', mayBeDone: true };
const NEVER_SENT: Tried = { kind: 'lost', mayBeDone: false };
const told = (status: number, problem: string | null = null): Tried => ({ kind: 'answer', status, problem });

const GET = { method: 'GET', hasIdempotencyKey: false, hasIfMatch: false };
const POST = { ...GET, method: 'POST', hasIdempotencyKey: true };
const POST_UNNAMED = { ...POST, hasIdempotencyKey: false };
const PUT = { ...GET, method: 'PUT' };
const PATCH = { ...GET, method: 'PATCH' };
const PATCH_IF = { ...PATCH, hasIfMatch: true };
const DELETE = { ...GET, method: 'DELETE' };

const SAFE_TWICE = [GET, POST, PUT, PATCH];
const UNSAFE_TWICE = [POST_UNNAMED, PATCH_IF, DELETE];
const ALL = [...SAFE_TWICE, ...UNSAFE_TWICE];

describe('what surely was not done is sent again, whatever it is', () => {
  test.each([NEVER_SENT, told(429, 'too-many-requests'), told(429), told(503, 'unavailable')])('%o', (tried) => {
    expect(ALL.filter((request) => !mayRepeat(request, tried))).toEqual([]);
  });
});

describe('what may have been done is sent again only where a second arrival does no harm', () => {
  test.each([LOST, told(500, 'internal'), told(503, 'outcome-unknown'), told(502), told(503), told(504)])(
    '%o',
    (tried) => {
      expect(ALL.filter((request) => mayRepeat(request, tried))).toEqual(SAFE_TWICE);
    },
  );
});

describe('what the server decided is not sent again', () => {
  test.each([400, 401, 403, 404, 409, 412, 413, 422, 301, 200])('%i', (status) => {
    expect(ALL.filter((request) => mayRepeat(request, told(status)))).toEqual([]);
  });
});

describe('pauses', () => {
  test('double up to a limit, and are drawn below it', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7, 20].map((tries) => pauseBefore(tries, null, 1));
    expect(longest).toEqual([300, 600, 1_200, 2_400, 4_800, 9_600, 10_000, 10_000]);
    expect(pauseBefore(3, null, 0)).toBe(0);
  });

  test('are never shorter than Retry-After, and no longer than a caller would wait', () => {
    expect(pauseBefore(1, 5_000, 0)).toBe(5_000);
    expect(pauseBefore(1, 5_000, 1)).toBe(5_300);
    expect(pauseBefore(1, RETRIES.longestRetryAfterMs + 1, 0)).toBeNull();
  });
});

test.each([
  [null, null],
  ['7', 7_000],
  [' 7 ', 7_000],
  ['0', 0],
  ['Mon, 30 Nov 2026 08:00:09 GMT', 9_000],
  ['Mon, 30 Nov 2026 07:00:00 GMT', 0],
  ['soon', null],
  ['-3', null],
])('Retry-After %s is %s milliseconds', (header, ms) => {
  expect(readRetryAfter(header, Date.UTC(2026, 10, 30, 8))).toBe(ms);
});
