import { isProblem, type KeyrackProblem } from '@keyrack/sdk';
import type { Command } from 'commander';
import { administer, type Connection } from '../connection/administer.ts';
import { CommandFailure } from '../exit.ts';
import { type CsvLine, parseYesNo, readCsv, toCsv } from '../output/csv.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty } from './choose-property.ts';
import type { Member } from './find-member.ts';
import { type LineProblem, tellLineProblems } from './line-problems.ts';
import { atProperty, type PropertyOptions, takeRows } from './options.ts';

/** Members as CSV: what `members export` prints is what `members import` takes. */

const COLUMNS = ['name', 'role', 'areaCode', 'mobile', 'email', 'issuingPermission', 'active'] as const;

export function addMembersCsv(group: Command, terminal: Terminal): void {
  atProperty(group.command('export'))
    .description('print all members as CSV, without passwords')
    .action(async (options: PropertyOptions) => {
      const members = await administer(terminal, options, async (connection) => {
        const { id } = await chooseProperty(connection, terminal, options);
        return takeRows(connection.keyrack.members.list({ property: id, limit: 200 }), {}, terminal);
      });
      terminal.out(toCsv(COLUMNS, members));
    });
  atProperty(group.command('import'))
    .description('add members of a CSV file, and change those with the same mobile or e-mail')
    .argument('<file>', `CSV with the columns ${COLUMNS.join(',')} and, for new ones, password`)
    .option('--dry-run', 'only tell what would be done')
    .action((file: string, options: PropertyOptions & { readonly dryRun?: true }) =>
      importMembers(terminal, file, options),
    );
}

type Fields = Partial<
  Pick<Member, 'name' | 'role' | 'areaCode' | 'mobile' | 'email' | 'issuingPermission' | 'active'>
> & { readonly password?: string };

/** What becomes of one line. */
type Step =
  | { readonly does: 'add'; readonly line: number; readonly fields: Fields & { readonly name: string } }
  | { readonly does: 'change'; readonly line: number; readonly member: Member; readonly fields: Fields }
  | { readonly does: 'nothing'; readonly line: number };

async function importMembers(
  terminal: Terminal,
  file: string,
  options: PropertyOptions & { readonly dryRun?: true },
): Promise<void> {
  const lines = readCsv(file, { required: ['name', 'role'], optional: [...COLUMNS.slice(2), 'password'] });
  const { dryRun = false } = options;
  const told = await administer(terminal, options, async (connection) => {
    const { id } = await chooseProperty(connection, terminal, options);
    const members = await takeRows(connection.keyrack.members.list({ property: id, limit: 200 }), {}, terminal);
    const { steps, problems } = planImport(lines, members);
    if (problems.length > 0) return tellLineProblems(terminal, file, problems, options);
    if (!dryRun) await carryOutSteps(connection, terminal, { property: id, file, steps, options });
    const count = (does: Step['does']) => steps.filter((step) => step.does === does).length;
    return { dryRun, added: count('add'), changed: count('change'), unchanged: count('nothing') };
  });
  terminal.out(JSON.stringify(told, null, 2));
}

/** What each line asks for, and every line that can't be taken. Pure. */
export function planImport(
  lines: readonly CsvLine[],
  members: readonly Member[],
): { readonly steps: readonly Step[]; readonly problems: readonly LineProblem[] } {
  const problems: LineProblem[] = [];
  const seen = new Map<string, number>();
  const steps = lines.flatMap(({ line, fields: given }): Step[] => {
    const before = problems.length;
    const wrong = (field: string, detail: string) => void problems.push({ line, field, detail });
    const fields = fieldsOf(given, wrong);
    const keys = keysOf(fields);
    if (keys.length === 0) wrong('mobile', 'is needed, with areaCode, or an email: a member is known by one of them');
    for (const key of keys) {
      const earlier = seen.get(key);
      if (earlier === undefined) seen.set(key, line);
      else wrong(key.includes('@') ? 'email' : 'mobile', `stands in line ${earlier} already`);
    }
    const known = members.filter((member) => keysOf(member).some((key) => keys.includes(key)));
    if (known.length > 1) wrong('email', 'is of another member than the mobile; give one of them');
    const [member] = known;
    const { name } = fields;
    if (member === undefined && fields.active === false) wrong('active', 'is no for somebody who is not there yet');
    if (problems.length > before || name === undefined) return [];
    if (member === undefined) return [{ does: 'add', line, fields: { ...fields, name } }];
    const changes = differencesOf(member, fields);
    if (Object.keys(changes).length === 0) return [{ does: 'nothing', line }];
    return [{ does: 'change', line, member, fields: changes }];
  });
  return { steps, problems };
}

