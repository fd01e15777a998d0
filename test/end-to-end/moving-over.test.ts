import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_EMAIL } from '@keyrack/server/demo/people.ts';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Fields, ISSUE, postForm, refusal, signedFor } from '../world/room-card-client.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { type FrontDesk, openProperty, type TestProperty } from '../world/test-property.ts';
import { typeCommand } from '../world/typed-command.ts';

/** An integration keeps its credentials, its rooms and its people when it moves over: `keyrack import`. */

let template: Template;
let property: TestProperty;
let desk: FrontDesk;

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());
beforeEach(async () => {
  property = await openProperty(template);
  desk = await property.openDesk();
});
afterEach(() => property.close());

const ACCOUNT = { sid: 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6', token: 'kept-from-the-other-provider-30' };
const PASSWORD = '0123456789abcdef0123456789abcdef';

/** Types `keyrack import` and returns what it printed; throws what it says where it fails. */
async function importInto(...args: readonly string[]): Promise<unknown> {
  const where = ['--property', PUBLISHED.propertyNumber, '--data', property.folders.server];
  const { code, out, err } = await typeCommand(['import', ...args, ...where]);
  if (code !== 0) throw new Error(`${code}: ${err.trim()}`);
  return JSON.parse(out);
}

/** A file of this test with this text. */
function file(name: string, text: string): string {
  const path = join(property.folders.server, name);
  writeFileSync(path, text);
  return path;
}

const importAccount = ({ sid, token, name }: typeof ACCOUNT & { readonly name: string }) =>
  importInto('account', sid, '--token-file', file('token', `${token}\n`), '--name', name);

const importRooms = (...builders: object[]) => importInto('rooms', file('rooms.json', JSON.stringify({ builders })));

const newRooms = (...rooms: { num: string; name: string; locktype: string; gateway?: boolean }[]) => ({
  builderNum: 'N',
  builderName: 'New',
  floors: [{ floorNum: '1', floorName: 'One', rooms }],
});

const importMember = (name: string, ...names: readonly string[]) =>
  importInto('member', name, ...names, '--md5-file', file('md5', PASSWORD));
const NEW_PHONE = ['--area-code', '49', '--mobile', '1700000000'];

async function issue(changes: Fields): Promise<string> {
  const form = signedFor('makeRoomCard', { ...ISSUE, ...changes }, ACCOUNT.token);
  return (await postForm(`${property.url}/Home/Qrm/makeRoomCard`, form)).body;
}

test('a request with its old credentials, for an imported room and member, opens the right door', async () => {
  expect(await importAccount({ ...ACCOUNT, name: 'Hotel software' })).toEqual({
    account: ACCOUNT.sid,
    property: PUBLISHED.propertyNumber,
  });
  expect(await importRooms(newRooms({ num: '9', name: 'New 109', locktype: 'QRBLOCK' }))).toEqual({
    added: 1,
    changed: 0,
    unchanged: 0,
  });
  expect(await importMember('Moved Over', ...NEW_PHONE)).toEqual({ member: 'Moved Over', issuingPermission: true });
  desk.cards.place(serialOf('8F42E9D3'), { encoder: PUBLISHED.encoder });
  const answer = await issue({
    accountSid: ACCOUNT.sid,
    buildNo: 'N',
    floorNo: '1',
    roomNo: '9',
    creatorAreaCode: '49',
    creatorMobile: '1700000000',
    creatorPassword: PASSWORD,
  });
  expect(JSON.parse(answer)).toMatchObject({ status: 200, data: { serialNum: '8F42E9D3' } });
  const actions = property.rows('audit').map(({ action, actor }) => `${action} by ${actor}`);
  for (const action of ['account-created', 'rooms-imported', 'member-created'])
    expect(actions).toContain(`${action} by owner`);
  expect(JSON.stringify(property.rows('audit'))).not.toContain(ACCOUNT.token);
});

describe('what is imported again', () => {
  test('is changed: a room keeps its lock, an account gets its new secret, a member the new password', async () => {
    const before = property.rows('rooms').find(({ joinedNo }) => joinedNo === '001001R007');
    const again = {
      builderNum: '001',
      builderName: 'Garden Wing',
      floors: [
        {
          floorNum: '001',
          floorName: 'Floor 1',
          rooms: [{ num: 'R007', name: 'Suite', locktype: 'QRNLOCK', no: 'x' }],
        },
      ],
    };
    expect(await importRooms(again)).toEqual({ added: 0, changed: 1, unchanged: 0 });
    expect(await importRooms(again)).toEqual({ added: 0, changed: 0, unchanged: 1 });
    const after = property.rows('rooms').find(({ joinedNo }) => joinedNo === '001001R007');
    expect(after).toEqual({ ...before, name: 'Suite', lockType: 'QRNLOCK' });

    const known = ['--area-code', PUBLISHED.areaCode, '--mobile', PUBLISHED.mobile, '--email', DEMO_EMAIL];
    await importMember('Front Desk', ...known, '--no-issuing');
    expect(await issue({})).toContain('403');
    const published = { sid: PUBLISHED.accountSid, name: 'Published examples' };
    for (let i = 0; i < 2; i++) await importAccount({ ...published, token: ACCOUNT.token });
    expect(property.rows('accounts').find(({ sid }) => sid === PUBLISHED.accountSid)).toMatchObject({
      previousToken: null,
    });
    expect(JSON.parse(await issue({}))).toMatchObject({ status: 4011 });
    expect(await issue({ creatorPassword: PASSWORD })).toBe(
      refusal(
        4013,
        'Issuing permission is off',
        'The issuing permission is off; an administrator turns it on under Members in the console, or with `keyrack members permit`.',
      ),
    );
  });
});

test('an account that acts for another property acts for this one too once it is imported here', async () => {
  await importAccount({ ...ACCOUNT, name: 'Hotel software' });
  const elsewhere = { ...property.hotel.property, id: '019ac000-0000-7000-8000-0000000000ff', number: '77' };
  await property.put({ table: 'properties', row: elsewhere });
  const { code } = await typeCommand([
    ...['import', 'account', ACCOUNT.sid, '--token-file', file('token', ACCOUNT.token), '--name', 'Hotel software'],
    ...['--property', '77', '--data', property.folders.server],
  ]);
  expect(code).toBe(0);
  const allowed = property.rows('accountProperties').filter(({ accountSid }) => accountSid === ACCOUNT.sid);
  expect(allowed.map(({ propertyId }) => propertyId).toSorted()).toEqual(
    [property.hotel.property.id, elsewhere.id].toSorted(),
  );
});

test('a member who administers the property goes on doing so when the same person is imported', async () => {
  const { member: known } = property.hotel;
  await property.put({ table: 'members', row: { ...known, role: 'administrator', active: false } });
  await importMember('Moved Over', '--email', (known.email ?? '').toUpperCase());
  const after = property.rows('members').find(({ id }) => id === known.id);
  expect(after).toEqual({
    ...known,
    name: 'Moved Over',
    role: 'administrator',
    active: true,
    passwordHash: expect.stringMatching(/^\$argon2id/),
    version: known.version + 2,
  });
});

describe('what cannot be imported', () => {
  test('are rooms whose numbers run together to the same text, and then none is', async () => {
    const before = property.rows('rooms');
    const clash = {
      builderNum: '0010',
      builderName: 'B',
      floors: [{ floorNum: '01R', floorName: 'F', rooms: [] as object[] }],
    };
    clash.floors[0]?.rooms.push(
      { num: '006', name: 'R', locktype: 'QRLOCK' },
      { num: '007', name: 'R', locktype: 'QRLOCK' },
    );
    await expect(importRooms(newRooms(), clash)).rejects.toThrow(
      /^1: \S+rooms\.json has rooms that can't be taken; none was:\n {2}builders\[1\]\.floors\[0\]\.rooms\[0\]\.num: .* run together to 001001R006,/,
    );
    expect(property.rows('rooms')).toEqual(before);
    expect(property.rows('buildings')).toHaveLength(2);
  });

  test('is a name with a character that nobody sees, and the message says where it stands', async () => {
    const said = "builders[0].floors[0].rooms[0].name: has a character that can't be seen";
    await expect(importRooms(newRooms({ num: '1', name: 'a\u202eb', locktype: 'QRLOCK' }))).rejects.toThrow(
      said.replace("can't", 'can not'),
    );
  });

  test.each(['\ud800', 'a\0'])('is a name with %j in it, which no database keeps as it is', async (text) => {
    const said = /^2: .*can't be used: it holds NUL or half a surrogate pair/;
    await expect(importAccount({ ...ACCOUNT, name: text })).rejects.toThrow(said);
    await expect(importMember(text, ...NEW_PHONE)).rejects.toThrow(said);
    await expect(importMember('A', '--email', `${text}@keyrack.example`)).rejects.toThrow(said);
    const rooms = newRooms({ num: '1', name: text, locktype: 'QRLOCK' });
    await expect(importRooms(rooms)).rejects.toThrow(
      'builders[0].floors[0].rooms[0].name: holds NUL or half a surrogate pair',
    );
  });

  test('is a file without a room', async () => {
    await expect(importRooms(newRooms())).rejects.toThrow(
      /^2: \S+rooms\.json holds no room; save the answer of fetchRoomInfo as it came\.$/,
    );
  });

  test('is a member with half a phone, or with the mobile of one and the e-mail of another', async () => {
    await expect(importMember('Moved Over', '--mobile', '1700000000')).rejects.toThrow(
      'A member has an area code and a mobile, or an e-mail address, or both.',
    );
    const two = ['--area-code', PUBLISHED.areaCode, '--mobile', PUBLISHED.mobile, '--email', 'porter@keyrack.example'];
    await expect(importMember('Moved Over', ...two)).rejects.toThrow(
      'Mobile and e-mail are those of two members; give one of them.',
    );
  });
});
