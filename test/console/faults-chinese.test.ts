import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS_IN_CHINESE, faultInChinese } from '@keyrack/console/problem/faults-chinese.ts';
import { PASSWORD_LENGTH } from '@keyrack/server/domain/limits.ts';
import { line } from '@keyrack/server/rest/fields.ts';
import { ranTogether } from '@keyrack/server/rest/places/place-view.ts';
import { passkeyName } from '@keyrack/server/rest/second-factors/passkey-fields.ts';
import { expect, test } from 'vitest';

const rest = join(import.meta.dirname, '../../packages/server/src/rest');
const sources = readdirSync(rest, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing'))
  .map((file) => readFileSync(join(rest, file), 'utf8'))
  .join('\n')
  .replace(/\$\{PASSWORD_LENGTH\.least\}/g, String(PASSWORD_LENGTH.least))
  .replace(/\$\{PASSWORD_LENGTH\.most\}/g, String(PASSWORD_LENGTH.most))
  .replaceAll('\\`', '`');

test.each(Object.keys(FAULTS_IN_CHINESE))('the server still says that a field %s', (detail) => {
  expect(sources).toContain(detail);
});

test('numbers that run together are told in Chinese, with what they run to', () => {
  expect(faultInChinese(ranTogether('00120101'))).toContain('00120101');
});

/** What the server says of queries and headers, and of bodies that no form of the console sends. */
const OF_NO_FORM = [
  'is not compared here; leave it out',
  'is an ETag in its quotes, as an answer gave it',
  'is no JSON in UTF-8',
  'is base64url',
  'is behind the end; send an earlier one',
  'is the number of a record',
  'is an action, e.g. operation-accepted',
  'is a serial in upper-case hex',
  'is the id of an encoder',
  'is no cursor of this list; leave it out for the first page',
  'is no cursor of these events; leave it out for the first ones',
  'is behind events that are not here: the server was restored from a backup; get what you keep anew, and begin with `latest`',
  'is true or false',
  'is 1 to 255 visible characters of ASCII, e.g. a UUID',
  'is needed where there are no `areaCode` and `mobile`; send one of the two',
  'holds NUL or half a surrogate pair, which no text has; leave it out',
];

test('all that the server says of a field of a form is there in Chinese', () => {
  const said = sources.matchAll(
    /'((?:is|has|comes|needs|lies|stands|holds) [^'\n$]*)'|`((?:is|has|comes|lies) [^`\n$]*)`/g,
  );
  const unknown = Array.from(said, ([, one, other]) => one ?? other ?? '').filter(
    (detail) => faultInChinese(detail) === null && !OF_NO_FORM.includes(detail),
  );
  expect([...new Set(unknown)]).toEqual([]);
});

const pages = join(import.meta.dirname, '../../packages/console/src');
const parts = readdirSync(pages, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !/^problem\b|\.test\.|\btexts\.ts$/.test(file),
);

test('no part of the console shows what the server says of a field but by its words in the language', () => {
  const raw = parts.filter((file) => /[{:(]\s*(?:\w+\.)*detail\s*[})]/.test(readFileSync(join(pages, file), 'utf8')));
  expect(raw).toEqual([]);
});

test.each([
  ['a passkey', passkeyName, '60'],
  ['a member', line(64), '64'],
  ['something new', line(250), '250'],
])('the name of %s that is empty or too long is told in Chinese, with how long it may be', (_of, name, most) => {
  for (const given of ['', 'n'.repeat(251)])
    expect(faultInChinese(name.safeParse(given).error?.issues[0]?.message ?? '')).toBe(`须为 1 至 ${most} 个字符`);
});
