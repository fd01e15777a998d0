import type { Keyrack } from '@keyrack/sdk';
import { Command, InvalidArgumentError, Option } from 'commander';
import { administer, type Connection, type TypedNames } from '../connection/administer.ts';
import { usageError } from '../exit.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import { printable } from '../output/text-width.ts';
import { readSecret } from '../read-secret.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty, type Property } from './choose-property.ts';
import { findMember, type Member } from './find-member.ts';
import { addLinks } from './member-links.ts';
import { addMembersCsv } from './members-csv.ts';
import { type Asking, asksFirst, atProperty, confirm, type PropertyOptions, parseLimit, takeRows } from './options.ts';

/** `keyrack members`: people at a property, and what they may do there. */

export const ROLES = ['administrator', 'receptionist', 'auditor'] as const;

const COLUMNS: readonly Column<Member>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ROLE', of: ({ role }) => role },
  { title: 'PHONE', of: ({ areaCode, mobile }) => (mobile === null ? null : `+${areaCode} ${mobile}`) },
  { title: 'E-MAIL', of: ({ email }) => email },
  { title: 'ISSUING', of: ({ issuingPermission }) => issuingPermission },
  { title: 'ACTIVE', of: ({ active }) => active },
];

export function membersCommand(terminal: Terminal): Command {
  const group = new Command('members').description('List, add and change members, and let them issue cards or not.');
  atProperty(group.command('list'))
    .description('list members, the newest first')
    .addOption(new Option('--role <role>', 'only these').choices(ROLES))
    .option('--active', 'only who is active')
    .option('--inactive', 'only who is not')
    .option('--issuing', 'only who may issue, read and cancel cards')
    .option('--search <text>', 'only where this is part of the name, phone or e-mail')
    .option('--limit <rows>', 'at most so many; all unless given', parseLimit)
    .action((options: ListOptions) => listMembers(terminal, options));
  atMember(group.command('show')).action((said: string, options: PropertyOptions) =>
    changeMember(terminal, said, options, async (_connection, _property, member) => member),
  );
  describeMember(atProperty(group.command('create')).argument('<name>', 'the name that records show'))
    .description('add a member')
    .requiredOption('--role <role>', `one of ${ROLES.join(', ')}`, parseRole)
    .option('--issuing', 'with the issuing permission')
    .option(
      '--password-file <file>',
      'a file that holds their password for the room-card API and the front desk; none unless given',
    )
    .action((name: string, options: CreateOptions) => createMember(terminal, name, options));
  describeMember(atMember(group.command('change')).option('--name <name>', 'the name that records show'))
    .description('change what is given')
    .option('--role <role>', `one of ${ROLES.join(', ')}`, parseRole)
    .action((said: string, options: PropertyOptions & MemberOptions) => {
      const changes = changesOf(options);
      return changeMember(terminal, said, options, ({ keyrack }, { id }, member) =>
        keyrack.members.change({ property: id, member: member.id, ...changes }),
      );
    });
  addSwitches(group, terminal);
  atMember(group.command('password'))
    .description('set the password for the room-card API and the front desk; asked for at a terminal')
    .option('--password-file <file>', 'a file that holds it; it is asked for unless given')
    .action(async (said: string, options: PropertyOptions & PasswordOptions) => {
      await changeMember(
        terminal,
        said,
        options,
        async ({ keyrack }, property, member) => {
          const password = await askPassword(terminal, options, `New password of ${printable(member.name)}`);
          await keyrack.members.setPassword({ property: property.id, member: member.id, password });
          return keyrack.members.get({ property: property.id, member: member.id });
        },
        { password: 'The password' },
      );
    });
  addLinks(group, terminal);
  addMembersCsv(group, terminal);
  return group;
}

/** Commands that turn one thing on or off. Turning off asks first: somebody will feel it at once. */
function addSwitches(group: Command, terminal: Terminal): void {
  const turn = (
    name: string,
    description: string,
    changes: { readonly issuingPermission: boolean } | { readonly active: boolean },
    question: ((member: Member) => string) | null,
  ) => {
    const command = asksFirst(atMember(group.command(name))).description(description);
    command.action((said: string, options: PropertyOptions & Asking) =>
      changeMember(terminal, said, options, async ({ keyrack, server }, property, member) => {
        if (question !== null) await confirm(terminal, options, `${question(member)} (${server.name})`);
        return keyrack.members.change({ property: property.id, member: member.id, ...changes });
      }),
    );
  };
  const nameOf = ({ name }: Member) => printable(name);
  turn('permit', 'turn the issuing permission on', { issuingPermission: true }, null);
  turn(
    'forbid',
    'turn the issuing permission off; what waits for its card is refused, too',
    { issuingPermission: false },
    (member) => `Forbid ${nameOf(member)} to issue, read and cancel cards?`,
  );
  turn('activate', 'let somebody who was deactivated work again', { active: true }, null);
  turn(
    'deactivate',
    'for somebody who left: nothing is done in their name, and they are signed out',
    { active: false },
    (member) => `Deactivate ${nameOf(member)}, and sign them out?`,
  );
}

