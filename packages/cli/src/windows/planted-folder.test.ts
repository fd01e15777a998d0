import { expect, test } from 'vitest';
import { ownersIn, whyNotTrusted } from './planted-folder.ts';

const SELF = 'S-1-5-21-1-2-3-500';
const FOLDER = { path: 'C:\\ProgramData\\Keyrack', isLink: false };
const FILE = { path: 'C:\\ProgramData\\Keyrack\\agent.json', isLink: false };

test('the owner is read from a list of rights, by letters or by number', () => {
  const lines = [
    'O:BAG:SYD:PAI(A;OICI;FA;;;BA)',
    `O:${SELF}G:S-1-5-21-1-2-3-513D:AI(A;ID;FA;;;SY)`,
    'O:LSD:',
    'D:(A;;FA;;;WD)',
  ];
  expect(ownersIn(`${lines.join('\r\n')}\r\n\r\n`)).toEqual(['BA', SELF, 'LS', null]);
});

test.each([
  ['administrators', 'O:BAG:SYD:'],
  ['Windows itself', 'O:SYG:SYD:'],
  ['the account of the agent', 'O:S-1-5-19G:S-1-5-19D:'],
  ['whoever installs', `O:${SELF}G:SYD:`],
])('what belongs to %s is gone by', (_whose, sddl) => {
  expect(whyNotTrusted([FOLDER], sddl, SELF)).toBeNull();
});

test.each([
  ['a folder of an ordinary user', [FOLDER], 'O:S-1-5-21-1-2-3-1001G:SYD:', /S-1-5-21-1-2-3-1001 made it/],
  ['a file of one', [FOLDER, FILE], 'O:BAG:SYD:\nO:S-1-5-21-1-2-3-1001G:SYD:', /no administrator/],
  ['what Windows tells nothing of', [FOLDER], '', /doesn't tell/],
  ['what it tells of in part', [FOLDER, FILE], 'O:BAG:SYD:', /doesn't tell/],
  ['a list without an owner', [FOLDER], 'D:(A;;FA;;;BA)', /doesn't tell/],
])('%s is not', (_what, found, sddl, why) => {
  expect(whyNotTrusted(found, sddl, SELF)).toMatch(why);
});
