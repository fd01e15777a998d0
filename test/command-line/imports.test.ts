import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INN, restWorldForFile } from '@keyrack/server/testing/rest-world.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { scratchFolder } from '../world/scratch.ts';
import { typeCommand } from '../world/typed-command.ts';

/** Rooms and members as CSV, on a server of one property. */

const world = restWorldForFile({}, { properties: [INN] });
const scratch = scratchFolder();
afterAll(() => scratch.remove());

function file(...lines: string[]): string {
  const path = join(scratch.path, 'file.csv');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}
const type = (...args: string[]) => typeCommand(args, { KEYRACK_DATA: world().folder });
async function json(...args: string[]) {
  const { code, out, err } = await type(...args);
  expect({ args, code, err }).toEqual({ args, code: 0, err: '' });
  return JSON.parse(out);
}

describe('rooms', () => {
  const TITLES = 'building,buildingName,floor,number,name,lockType,gateway';

  test('are tried first, added, changed, and written as they are read', async () => {
    const rooms = file(TITLES, '1,East,3,301,"Suite, ""blue""",QRBLOCK,no', '1,East,3,302,王小明,QRNLOCK,是');
    const counts = { added: 2, changed: 0, unchanged: 0 };
    expect(await json('rooms', 'import', rooms, '--dry-run')).toEqual({ dryRun: true, ...counts });
    expect(await json('rooms', 'list')).toEqual([]);
    expect(await json('rooms', 'import', rooms)).toEqual({ dryRun: false, ...counts });
    const exported = await type('rooms', 'export');
    expect(exported.out).toContain('1,East,3,3,302,王小明,QRNLOCK,yes,');
    expect(await json('rooms', 'import', file(exported.out.trim()))).toMatchObject({ added: 0, unchanged: 2 });
    expect(await json('rooms', 'change', '1/3/301', '--name', 'Suite')).toMatchObject({ name: 'Suite' });
    expect(await json('rooms', 'create', '2/1/7', '--lock-type', 'QRLOCK')).toMatchObject({ name: '7' });
    expect((await type('rooms', 'create', '2/1/7', '--lock-type', 'QRLOCK')).err).toContain('`keyrack rooms change`');
    expect(await json('rooms', 'remove', '2/1/7', '-y')).toEqual({ removed: '2/1/7' });
    expect((await type('rooms', 'show', '2/1/7')).code).toBe(1);
    expect((await type('rooms', 'show', '7')).code).toBe(2);
  });

  test('with lines that cannot be taken are refused as a whole, each by its number', async () => {
    const wrong = await type('rooms', 'import', file(TITLES, '1,,3,303,,QRXLOCK,perhaps', '', '1,,3,304,,QRBLOCK,'));
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.out).errors).toMatchObject([
      { line: 2, field: 'gateway' },
      { line: 2, field: 'lockType' },
    ]);
    expect(wrong.err).toContain('line 2: gateway is yes or no');
    // What only the server can tell.
    const twice = await type('rooms', 'import', file(TITLES, '1,,3,305,,QRBLOCK,', '', '1,,3,305,,QRBLOCK,'));
    expect(JSON.parse(twice.out).errors).toMatchObject([{ line: 4, field: 'number' }]);
    const long = await type('rooms', 'import', file(TITLES, `1,,3,${'9'.repeat(21)},,QRBLOCK,`));
    expect(JSON.parse(long.out).errors).toMatchObject([{ line: 2, field: 'number' }]);
    expect((await json('rooms', 'list')).map(({ number }: { number: string }) => number)).toEqual(['301', '302']);
  });
});

