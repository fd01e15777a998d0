import type { Answer } from '@keyrack/sdk';
import { Command, InvalidArgumentError } from 'commander';
import { administer, type Connection, type TypedNames } from '../connection/administer.ts';
import { CommandFailure } from '../exit.ts';
import { printOne, printRows } from '../output/print.ts';
import { printable } from '../output/text-width.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty, type Property } from './choose-property.ts';
import {
  type Asking,
  asksFirst,
  atProperty,
  confirm,
  given,
  type PropertyOptions,
  parseLimit,
  takeRows,
} from './options.ts';

/** `keyrack buildings` and `keyrack floors`: where rooms are. */

type Building = Answer<'getBuilding'>;
type Floor = Answer<'getFloor'>;

const TYPED: TypedNames = { number: 'The number', name: 'The name' };

interface Facts extends PropertyOptions {
  readonly number?: string;
  readonly name?: string;
}
type ListOptions = PropertyOptions & { readonly limit?: number };

export function buildingsCommand(terminal: Terminal): Command {
  const group = new Command('buildings').description('List, add, change and remove buildings.');
  const at = (command: Command) => command.argument('<building>', 'its number', parseNumber);
  atProperty(group.command('list'))
    .description('list buildings, by their numbers')
    .option('--limit <rows>', 'at most so many; all unless given', parseLimit)
    .action(async (options: ListOptions) => {
      const rows = await ask(terminal, options, ({ keyrack }, { id }) =>
        takeRows(keyrack.buildings.list({ property: id, limit: 200 }), options, terminal),
      );
      const columns = [
        { title: 'NUMBER', of: ({ number }: Building) => number },
        { title: 'NAME', of: ({ name }: Building) => name },
      ];
      printRows(terminal, rows, columns, options);
    });
  tell(at(group.command('show')), terminal, 'show a building', async (connection, property, number: string) => {
    const { id } = await findBuilding(connection, property, number);
    return connection.keyrack.buildings.get({ property: property.id, building: id });
  });
  tell<string, Facts>(
    at(group.command('create')).option('--name <name>', 'what people call it; its number unless given'),
    terminal,
    'add a building; `keyrack rooms create` adds those that it needs by itself',
    ({ keyrack }, { id }, number, { name = number }) => keyrack.buildings.create({ property: id, number, name }),
  );
  tell<string, Facts>(
    changes(at(group.command('change'))),
    terminal,
    'change what is given',
    async (connection, property, said, { number, name }) => {
      const { id } = await findBuilding(connection, property, said);
      return connection.keyrack.buildings.change({ property: property.id, building: id, ...given({ number, name }) });
    },
  );
  tell<string, PropertyOptions & Asking>(
    asksFirst(at(group.command('remove'))),
    terminal,
    'remove a building without floors',
    async (connection, property, number, options) => {
      const { id, name } = await findBuilding(connection, property, number);
      await confirm(terminal, options, `Remove the building ${printable(name)}? (${connection.server.name})`);
      await connection.keyrack.buildings.remove({ property: property.id, building: id });
      return { removed: number };
    },
  );
  return group;
}

interface FloorNumbers {
  readonly building: string;
  readonly floor: string;
}

