import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { examineFolder } from './examine-folder.ts';
import { groupsLetIn, readRights } from './windows-rights.ts';

const SERVICE = '(A;OICI;FA;;;S-1-5-80-3028837079-3186095147-955107200-3701964851-1150726376)';
const ADMINISTRATORS = '(A;OICI;FA;;;BA)';

test.each([
  ['what the guide sets', `D:PAI${SERVICE}${ADMINISTRATORS}`, []],
  [
    'what a new folder in ProgramData has',
    `D:AI(A;OICIID;FA;;;SY)(A;OICIID;0x1200a9;;;BU)(A;CIID;DCLCRPCR;;;BU)`,
    ['Users'],
  ],
  ['everybody, by number', 'D:(A;OICI;FR;;;S-1-1-0)(A;;FA;;;AU)', ['Everyone', 'Authenticated Users']],
  ['a refusal, which lets nobody in', `D:P(D;OICI;FA;;;WD)${ADMINISTRATORS}`, []],
  ['owner before and watch behind', `O:BAG:SYD:PAI${ADMINISTRATORS}S:AI(AU;SAFA;FA;;;WD)`, []],
  ['no list: all is allowed', 'O:BA', null],
  ['no list of rights', 'Access is denied.', null],
])('%s', (_what, sddl, groups) => {
  expect(groupsLetIn(sddl)).toEqual(groups);
});

test.each([
  ['is its user’s', `D:PAI${SERVICE}`, /nobody but/, null],
  ['is open to a group', 'D:AI(A;OICIID;FR;;;BU)', /open to Users/, /icacls/],
  ['was not judged', null, /not judged/, null],
])('on Windows the doctor says that a folder %s', async (_what, sddl, found, todo) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-rights-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const finding = await examineFolder(folder, { platform: 'win32', readRights: async () => sddl });
  expect(finding.found).toMatch(found);
  if (todo === null) expect(finding.todo).toBeNull();
  else expect(finding.todo).toMatch(todo);
});

test('where there is no icacls, nothing is known', async () => {
  // Wine has a program of this name, which saves nothing; Windows' own tells.
  const told = await readRights(tmpdir());
  if (process.platform === 'win32') expect(told ?? 'D:').toContain('D:');
  else expect(told).toBeNull();
});