describe('members', () => {
  const TITLES = 'name,role,areaCode,mobile,email,issuingPermission,active,password';
  const ADA = 'Ada,administrator,86,13900000001,ada@example.com,yes,,correct horse';

  test('are tried first, added, changed by their mobile or e-mail, and written as they are read', async () => {
    const members = file(TITLES, ADA, 'Bo,receptionist,,,bo@example.com,no,,');
    const counts = { added: 2, changed: 0, unchanged: 0 };
    expect(await json('members', 'import', members, '--dry-run')).toEqual({ dryRun: true, ...counts });
    expect(await json('members', 'list')).toEqual([]);
    expect(await json('members', 'import', members)).toEqual({ dryRun: false, ...counts });
    expect(await json('members', 'import', members)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    const changed = file(TITLES, 'Ada L,administrator,86,13900000001,,,,', 'Bo,receptionist,,,BO@example.com,yes,,');
    expect(await json('members', 'import', changed)).toMatchObject({ added: 0, changed: 2 });
    expect(await json('members', 'show', '+86 139-0000-0001')).toMatchObject({
      name: 'Ada L',
      email: 'ada@example.com',
      issuingPermission: true,
    });
    expect(await json('members', 'change', 'Ada L', '--name', 'Ada')).toMatchObject({ name: 'Ada' });
    const exported = (await type('members', 'export')).out.trim();
    expect(exported).not.toContain('horse');
    expect(await json('members', 'import', file(exported))).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
  });

  test('with lines that cannot be taken change nothing, each by its number', async () => {
    const wrong = await type(
      'members',
      'import',
      file(TITLES, 'Cy,boss,,,cy@example.com,,,', ADA, ADA, 'Di,auditor,86,,,,,', 'Ed,auditor,,,,perhaps,,'),
    );
    expect(wrong.code).toBe(1);
    const errors = JSON.parse(wrong.out).errors.map(({ line, field }: { line: number; field: string }) => [
      line,
      field,
    ]);
    expect(errors).toEqual([
      [2, 'role'],
      [4, 'mobile'],
      [4, 'email'],
      [5, 'mobile'],
      [5, 'mobile'],
      [6, 'issuingPermission'],
      [6, 'mobile'],
    ]);
    expect(await json('members', 'list')).toHaveLength(2);
  });

  test('are named by phone, e-mail, name or id; where several could be meant, the candidates are told', async () => {
    await json('members', 'create', 'Twin', '--role', 'receptionist', '--email', 'twin1@example.com');
    await json('members', 'create', 'Twin', '--role', 'auditor', '--email', 'twin2@example.com');
    const [{ id }] = await json('members', 'list', '--search', 'twin2');
    for (const said of ['twin2@example.com', 'TWIN2@example.com', id])
      expect(await json('members', 'show', said)).toMatchObject({ id });
    const several = await type('members', 'deactivate', 'twin', '-y');
    expect(several).toMatchObject({ code: 2, out: '' });
    expect(several.err).toContain(
      'Several members are meant by "twin". Name one by phone, e-mail or id:\n  Twin, twin',
    );
    expect(await type('members', 'show', 'nobody')).toMatchObject({ code: 1, out: '' });
    expect(await json('members', 'deactivate', id, '-y')).toMatchObject({ active: false });
    expect((await json('members', 'list', '--inactive')).map((member: { id: string }) => member.id)).toEqual([id]);
    const both = await type('members', 'list', '--active', '--inactive');
    expect(both).toMatchObject({ code: 2, out: '' });
  });

  test('get a password from a file or standard input, and one that is too short is told by its name', async () => {
    const path = file('battery staple');
    await json('members', 'password', 'bo@example.com', '--password-file', path);
    const short = await type('members', 'password', 'bo@example.com', '--password-file', file('short'));
    expect(short).toMatchObject({ code: 2, out: '' });
    expect(short.err).toMatch(/^The password can't be used: it is \d+ characters or more\.$/m);
    const mobile = await type('members', 'create', 'X', '--role', 'auditor', '--area-code', '86', '--mobile', 'x');
    expect(mobile.err).toMatch(/^--mobile can't be used: it is 4 to 15 digits/m);
    expect((await type('members', 'create', 'X', '--role', 'auditor', '--mobile', '1390000')).code).toBe(2);
  });
});
