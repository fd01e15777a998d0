import type { Answer } from '@keyrack/sdk';
import { Command } from 'commander';
import { administer, type Connection, type TypedNames } from '../connection/administer.ts';
import { CommandFailure } from '../exit.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import { readSecret } from '../read-secret.ts';
import type { Terminal } from '../terminal.ts';
import { type Asking, asksFirst, atServer, confirm, type ServerOptions } from './options.ts';

/** `keyrack me` and `keyrack sessions`: for people who logged in with their password; a key is nobody's. */

type Session = Answer<'listSessions'>['data'][number];

const COLUMNS: readonly Column<Session>[] = [
  { title: 'OPENED', of: ({ createdAt }) => createdAt },
  { title: 'LAST USED', of: ({ lastUsedAt }) => lastUsedAt },
  { title: 'FROM', of: ({ address }) => address },
  { title: 'PROGRAM', of: ({ client }) => client },
  { title: 'THIS ONE', of: ({ current }) => current },
  { title: 'ID', of: ({ id }) => id, whole: true },
];

export function meCommand(terminal: Terminal): Command {
  const group = new Command('me').description('Who is logged in with a password, and where they have a place.');
  atServer(group.command('show'))
    .description('show who is logged in, with their memberships')
    .action(async (options: ServerOptions) => {
      printOne(terminal, await asMyself(terminal, options, ({ keyrack }) => keyrack.me.getMyself()), options);
    });
  atServer(group.command('name'))
    .description("set one's own name, also at the properties that call one the same")
    .argument('<name>', 'the new name')
    .action(async (name: string, options: ServerOptions) => {
      await asMyself(terminal, options, ({ keyrack }) => keyrack.me.setMyName({ name }), { name: 'The name' });
      printOne(terminal, { name }, options);
    });
  atServer(group.command('password'))
    .description("set one's own password, which ends every session; asked for at a terminal")
    .option('--current-file <file>', 'a file that holds the password of now; it is asked for unless given')
    .option('--new-file <file>', 'a file that holds the new one; it is asked for unless given')
    .action(async (options: ServerOptions & { readonly currentFile?: string; readonly newFile?: string }) => {
      const currentPassword = await readSecret(terminal, {
        ...{ file: options.currentFile, option: '--current-file', question: 'Your password of now' },
      });
      const password = await readSecret(terminal, {
        ...{ file: options.newFile, option: '--new-file', question: 'Your new password' },
        repeat: 'The same once more',
      });
      await asMyself(terminal, options, ({ keyrack }) => keyrack.me.setMyPassword({ currentPassword, password }), {
        password: 'The new password',
        currentPassword: 'The password of now',
      });
      terminal.out('The new password holds. Log in again with `keyrack login`.');
    });
  atServer(group.command('join'))
    .description('take on a membership, or the ownership of the installation, by an invitation; it is asked for')
    .option('--invitation-file <file>', 'a file that holds it; it is asked for unless given')
    .action(async (options: ServerOptions & { readonly invitationFile?: string }) => {
      const invitation = await readSecret(terminal, {
        ...{ file: options.invitationFile, option: '--invitation-file', question: 'Invitation' },
      });
      const told = await asMyself(terminal, options, ({ keyrack }) => keyrack.me.joinMembership({ invitation }), {
        invitation: 'The invitation',
      });
      printOne(terminal, told, options);
    });
  return group;
}

export function sessionsCommand(terminal: Terminal): Command {
  const group = new Command('sessions').description('Where you are logged in with your password.');
  atServer(group.command('list'))
    .description("list one's own sessions, the newest first")
    .action(async (options: ServerOptions) => {
      const { data } = await asMyself(terminal, options, ({ keyrack }) => keyrack.sessions.list());
      printRows(terminal, data, COLUMNS, options);
    });
  asksFirst(atServer(group.command('end')))
    .description("end one of one's own sessions")
    .argument('<id>', 'its id: see `keyrack sessions list`; or `current`, the one of this login')
    .action(async (session: string, options: ServerOptions & Asking) => {
      await asMyself(terminal, options, async ({ keyrack, server }) => {
        await confirm(terminal, options, `End the session ${session}? (${server.name})`);
        await keyrack.sessions.revoke({ session });
      });
      printOne(terminal, { ended: session }, options);
    });
  return group;
}

/** What only somebody who logged in with a password can do. */
export async function asMyself<Result>(
  terminal: Terminal,
  options: ServerOptions,
  work: (connection: Connection) => Promise<Result>,
  typed: TypedNames = {},
): Promise<Result> {
  return administer(
    terminal,
    options,
    async (connection) => {
      if (connection.server.key.startsWith('ks_')) return work(connection);
      throw new CommandFailure(
        'Only somebody who logged in with a password can do this: `keyrack login URL --email ADDRESS`. A key is nobody.',
      );
    },
    typed,
  );
}
