import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeAnswer, type HttpAnswer, judgeAnswer, keyrackIn } from './judge-answer.ts';
import { obstacleText } from './obstacle.ts';

const SERVER = new URL('wss://keys.hotel.example/agent');
const answer = (status: number, headers: HttpAnswer['headers'] = {}, body = ''): HttpAnswer => ({
  status,
  headers,
  body,
});
const KEYRACK = JSON.stringify({ status: 426, keyrack: { protocol: 1, time: 1_790_000_000_000 } });

test('a Keyrack server is known by its own words alone', () => {
  expect(keyrackIn(answer(426, {}, KEYRACK))).toEqual({ protocol: 1, time: 1_790_000_000_000 });
  // Of a later version.
  expect(keyrackIn(answer(426, {}, KEYRACK.replace('"protocol":1', '"protocol":9,"more":[]')))).toMatchObject({
    protocol: 9,
  });
  for (const other of [
    answer(200, {}, KEYRACK),
    answer(426, {}, 'Upgrade Required'),
    answer(426, {}, '{"keyrack":true}'),
    answer(426, { date: 'Sun, 29 Nov 2026 12:00:00 GMT', server: 'keyrack' }, ''),
    answer(426, {}, KEYRACK.slice(0, -3)),
  ])
    expect(keyrackIn(other)).toBeNull();
});

test.each([
  [{ server: 'nginx/1.22.1', 'content-type': 'text/html; charset=utf-8' }, 'HTTP 502, text/html, nginx/1.22.1'],
  [{ server: `nginx${'x'.repeat(500)}` }, `HTTP 502, nginx${'x'.repeat(35)}`],
  [{ server: '\u001b[2Jnginx', 'content-type': 'text/<b>' }, 'HTTP 502'],
  [{ 'content-type': '' }, 'HTTP 502'],
])('%j is told as %s', (headers, told) => expect(describeAnswer(answer(502, headers))).toBe(told));

test.each([
  ['https://portal.example/login?token=s3cret', 'https://portal.example'],
  ['https://user:s3cret@portal.example/', 'https://portal.example'],
  ['//portal.example', 'https://portal.example'],
  ['/login', 'https://keys.hotel.example'],
  ['javascript:alert(1)', 'another address'],
  ['', 'another address'],
])('a redirect to %s is told as one to %s', (location, told) => {
  const why = judgeAnswer(SERVER, answer(302, location === '' ? {} : { location }), null);
  expect(why.found).toContain(`sends on to ${told} (`);
  expect(JSON.stringify(why)).not.toContain('s3cret');
});

test('whatever a stranger answers, what is told of it is short, plain, and says what to do', () => {
  const header = fc.option(fc.string({ unit: 'binary', maxLength: 300 }), { nil: undefined });
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 999 }),
      fc.record({ server: header, 'content-type': header, location: header }),
      fc.oneof(fc.string({ unit: 'binary' }), fc.json()),
      fc.constantFrom('/agent', '/', '/keyrack/agent'),
      (status, headers, body, path) => {
        const server = new URL(path, SERVER);
        const why = judgeAnswer(server, { status, headers, body }, 'http://proxy.hotel.example:3128');
        const text = obstacleText(why) + why.answer;
        expect(text).toMatch(/^[\x20-\x7e→]{1,700}$/);
        expect(why.todo).toMatch(/^[A-Z].*\.$/);
        expect(why.found).toContain(`HTTP ${status}`);
      },
    ),
  );
});
