import type { Answer } from '@keyrack/sdk';
import { Command } from 'commander';
import { administer, type Connection } from '../connection/administer.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import { printable } from '../output/text-width.ts';
import type { Terminal } from '../terminal.ts';
import { findNamed } from './find-named.ts';
import {
  type Asking,
  asksFirst,
  atServer,
  confirm,
  given,
  parseLimit,
  parseTime,
  type ServerOptions,
  takeRows,
} from './options.ts';

/** `keyrack persons`: who has a password of their own, and who owns the installation. For the owner alone. */

type Person = Answer<'listPersons'>['data'][number];

const COLUMNS: readonly Column<Person>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'PHONE', of: ({ areaCode, mobile }) => (mobile === null ? null : `+${areaCode} ${mobile}`) },
  { title: 'E-MAIL', of: ({ email }) => email },
  { title: 'OWNER', of: ({ owner }) => owner },
  { title: 'ID', of: ({ id }) => id, whole: true },
];

export const EXPIRES = [
  '--expires <time>',
  'when it ends if nobody uses it, within 30 days; in three days unless given',
  parseTime,
] as const;

export interface Expiring {
  readonly expires?: string;
}

export function personsCommand(terminal: Terminal): Command {
  const group = new Command('persons').description('Who signs in with a password of their own, and who owns all this.');
  atServer(group.command('list'))
    .description('list persons, the newest first; for the owner')
    .option('--limit <rows>', 'at most so many; all unless given', parseLimit)
    .action(async (options: ServerOptions & { readonly limit?: number }) => {
      const rows = await administer(terminal, options, ({ keyrack }) =>
        takeRows(keyrack.persons.list({ limit: 200 }), options, terminal),
      );
      printRows(terminal, rows, COLUMNS, options);
    });
  atServer(group.command('invite-owner'))
    .description(
      'make an invitation to own the installation; they open it by `keyrack login --invited` or `keyrack me join`',
    )
    .option(...EXPIRES)
    .action(async (options: ServerOptions & Expiring) => {
      const told = await administer(
        terminal,
        options,
        ({ keyrack }) => keyrack.ownerInvitations.inviteOwner(given({ expiresAt: options.expires })),
        { expiresAt: '--expires' },
      );
      printOne(terminal, told, options);
    });
  atPerson<ServerOptions & Expiring>(
    group.command('link').option(...EXPIRES),
    terminal,
    'make a one-time link by which somebody who is locked out sets their password; on the server itself alone',
    ({ keyrack }, { id }, { expires }) =>
      keyrack.persons.createPasswordLink({ person: id, ...given({ expiresAt: expires }) }),
  );
  atPerson<ServerOptions & Asking>(
    asksFirst(group.command('remove-owner')),
    terminal,
    'end that a person owns the installation',
    async ({ keyrack, server }, { id, name }, options) => {
      await confirm(terminal, options, `Shall ${printable(name)} own the installation no longer? (${server.name})`);
      await keyrack.persons.removeOwner({ person: id });
      return { person: id, owner: false };
    },
  );
  atPerson<ServerOptions & Asking>(
    asksFirst(group.command('remove-factors')),
    terminal,
    'remove all second factors of somebody who has lost them; their sessions end',
    async ({ keyrack, server }, { id, name }, options) => {
      await confirm(terminal, options, `Shall the password of ${printable(name)} be enough again? (${server.name})`);
      await keyrack.persons.removeFactors({ person: id });
      return { person: id, factors: [] };
    },
  );
  return group;
}

function atPerson<Options extends ServerOptions>(
  command: Command,
  terminal: Terminal,
  description: string,
  work: (connection: Connection, person: Person, options: Options) => Promise<object>,
): void {
  atServer(command)
    .description(description)
    .argument('<person>', 'by phone, e-mail, name or id')
    .action(async (said: string, options: Options) => {
      const told = await administer(
        terminal,
        options,
        async (connection) => {
          const person = await findNamed(connection.keyrack.persons.list({ limit: 200 }), said, {
            what: 'person',
            list: 'keyrack persons list',
            namesOf: ({ id, name, email, areaCode, mobile }) => [
              ...[id, name, email, mobile],
              mobile === null ? null : `+${areaCode} ${mobile}`,
              mobile === null ? null : `+${areaCode}${mobile}`,
            ],
          });
          return work(connection, person, options);
        },
        { expiresAt: '--expires' },
      );
      printOne(terminal, told, options);
    });
}
