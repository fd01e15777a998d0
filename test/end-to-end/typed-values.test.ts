import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';
import { typeCommand } from '../world/typed-command.ts';

/** A value that can't be is named as it was typed, and not as the server calls it. */

let template: Template;
let property: TestProperty;
let folder: string;
beforeAll(async () => {
  template = await makeTemplate();
  property = await openProperty(template);
  folder = mkdtempSync(join(tmpdir(), 'keyrack-typed-'));
});
afterAll(async () => {
  await property.close();
  template.remove();
  rmSync(folder, { recursive: true });
});

const PROPERTY = ['--property', PUBLISHED.propertyNumber];
const SID = 'a'.repeat(32);
const MD5 = 'a'.repeat(32);
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const rooms = (room: object) =>
  JSON.stringify({
    data: {
      builders: [{ builderNum: '9', builderName: 'B', floors: [{ floorNum: '1', floorName: 'F', rooms: [room] }] }],
    },
  });

const NAMED: readonly [what: string, args: () => readonly string[], says: RegExp][] = [
  [
    'a property',
    () => ['agents', 'list', '--property', 'no way'],
    /^--property can't be used: it is 1 to 20 letters and digits, or the id of a property\.$/,
  ],
  [
    'an accountSid',
    () => ['import', 'account', 'short', '--token-file', file('t', 't'.repeat(20)), '--name', 'PMS', ...PROPERTY],
    /^accountSid can't be used: it is 32 letters and digits\.$/,
  ],
  [
    'an authToken',
    () => ['import', 'account', SID, '--token-file', file('token', 'a b'), '--name', 'PMS', ...PROPERTY],
    /^The authToken in \S+token can't be used: it is 16 to 128/,
  ],
  [
    'a name',
    () => ['import', 'account', SID, '--token-file', file('t', 't'.repeat(20)), '--name', 'x'.repeat(65), ...PROPERTY],
    /^--name can't be used: it is 1 to 64 characters\.$/,
  ],
  [
    'an area code',
    () => [
      'import',
      'member',
      'Ada',
      '--area-code',
      '+41',
      '--mobile',
      '790000000',
      '--md5-file',
      file('m', MD5),
      ...PROPERTY,
    ],
    /^--area-code can't be used: it is 1 to 4 digits/,
  ],
  [
    'a mobile',
    () => ['import', 'member', 'Ada', '--area-code', '41', '--mobile', '12', '--md5-file', file('m', MD5), ...PROPERTY],
    /^--mobile can't be used: it is 4 to 15 digits/,
  ],
  [
    'an e-mail',
    () => ['import', 'member', 'Ada', '--email', 'ada', '--md5-file', file('m', MD5), ...PROPERTY],
    /^--email can't be used: it is an e-mail address/,
  ],
  [
    'a member’s name',
    () => ['import', 'member', '', '--email', 'ada@example.com', '--md5-file', file('m', MD5), ...PROPERTY],
    /^The name can't be used: it is 1 to 64 characters\.$/,
  ],
  [
    'a password',
    () => ['import', 'member', 'Ada', '--email', 'ada@example.com', '--md5-file', file('md5', 'secret'), ...PROPERTY],
    /^What stands in \S+md5 can't be used: it is the md5/,
  ],
  [
    'a lock type',
    () => ['import', 'rooms', file('rooms.json', rooms({ num: '1', name: 'R', locktype: 'X' })), ...PROPERTY],
    /^\S+rooms\.json, builders\[0\]\.floors\[0\]\.rooms\[0\]\.locktype, can't be used: it is one of /,
  ],
  [
    'a room’s number',
    () => ['import', 'rooms', file('rooms.json', rooms({ num: '', name: 'R', locktype: 'QRLOCK' })), ...PROPERTY],
    /rooms\[0\]\.num, can't be used: it is 1 to 20 letters and digits\.$/,
  ],
  [
    'no rooms at all',
    () => ['import', 'rooms', file('rooms.json', '[]'), ...PROPERTY],
    /^\S+rooms\.json can't be used: it holds the answer of fetchRoomInfo\.$/,
  ],
  [
    'no list of buildings',
    () => ['import', 'rooms', file('rooms.json', '{}'), ...PROPERTY],
    /^\S+rooms\.json, builders, can't be used: it is a list\.$/,
  ],
  [
    'a day',
    () => ['cards', 'records', '001/001/R007', '--from', '2026-02-30', ...PROPERTY],
    /^--from can't be used: it is a day of the calendar/,
  ],
  [
    'a last day',
    () => ['cards', 'records', '001/001/R007', '--from', '2026-02-01', '--until', '2026-13-01', ...PROPERTY],
    /^--until can't be used: it is a day of the calendar/,
  ],
  [
    'a room',
    () => ['cards', 'records', '1/ /1', '--from', '2026-02-01', ...PROPERTY],
    /Each of its numbers is 1 to 20 letters and digits/,
  ],
];

test.each(NAMED)('%s', async (_what, args, says) => {
  const { code, out, err } = await typeCommand([...args(), '--data', property.folders.server]);
  expect({ code, out }, err).toEqual({ code: 2, out: '' });
  expect(err.trim()).toMatch(says);
  expect(err).not.toMatch(/passwordMd5|areaCode|sid\b|The command has a wrong value/);
});
