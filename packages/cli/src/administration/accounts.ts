import type { Answer } from '@keyrack/sdk';
import { Command } from 'commander';
import { administer, type Connection } from '../connection/administer.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import { printable } from '../output/text-width.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty } from './choose-property.ts';
import { findNamed } from './find-named.ts';
import {
  type Asking,
  asksFirst,
  atProperty,
  atServer,
  confirm,
  type PropertyOptions,
  parseLimit,
  type ServerOptions,
  takeRows,
} from './options.ts';

/** `keyrack accounts`: the credentials of hotel software that speaks the room-card API. */

type Account = Answer<'getAccount'>;

const COLUMNS: readonly Column<Pick<Account, 'sid' | 'name' | 'state'>>[] = [
  { title: 'ACCOUNT SID', of: ({ sid }) => sid, whole: true },
  { title: 'NAME', of: ({ name }) => name },
  { title: 'STATE', of: ({ state }) => state },
];

export function accountsCommand(terminal: Terminal): Command {
  const group = new Command('accounts').description('Developer accounts: credentials for the room-card API.');
  atServer(group.command('list'))
    .description('list developer accounts, or those that may act for one property')
    .option('--property <number>', 'only those that may act for it')
    .option('--limit <rows>', 'at most so many; all unless given', parseLimit)
    .action((options: PropertyOptions & { readonly limit?: number }) => listAccounts(terminal, options));
  atAccount(group.command('show'), terminal, 'show a developer account', ({ keyrack }, account) =>
    keyrack.accounts.get({ account }),
  );
  atProperty(group.command('create'))
    .description('add a developer account for a property; its authToken is shown this once')
    .argument('<name>', 'whose it is')
    .option('--address-range <range...>', 'where it may ask from, e.g. 203.0.113.0/24; anywhere unless given')
    .action(async (name: string, options: PropertyOptions & Ranges) => {
      const made = await administer(
        terminal,
        options,
        async (connection) => {
          const { id } = await chooseProperty(connection, terminal, options);
          return connection.keyrack.accounts.create({ name, properties: [id], ...rangesOf(options) });
        },
        { name: 'The name', addressRanges: '--address-range' },
      );
      printOne(terminal, made, options);
    });
  changesAccount(group.command('change'), terminal);
  addSwitches(group, terminal);
  asksFirst(atServer(group.command('rotate')))
    .description('give it another authToken, shown this once; the one before signs for a day more')
    .argument('<account>', 'by its name or accountSid: see `keyrack accounts list`')
    .option('--at-once', 'the token before ends now')
    .action(async (said: string, options: ServerOptions & Asking & { readonly atOnce?: true }) => {
      const told = await administer(terminal, options, async (connection) => {
        const { keyrack } = connection;
        const { sid: account, name } = await findAccount(connection, said);
        if (options.atOnce)
          await confirm(
            terminal,
            options,
            `End the token of ${printable(name)} now? Its software can't sign until told.`,
          );
        return keyrack.accounts.rotateToken({ account, ...(options.atOnce && { previousTokenUntil: null }) });
      });
      printOne(terminal, told, options);
    });
  return group;
}

interface Ranges {
  readonly addressRange?: readonly string[];
}

function rangesOf({ addressRange }: Ranges) {
  return addressRange === undefined ? {} : { addressRanges: [...addressRange] };
}

async function listAccounts(terminal: Terminal, options: PropertyOptions & { readonly limit?: number }): Promise<void> {
  const { property, limit } = options;
  const rows = await administer(terminal, options, async (connection) => {
    const { accounts } = connection.keyrack;
    if (property === undefined) return takeRows(accounts.list({ limit: 200 }), { limit }, terminal);
    const { id } = await chooseProperty(connection, terminal, { property });
    return takeRows(connection.keyrack.call('listPropertyAccounts', { property: id, limit: 200 }), { limit }, terminal);
  });
  printRows<Pick<Account, 'sid' | 'name' | 'state'>>(terminal, rows, COLUMNS, options);
}

