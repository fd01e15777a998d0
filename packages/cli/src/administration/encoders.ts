import { Command, Option } from 'commander';
import { administer, type Connection } from '../connection/administer.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import { printable } from '../output/text-width.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty, type Property } from './choose-property.ts';
import { type Encoder, findEncoder } from './find-encoder.ts';
import { type Asking, asksFirst, atProperty, confirm, type PropertyOptions, parseLimit, takeRows } from './options.ts';

/** `keyrack encoders`: the card readers at the front desks. */

const COLUMNS: readonly Column<Encoder>[] = [
  { title: 'ID', of: ({ id }) => id, align: 'right', whole: true },
  { title: 'NAME', of: ({ name }) => name },
  { title: 'MAC', of: ({ mac }) => mac },
  { title: 'FRONT DESK', of: ({ agent }) => agent?.name },
  { title: 'PRESENCE', of: ({ presence }) => presence },
  { title: 'SIGNED-IN', of: ({ forSignedIn }) => forSignedIn },
  { title: 'WAITING', of: ({ queue }) => queue.length, align: 'right' },
];

/** What `--for-signed-in` takes: whether card types 2 and 3 go there. */
const MARKS = { yes: true, no: false, desk: null } as const;

interface ChangeOptions extends PropertyOptions {
  readonly name?: string;
  readonly forSignedIn?: keyof typeof MARKS;
}

export function encodersCommand(terminal: Terminal): Command {
  const group = new Command('encoders').description('List, name and mark encoders, and forget lost ones.');
  atProperty(group.command('list'))
    .description('list encoders, where they are and how much waits there')
    .option('--limit <rows>', 'at most so many; all unless given', parseLimit)
    .action(async (options: PropertyOptions & { readonly limit?: number }) => {
      const rows = await administer(terminal, options, async (connection) => {
        const { id } = await chooseProperty(connection, terminal, options);
        return takeRows(connection.keyrack.encoders.list({ property: id, limit: 200 }), options, terminal);
      });
      printRows(terminal, rows, COLUMNS, options);
    });
  atEncoder(group.command('show'), terminal, 'show an encoder and what waits there', ({ keyrack }, { id }, encoder) =>
    keyrack.encoders.get({ property: id, encoder }),
  );
  atEncoder<ChangeOptions>(
    group
      .command('change')
      .option('--name <name>', 'what people call it; with an empty one, what its front desk calls it')
      .addOption(
        new Option(
          '--for-signed-in <mark>',
          'whether card types 2 and 3 go there; desk: as its front desk says',
        ).choices(Object.keys(MARKS)),
      ),
    terminal,
    'change what is given',
    ({ keyrack }, { id }, encoder, { name, forSignedIn }) =>
      keyrack.encoders.change({
        property: id,
        encoder,
        ...(name !== undefined && { name: name === '' ? null : name }),
        ...(forSignedIn !== undefined && { forSignedIn: MARKS[forSignedIn] }),
      }),
  );
  atEncoder<PropertyOptions & Asking>(
    asksFirst(group.command('forget')),
    terminal,
    'list an encoder that is lost no longer',
    async ({ keyrack, server }, { id }, encoder, options) => {
      const { name } = await keyrack.encoders.get({ property: id, encoder });
      await confirm(terminal, options, `Forget the encoder ${printable(name)}? (${server.name})`);
      await keyrack.encoders.forget({ property: id, encoder });
      return { forgotten: Number(encoder) };
    },
  );
  return group;
}

function atEncoder<Options extends PropertyOptions>(
  command: Command,
  terminal: Terminal,
  description: string,
  work: (connection: Connection, property: Property, encoder: string, options: Options) => Promise<object>,
): void {
  atProperty(command)
    .description(description)
    .argument('<encoder>', 'its number, name or MAC: see `keyrack encoders list`')
    .action(async (said: string, options: Options) => {
      const told = await administer(
        terminal,
        options,
        async (connection) => {
          const property = await chooseProperty(connection, terminal, options);
          const { id } = await findEncoder(connection, property, said);
          return work(connection, property, String(id), options);
        },
        { encoder: 'The id' },
      );
      printOne(terminal, told, options);
    });
}
