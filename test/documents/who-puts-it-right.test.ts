import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '@keyrack/cli/commands.ts';
import { keyrackProgram } from '@keyrack/cli/program.ts';
import { expect, test } from 'vitest';

/**
 * A text that sends people to somebody else names the command by which that one puts it right, and the place of the console. A text
 * of the console names the place alone; one of the command line the command.
 */

const ROOT = join(import.meta.dirname, '../..');

/** What such a text says, in English and Chinese. */
const SENDS = [
  /\b(?:an?|the|your|another) administrator\b/i,
  /\b(?:the )?operator of (?:this|the) server\b/i,
  /member management|会员管理|成员管理/i,
  /\bask (?:whoever|somebody|the owner)\b/i,
  /(?:请|向|联系).{0,4}(?:管理员|运维人员)/,
];

/** Texts that send nobody anywhere, and why. */
const NOT_SENT: Readonly<Record<string, string>> = {
  'Without a password they can do nothing until an administrator sets one.':
    'describes an endpoint, and stands beside the one that sets it',
  'an administrator who may issue cards. That membership': 'says who somebody becomes by the set-up',
  'Run this as an administrator: right-click it': "is about Windows' own rights",
  "Run this without an administrator's rights": "is about Windows' own rights",
  'Remove it as an administrator, and run this again': "is about Windows' own rights",
  "unless given, the computer where you have an administrator's rights": "is about Windows' own rights",
  'The last administrator stays one, and stays active.': 'tells administrators what they can do themselves',
};

const program = await keyrackProgram({ env: {}, out() {}, say() {}, err() {} }, COMMANDS);

/** Whether a command of these words exists: `agents pair`, not `agents repair`. */
function isCommand([group = '', name = '']: readonly string[]): boolean {
  const found = program.commands.find((command) => command.name() === group);
  return found !== undefined && (found.commands.length === 0 || found.commands.some((each) => each.name() === name));
}

/** Texts of the console's navigation. It has types of a browser, which this test knows nothing of. */
const navigation = (await import(join(ROOT, 'packages/console/src/shell/texts.ts'))) as Record<
  'english' | 'chinese',
  Readonly<Record<(typeof PLACES)[number], string>>
>;
const PLACES = [
  'desk',
  'operations',
  'house',
  'members',
  'frontDesks',
  'developers',
  'audit',
  'property',
  'account',
] as const;

/** Whether it names a place where somebody puts that right. */
function namesPlace(line: string): boolean {
  return PLACES.some((place) => line.includes(navigation.english[place]) || line.includes(navigation.chinese[place]));
}

/** The same for a text from elsewhere, which says that it means the console. */
function namesPlaceOfConsole(line: string): boolean {
  return PLACES.some(
    (place) =>
      line.includes(`${navigation.english[place]} in the console`) ||
      line.includes(`控制台的“${navigation.chinese[place]}”`),
  );
}

const files = execFileSync('git', ['ls-files', 'packages/*/src/*.ts', 'packages/*/src/*.js'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !/\.test\.ts$|\/testing\/|packages\/sdk\/src\/api-/.test(file));

/** Lines with a text in quotes, without comments; a text stands on one line. */
const told = files.flatMap((file) =>
  readFileSync(join(ROOT, file), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !/^(?:\/\/|\/?\*)/.test(line) && /['"`]/.test(line))
    .map((line) => ({ file, line })),
);

test('every text that sends people to somebody names a command that there is, or a place of the console', () => {
  const sent = told
    .filter(({ line }) => SENDS.some((pattern) => pattern.test(line)))
    .filter(({ line }) => !Object.keys(NOT_SENT).some((text) => line.includes(text)));
  expect(sent.length).toBeGreaterThan(20);
  const bare = sent.filter(({ file, line }) => {
    if (file.startsWith('packages/console/')) return !namesPlace(line);
    if (!file.startsWith('packages/cli/') && !namesPlaceOfConsole(line)) return true;
    const named = [...line.matchAll(/\bkeyrack ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/g)];
    return !named.some(([, group = '', name = '']) => isCommand([group, name]));
  });
  expect(bare).toEqual([]);
});

test.each([
  ['encoder-disputed', 'keyrack encoders show'],
  ['account-suspended', 'keyrack accounts resume'],
  ['room-card-api-off', 'keyrack accounts change'],
  ['address-not-allowed', 'keyrack accounts change'],
  ['signature-a-off', 'keyrack accounts change'],
  ['property-not-allowed', 'keyrack accounts allow'],
  ['member-inactive', 'keyrack members activate'],
  ['permission-off', 'keyrack members permit'],
  ['key-ended', 'keyrack keys create'],
  ['no-marked-encoder', 'keyrack encoders change'],
  ['agent-suspended', 'keyrack agents pair'],
  ['agent-revoked', 'keyrack agents pair'],
] as const)('%s is put right with `%s`, in both languages', async (cause, command) => {
  const { CAUSES } = await import('@keyrack/server/domain/causes.ts');
  const { ENDINGS } = await import('@keyrack/server/dispatch/server-texts.ts');
  const { CHINESE_CAUSES } = await import('@keyrack/agent/page/causes-chinese.ts');
  const endings: Readonly<Record<string, { readonly message: string }>> = ENDINGS;
  for (const text of [CAUSES[cause], endings[cause]?.message ?? command, CHINESE_CAUSES[cause]])
    expect(text).toContain(command);
});

test('the list has no text that is told no more', () => {
  const all = told.map(({ line }) => line).join('\n');
  expect(Object.keys(NOT_SENT).filter((text) => !all.includes(text))).toEqual([]);
});