/** What a line says, in the words of /v1. An empty field says nothing. */
function fieldsOf(given: CsvLine['fields'], wrong: (field: string, detail: string) => void): Fields {
  const { name = '', role = '', areaCode = '', mobile = '', email = '', password = '' } = given;
  const yesNo = (field: string) => {
    const text = given[field] ?? '';
    if (text === '') return undefined;
    const value = parseYesNo(text);
    if (value === null) wrong(field, 'is yes or no');
    return value ?? undefined;
  };
  if (name === '') wrong('name', 'is needed');
  if (!isRole(role)) wrong('role', 'is administrator, receptionist or auditor');
  if ((areaCode === '') !== (mobile === '')) wrong('mobile', 'and areaCode come together');
  const issuingPermission = yesNo('issuingPermission');
  const active = yesNo('active');
  return {
    ...(name !== '' && { name }),
    ...(isRole(role) && { role }),
    ...(mobile !== '' && { areaCode: areaCode.replace(/^\+/, ''), mobile: mobile.replace(/[\s-]/g, '') }),
    ...(email !== '' && { email: email.toLowerCase() }),
    ...(issuingPermission !== undefined && { issuingPermission }),
    ...(active !== undefined && { active }),
    ...(password !== '' && { password }),
  };
}

function isRole(text: string): text is Member['role'] {
  return ['administrator', 'receptionist', 'auditor'].includes(text);
}

function keysOf({ areaCode, mobile, email }: Fields): string[] {
  return [mobile && `${areaCode} ${mobile}`, email].filter((key) => typeof key === 'string' && key !== '') as string[];
}

function differencesOf(member: Member, { password: _forNewOnes, ...fields }: Fields): Fields {
  const changed = Object.entries(fields).filter(([name, value]) => member[name as keyof Member] !== value);
  const changes: Fields = Object.fromEntries(changed);
  // A mobile is known by both.
  const { areaCode, mobile } = fields;
  const isNewPhone = 'areaCode' in changes || 'mobile' in changes;
  return isNewPhone && areaCode && mobile ? { ...changes, areaCode, mobile } : changes;
}

async function carryOutSteps(
  { keyrack }: Connection,
  terminal: Terminal,
  given: {
    readonly property: string;
    readonly file: string;
    readonly steps: readonly Step[];
    readonly options: PropertyOptions;
  },
): Promise<void> {
  const { property, file, steps, options } = given;
  const problems: LineProblem[] = [];
  let done = 0;
  for (const [at, step] of steps.entries()) {
    terminal.progress?.(`${at} of ${steps.length} members`);
    try {
      if (step.does === 'add') {
        const { active: _active, role = 'receptionist', ...fields } = step.fields;
        await keyrack.members.create({ property, role, ...fields });
      } else if (step.does === 'change') {
        await keyrack.members.change({ property, member: step.member.id, ...step.fields });
      }
      done += 1;
    } catch (error) {
      if (!isProblem(error) || error.status >= 500 || error.status === 401) throw withCount(error, done, steps.length);
      problems.push(...problemsOf(step.line, error));
    }
  }
  terminal.progress?.('');
  if (problems.length > 0) tellLineProblems(terminal, file, problems, options);
}

function problemsOf(line: number, { errors, title, detail }: KeyrackProblem): LineProblem[] {
  if (errors.length === 0) return [{ line, field: 'name', detail: `was not taken: ${title}. ${detail}` }];
  return errors.map(({ path, detail }) => ({ line, field: path, detail }));
}

/** Lines are taken one by one, so it matters how far it got. */
function withCount(error: unknown, done: number, all: number): unknown {
  if (done === 0) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CommandFailure(`${done} of ${all} lines were done; import the file again for the rest. ${message}`);
}