/** A command about one account, which prints it. */
function atAccount<Options extends ServerOptions>(
  command: Command,
  terminal: Terminal,
  description: string,
  work: (connection: Connection, sid: string, options: Options) => Promise<Account>,
): Command {
  return atServer(command)
    .description(description)
    .argument('<account>', 'by its name or accountSid: see `keyrack accounts list`')
    .action(async (said: string, options: Options) => {
      const told = await administer(
        terminal,
        options,
        async (connection) => work(connection, (await findAccount(connection, said)).sid, options),
        { addressRanges: '--address-range' },
      );
      printOne(terminal, told, options);
    });
}

interface ChangeOptions extends ServerOptions, Ranges {
  readonly name?: string;
  readonly anyAddress?: true;
  readonly roomCardApi?: boolean;
  readonly signatureA?: boolean;
}

function changesAccount(command: Command, terminal: Terminal): void {
  command
    .option('--name <name>', 'whose it is')
    .option('--address-range <range...>', 'where it may ask from')
    .option('--any-address', 'it may ask from anywhere')
    .option('--room-card-api', 'let it use the room-card API')
    .option('--no-room-card-api', 'keep it from the room-card API')
    .option('--signature-a', 'let it sign by form A')
    .option('--no-signature-a', 'keep it from form A, whose requests can be replayed');
  atAccount<ChangeOptions>(command, terminal, 'change what is given', ({ keyrack }, account, options) => {
    const { name, anyAddress, roomCardApi, signatureA } = options;
    return keyrack.accounts.change({
      account,
      ...(name !== undefined && { name }),
      ...(anyAddress ? { addressRanges: [] } : rangesOf(options)),
      ...(roomCardApi !== undefined && { roomCardApi }),
      ...(signatureA !== undefined && { signatureA }),
    });
  });
}

function addSwitches(group: Command, terminal: Terminal): void {
  atAccount<ServerOptions & Asking>(
    asksFirst(group.command('suspend')),
    terminal,
    'refuse its requests until it is resumed; what waits for its card, too',
    async ({ keyrack, server }, account, options) => {
      const { name } = await keyrack.accounts.get({ account });
      await confirm(terminal, options, `Suspend ${printable(name)}? Its software is refused at once. (${server.name})`);
      return keyrack.accounts.change({ account, state: 'suspended' });
    },
  );
  atAccount(group.command('resume'), terminal, 'serve it again', ({ keyrack }, account) =>
    keyrack.accounts.change({ account, state: 'active' }),
  );
  atAccount<PropertyOptions>(
    group.command('allow').option('--property <number>', 'number of the property; needed where there are several'),
    terminal,
    'let it act for a property',
    async (connection, account, options) => {
      const { id } = await chooseProperty(connection, terminal, options);
      await connection.keyrack.call('putPropertyAccount', { property: id, account });
      return connection.keyrack.accounts.get({ account });
    },
  );
  atAccount<PropertyOptions & Asking>(
    asksFirst(group.command('deny')).requiredOption('--property <number>', 'number of the property'),
    terminal,
    'let it no longer act for a property',
    async (connection, account, options) => {
      const { id, number } = await chooseProperty(connection, terminal, options);
      const { name } = await connection.keyrack.accounts.get({ account });
      await confirm(
        terminal,
        options,
        `Refuse requests of ${printable(name)} for ${number}? (${connection.server.name})`,
      );
      await connection.keyrack.call('removePropertyAccount', { property: id, account });
      return connection.keyrack.accounts.get({ account });
    },
  );
}

/** By its accountSid, or the whole of its name. */
function findAccount({ keyrack }: Connection, said: string): Promise<Account> {
  return findNamed(keyrack.accounts.list({ limit: 200 }), said, {
    what: 'developer account',
    list: 'keyrack accounts list',
    namesOf: ({ sid, name }) => [sid, name],
  });
}