interface MemberOptions {
  readonly name?: string;
  readonly role?: (typeof ROLES)[number];
  readonly areaCode?: string;
  readonly mobile?: string;
  readonly email?: string;
}

interface PasswordOptions {
  readonly passwordFile?: string;
}

type CreateOptions = PropertyOptions &
  MemberOptions &
  PasswordOptions & { readonly role: (typeof ROLES)[number]; readonly issuing?: true };

interface ListOptions extends PropertyOptions {
  readonly role?: (typeof ROLES)[number];
  readonly active?: true;
  readonly inactive?: true;
  readonly issuing?: true;
  readonly search?: string;
  readonly limit?: number;
}

function atMember(command: Command): Command {
  return atProperty(command).argument('<member>', 'by phone, e-mail, name or id').description('show a member');
}

function describeMember(command: Command): Command {
  return command
    .option('--area-code <digits>', 'country code of the mobile')
    .option('--mobile <digits>', 'without its country code')
    .option('--email <address>', 'what they may also be known by');
}

async function listMembers(terminal: Terminal, options: ListOptions): Promise<void> {
  const { active, inactive, role, search, issuing, limit } = options;
  if (active && inactive) throw usageError('Give --active or --inactive, or neither for all.');
  const filter = {
    ...(role !== undefined && { role }),
    ...(search !== undefined && { search }),
    ...(issuing && { issuingPermission: true }),
    ...((active ?? inactive) && { active: active === true }),
  };
  const rows = await administer(terminal, options, async (connection) => {
    const { id } = await chooseProperty(connection, terminal, options);
    return takeRows(connection.keyrack.members.list({ property: id, limit: 200, ...filter }), { limit }, terminal);
  });
  printRows(terminal, rows, COLUMNS, options);
}

async function createMember(terminal: Terminal, name: string, options: CreateOptions): Promise<void> {
  const { role, issuing = false, passwordFile } = options;
  const { role: _role, ...known } = changesOf(options);
  const password = passwordFile === undefined ? {} : { password: await askPassword(terminal, options, 'Password') };
  const made = await administer(
    terminal,
    options,
    async (connection) => {
      const { id } = await chooseProperty(connection, terminal, options);
      const given = { ...known, name, role, issuingPermission: issuing, ...password };
      return connection.keyrack.members.create({ property: id, ...given });
    },
    { name: 'The name', password: 'The password' },
  );
  printOne(terminal, made, options);
}

/** Does something about one member and prints them. */
async function changeMember(
  terminal: Terminal,
  said: string,
  options: PropertyOptions,
  work: (connection: Connection, property: Property, member: Member) => ReturnType<Keyrack['members']['get']>,
  typed: TypedNames = {},
): Promise<void> {
  const after = await administer(
    terminal,
    options,
    async (connection) => {
      const property = await chooseProperty(connection, terminal, options);
      return work(connection, property, await findMember(connection, property.id, said));
    },
    typed,
  );
  printOne(terminal, after, options);
}

/** What of a member is to be changed, by the options that were given. */
function changesOf({ name, role, areaCode, mobile, email }: MemberOptions) {
  if ((areaCode === undefined) !== (mobile === undefined))
    throw usageError('A phone number needs --area-code and --mobile together.');
  return {
    ...(name !== undefined && { name }),
    ...(role !== undefined && { role }),
    ...(areaCode !== undefined && { areaCode: areaCode.replace(/^\+/, ''), mobile: mobile ?? '' }),
    ...(email !== undefined && { email }),
  };
}

function askPassword(terminal: Terminal, { passwordFile }: PasswordOptions, question: string): Promise<string> {
  return readSecret(terminal, {
    file: passwordFile,
    option: '--password-file',
    question,
    repeat: 'The same once more',
  });
}

function parseRole(text: string): (typeof ROLES)[number] {
  const found = ROLES.find((role) => role === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`It is one of ${ROLES.join(', ')}.`);
}
