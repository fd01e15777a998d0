import type { Answer } from '@keyrack/sdk';
import { Command } from 'commander';
import { administer } from '../connection/administer.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty } from './choose-property.ts';
import { atServer, type PropertyOptions, parseLimit, type ServerOptions, takeRows } from './options.ts';

/** `keyrack properties`: the hotels and estates of an installation. */

type Property = Answer<'getProperty'>;

const COLUMNS: readonly Column<Property>[] = [
  { title: 'NUMBER', of: ({ number }) => number },
  { title: 'NAME', of: ({ name }) => name },
  { title: 'TIME ZONE', of: ({ timeZone }) => timeZone },
  { title: 'CHECK-OUT', of: ({ checkOutTime }) => checkOutTime },
];

interface Facts {
  readonly number?: string;
  readonly name?: string;
  readonly timeZone?: string;
  readonly checkOutTime?: string;
}

export function propertiesCommand(terminal: Terminal): Command {
  const group = new Command('properties').description('List, add and change the properties of a server.');
  atServer(group.command('list'))
    .description('list properties, by number')
    .option('--limit <rows>', 'at most so many; all unless given', parseLimit)
    .action(async (options: ServerOptions & { readonly limit?: number }) => {
      const rows = await administer(terminal, options, ({ keyrack }) =>
        takeRows(keyrack.properties.list({ limit: 200 }), options, terminal),
      );
      printRows(terminal, rows, COLUMNS, options);
    });
  atServer(group.command('show'))
    .description('show a property')
    .argument('[number]', 'its number; needed where there are several')
    .action((number: string | undefined, options: ServerOptions) => showProperty(terminal, number, options));
  atServer(group.command('create'))
    .description('add a property')
    .argument('<number>', 'what hotel software knows it by (communityNo): 1 to 20 letters and digits')
    .argument('<name>', 'what people call it')
    .requiredOption('--time-zone <zone>', 'where it stands, e.g. Asia/Shanghai')
    .option('--check-out-time <time>', 'when stays end there; 12:00 unless given')
    .action(async (number: string, name: string, { timeZone, checkOutTime, ...options }: ServerOptions & Facts) => {
      const given = { number, name, timeZone: timeZone ?? '', ...(checkOutTime !== undefined && { checkOutTime }) };
      const made = await administer(terminal, options, ({ keyrack }) => keyrack.properties.create(given), {
        number: 'The number',
        name: 'The name',
      });
      printOne(terminal, made, options);
    });
  atServer(group.command('change'))
    .description('change what is given; hotel software has to be told of a new number')
    .argument('<number>', 'its number as it is now')
    .option('--number <number>', 'another number')
    .option('--name <name>', 'what people call it')
    .option('--time-zone <zone>', 'where it stands, e.g. Asia/Shanghai')
    .option('--check-out-time <time>', 'when stays end there, e.g. 12:00; as it is unless given')
    .action(async (said: string, { data, json = false, ...changes }: ServerOptions & Facts) => {
      const options = { ...(data !== undefined && { data }), json };
      const after = await administer(terminal, options, async (connection) => {
        const { id } = await chooseProperty(connection, terminal, { property: said });
        return connection.keyrack.properties.change({ property: id, ...changes });
      });
      printOne(terminal, after, options);
    });
  return group;
}

async function showProperty(terminal: Terminal, number: string | undefined, options: ServerOptions): Promise<void> {
  const named: PropertyOptions = number === undefined ? options : { ...options, property: number };
  const found = await administer(terminal, options, async (connection) => {
    const { id } = await chooseProperty(connection, terminal, named);
    return connection.keyrack.properties.get({ property: id });
  });
  printOne(terminal, found, options);
}
