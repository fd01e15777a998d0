import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { operate } from '@keyrack/server/operator/operator-client.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Fields, ISSUE, postForm, refusal, signedFor } from '../world/room-card-client.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { type FrontDesk, openProperty, type TestProperty } from '../world/test-property.ts';

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

const importInto = (what: 'account' | 'rooms' | 'member', input: Record<string, unknown>) =>
  operate(property.folders.server, `import-${what}`, { property: PUBLISHED.propertyNumber, ...input });

const rooms = (...list: { num: string; name: string; locktype: string; gateway?: boolean }[]) => ({
  rooms: {
    builders: [{ builderNum: 'N', builderName: 'New', floors: [{ floorNum: '1', floorName: 'One', rooms: list }] }],
  },
});

const member = (given: Record<string, unknown>) => ({
  name: 'Moved Over',
  areaCode: '49',
  mobile: '1700000000',
  email: null,
  passwordMd5: PASSWORD,
  issuingPermission: true,
  ...given,
});

async function issue(changes: Fields): Promise<string> {
  const form = signedFor('makeRoomCard', { ...ISSUE, ...changes }, ACCOUNT.token);
  return (await postForm(`${property.url}/Home/Qrm/makeRoomCard`, form)).body;
}

test('a request with its old credentials, for an imported room and member, opens the right door', async () => {
  expect(await importInto('account', { ...ACCOUNT, name: 'Hotel software' })).toEqual({
    account: ACCOUNT.sid,
    property: PUBLISHED.propertyNumber,
  });
  expect(await importInto('rooms', rooms({ num: '9', name: 'New 109', locktype: 'QRBLOCK' }))).toEqual({
    added: 1,
    changed: 0,
  });
  await importInto('member', member({}));
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
  expect(property.rows('audit').filter(({ action }) => action === 'property-changed')).toHaveLength(4);
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
    expect(await importInto('rooms', { rooms: { builders: [again] } })).toEqual({ added: 0, changed: 1 });
    const after = property.rows('rooms').find(({ joinedNo }) => joinedNo === '001001R007');
    expect(after).toEqual({ ...before, name: 'Suite', lockType: 'QRNLOCK', gateway: false });

    const known = { areaCode: PUBLISHED.areaCode, mobile: PUBLISHED.mobile, email: 'frontdesk@keyrack.example' };
    await importInto('member', member({ ...known, name: 'Front Desk', issuingPermission: false }));
    expect(await issue({})).toContain('403');
    await importInto('account', { sid: PUBLISHED.accountSid, token: ACCOUNT.token, name: 'Published examples' });
    expect(JSON.parse(await issue({}))).toMatchObject({ status: 4011 });
    expect(await issue({ creatorPassword: PASSWORD })).toBe(
      refusal(
        4013,
        'Issuing permission is off',
        'The issuing permission is off; an administrator turns it on with `keyrack members permit`.',
      ),
    );
  });
});

test('a member who administers the property goes on doing so when the same person is imported', async () => {
  const { member: known } = property.hotel;
  await property.put({ table: 'members', row: { ...known, role: 'administrator' } });
  await importInto('member', member({ areaCode: null, mobile: null, email: known.email }));
  const after = property.rows('members').find(({ id }) => id === known.id);
  expect(after).toEqual({
    ...known,
    name: 'Moved Over',
    role: 'administrator',
    passwordHash: expect.stringMatching(/^\$argon2id/),
    version: known.version + 1,
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
    await expect(importInto('rooms', { rooms: { builders: [clash] } })).rejects.toThrow(
      "Two rooms' numbers run together to 001001R006, so that signed requests could be exchanged; number one of them anew.",
    );
    expect(property.rows('rooms')).toEqual(before);
    expect(property.rows('buildings')).toHaveLength(2);
  });

  test('is a lock type that nobody has: the message says where it stands', async () => {
    await expect(importInto('rooms', rooms({ num: '1', name: 'R', locktype: 'QRXLOCK' }))).rejects.toThrow(
      'The command has a wrong value: rooms.builders.0.floors.0.rooms.0.locktype.',
    );
  });

  test.each(['\ud800', 'a\0'])('is a name with %j in it, which no database keeps as it is', async (text) => {
    const names = [
      ['account', { ...ACCOUNT, name: text }, 'name'],
      ['member', member({ name: text }), 'name'],
      ['member', member({ email: `${text}@keyrack.example` }), 'email'],
      ['rooms', rooms({ num: '1', name: text, locktype: 'QRLOCK' }), 'rooms.builders.0.floors.0.rooms.0.name'],
    ] as const;
    for (const [what, input, field] of names) {
      await expect(importInto(what, input)).rejects.toThrow(`The command has a wrong value: ${field}.`);
    }
  });

  test('is a member with half a phone, or with the mobile of one and the e-mail of another', async () => {
    await expect(importInto('member', member({ areaCode: null }))).rejects.toThrow(
      'A member has an area code and a mobile, or an e-mail address, or both.',
    );
    const two = { areaCode: PUBLISHED.areaCode, mobile: PUBLISHED.mobile, email: 'porter@keyrack.example' };
    await expect(importInto('member', member(two))).rejects.toThrow(
      'Mobile and e-mail are those of two members; give one of them.',
    );
  });
});