export function floorsCommand(terminal: Terminal): Command {
  const group = new Command('floors').description('List, add, change and remove floors.');
  const at = (command: Command) => command.argument('<floor>', 'BUILDING/FLOOR, by their numbers', parseFloor);
  atProperty(group.command('list'))
    .description('list floors, by building and number')
    .option('--building <number>', 'only of this building; of all unless given', parseNumber)
    .option('--limit <rows>', 'at most so many; all unless given', parseLimit)
    .action((options: ListOptions & { readonly building?: string }) => listFloors(terminal, options));
  tell(at(group.command('show')), terminal, 'show a floor', async (connection, property, numbers: FloorNumbers) => {
    const { id } = await findFloor(connection, property, numbers);
    return connection.keyrack.floors.get({ property: property.id, floor: id });
  });
  tell<FloorNumbers, Facts>(
    at(group.command('create')).option('--name <name>', 'what people call it; its number unless given'),
    terminal,
    'add a floor to a building',
    async (connection, property, { building, floor: number }, { name = number }) => {
      const { id } = await findBuilding(connection, property, building);
      return connection.keyrack.floors.create({ property: property.id, building: id, number, name });
    },
  );
  tell<FloorNumbers, Facts>(
    changes(at(group.command('change'))),
    terminal,
    'change what is given',
    async (connection, property, numbers, { number, name }) => {
      const { id } = await findFloor(connection, property, numbers);
      return connection.keyrack.floors.change({ property: property.id, floor: id, ...given({ number, name }) });
    },
  );
  tell<FloorNumbers, PropertyOptions & Asking>(
    asksFirst(at(group.command('remove'))),
    terminal,
    'remove a floor without rooms',
    async (connection, property, numbers, options) => {
      const { id, name } = await findFloor(connection, property, numbers);
      await confirm(terminal, options, `Remove the floor ${printable(name)}? (${connection.server.name})`);
      await connection.keyrack.floors.remove({ property: property.id, floor: id });
      return { removed: `${numbers.building}/${numbers.floor}` };
    },
  );
  return group;
}

async function listFloors(terminal: Terminal, options: ListOptions & { readonly building?: string }): Promise<void> {
  await ask(terminal, options, async (connection, property) => {
    const { keyrack } = connection;
    const numbers = new Map<string, string>();
    for await (const { id, number } of keyrack.buildings.list({ property: property.id, limit: 200 }))
      numbers.set(id, number);
    const only =
      options.building === undefined
        ? {}
        : { building: (await findBuilding(connection, property, options.building)).id };
    const listed = keyrack.floors.list({ property: property.id, limit: 200, ...only });
    const columns = [
      { title: 'FLOOR', of: ({ building, number }: Floor) => `${numbers.get(building) ?? '?'}/${number}` },
      { title: 'NAME', of: ({ name }: Floor) => name },
    ];
    printRows(terminal, await takeRows(listed, options, terminal), columns, options);
  });
}

function changes(command: Command): Command {
  return command
    .option('--number <number>', 'another number; hotel software has to be told', parseNumber)
    .option('--name <name>', 'what people call it');
}

async function findBuilding({ keyrack }: Connection, { id }: Property, number: string): Promise<Building> {
  for await (const building of keyrack.buildings.list({ property: id, limit: 200 }))
    if (building.number === number) return building;
  throw new CommandFailure(`There is no building ${number}; see \`keyrack buildings list\`.`);
}

async function findFloor(connection: Connection, property: Property, wanted: FloorNumbers): Promise<Floor> {
  const { id } = await findBuilding(connection, property, wanted.building);
  const listed = connection.keyrack.floors.list({ property: property.id, building: id, limit: 200 });
  for await (const floor of listed) if (floor.number === wanted.floor) return floor;
  throw new CommandFailure(`There is no floor ${wanted.building}/${wanted.floor}; see \`keyrack floors list\`.`);
}

/** A command about one place, which prints what comes of it. */
function tell<Said, Options extends PropertyOptions>(
  command: Command,
  terminal: Terminal,
  description: string,
  work: (connection: Connection, property: Property, said: Said, options: Options) => Promise<object>,
): void {
  atProperty(command)
    .description(description)
    .action(async (said: Said, options: Options) => {
      const told = await ask(terminal, options, (connection, property) => work(connection, property, said, options));
      printOne(terminal, told, options);
    });
}

async function ask<Result>(
  terminal: Terminal,
  options: PropertyOptions,
  work: (connection: Connection, property: Property) => Promise<Result>,
): Promise<Result> {
  return administer(
    terminal,
    options,
    async (connection) => work(connection, await chooseProperty(connection, terminal, options)),
    TYPED,
  );
}

function parseNumber(text: string): string {
  if (/^[0-9A-Za-z]{1,20}$/.test(text)) return text;
  throw new InvalidArgumentError('A number is 1 to 20 letters and digits.');
}

function parseFloor(text: string): FloorNumbers {
  const [building, floor, ...rest] = text.split('/');
  if (!building || !floor || rest.length > 0) throw new InvalidArgumentError('Name the floor as BUILDING/FLOOR.');
  return { building: parseNumber(building), floor: parseNumber(floor) };
}
