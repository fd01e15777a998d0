import { type Answer, isProblem, type KeyrackProblem } from '@keyrack/sdk';
import { LOCK_TYPES, type LockType } from '@keyrack/server/domain/lock-type.ts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { administer, type Connection } from '../connection/administer.ts';
import { CommandFailure } from '../exit.ts';
import { type CsvLine, parseYesNo, readCsv, toCsv } from '../output/csv.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import type { Terminal } from '../terminal.ts';
import { cardRecordColumns } from './card-record-columns.ts';
import { chooseProperty, type Property } from './choose-property.ts';
import { type LineProblem, tellLineProblems } from './line-problems.ts';
import { type Asking, asksFirst, atProperty, confirm, type PropertyOptions, parseLimit, takeRows } from './options.ts';
import { showRack } from './rack.ts';
import { parseRoom, type RoomNumbers } from './room-numbers.ts';

/** `keyrack rooms`: rooms with their locks, by hand or as CSV. */

export type Room = Answer<'getRoom'>;

const COLUMNS: readonly Column<Room>[] = [
  { title: 'ROOM', of: ({ building, floor, number }) => `${building.number}/${floor.number}/${number}` },
  { title: 'NAME', of: ({ name }) => name },
  { title: 'LOCK', of: ({ lock }) => lock.type },
  { title: 'GATEWAY', of: ({ lock }) => lock.gateway },
  { title: 'LOCK NO.', of: ({ lock }) => lock.number, align: 'right' },
  { title: 'KEY', of: ({ lock }) => lock.keyVersion, align: 'right' },
];

const CSV = {
  required: ['building', 'floor', 'number', 'lockType'],
  optional: ['buildingName', 'floorName', 'name', 'gateway', 'lockNumber', 'keyVersion'],
} as const;
/** In the order in which a person would read them. */
const CSV_COLUMNS = [
  ...['building', 'buildingName', 'floor', 'floorName', 'number', 'name'],
  ...['lockType', 'gateway', 'lockNumber', 'keyVersion'],
];

interface RoomFacts {
  readonly number?: string;
  readonly name?: string;
  readonly lockType?: LockType;
  readonly gateway?: boolean;
  readonly keyVersion?: number;
}

/** No type of lock is the usual one: it decides which encoder makes the cards of a room. */
type NewRoomFacts = RoomFacts & Required<Pick<RoomFacts, 'lockType'>>;

export function roomsCommand(terminal: Terminal): Command {
  const group = new Command('rooms').description('List, add, change and remove rooms with their locks.');
  atProperty(group.command('list'))
    .description('list rooms, by their numbers')
    .addOption(new Option('--lock-type <type>', 'only these').choices(LOCK_TYPES))
    .addOption(new Option('--lock-key <which>', 'only locks with this card key').choices(['current', 'old', 'unknown']))
    .option('--limit <rows>', 'at most so many; all unless given', parseLimit)
    .action((options: ListOptions) => listRooms(terminal, options));
  atRoom(group.command('show'))
    .description('show a room with its lock')
    .action((numbers: RoomNumbers, options: PropertyOptions) =>
      withRoom(terminal, numbers, options, ({ keyrack }, { id }, room) =>
        keyrack.rooms.get({ property: id, room: room.id }),
      ),
    );
  atProperty(group.command('rack'))
    .description('show the key rack: which rooms have cards out, and which a person has to look at')
    .option('--all', 'vacant rooms too')
    .action((options: PropertyOptions & { all?: true }) => showRack(terminal, options));
  atRoom(group.command('cards'))
    .description('show who is in, who comes later, and which other cards may still open the door')
    .action((numbers: RoomNumbers, options: PropertyOptions) => showCards(terminal, numbers, options));
  atRoom(group.command('create'))
    .description('add a room, with its building and floor where they are not there yet')
    .option('--name <name>', 'what people call it; its number unless given')
    .addOption(new Option('--lock-type <type>', 'of its lock').choices(LOCK_TYPES).makeOptionMandatory())
    .option('--gateway', 'its lock talks through a gateway')
    .action((numbers: RoomNumbers, options: PropertyOptions & NewRoomFacts) => createRoom(terminal, numbers, options));
  atRoom(group.command('change'))
    .description('change what is given')
    .option('--name <name>', 'what people call it')
    .option('--number <number>', 'another number; hotel software has to be told')
    .addOption(new Option('--lock-type <type>', 'of its lock').choices(LOCK_TYPES))
    .option('--gateway', 'its lock talks through a gateway')
    .option('--no-gateway', 'its lock talks through none')
    .option('--key-version <version>', 'the card key that its lock was programmed with', parseVersion)
    .action((numbers: RoomNumbers, options: PropertyOptions & RoomFacts) => changeRoom(terminal, numbers, options));
  asksFirst(atRoom(group.command('remove')))
    .description('remove a room that no card in use opens')
    .action((numbers: RoomNumbers, options: PropertyOptions & Asking) => removeRoom(terminal, numbers, options));
  atProperty(group.command('export'))
    .description('print all rooms as CSV')
    .action(async (options: PropertyOptions) => {
      const rooms = await administer(terminal, options, (connection) => allRooms(connection, terminal, options));
      terminal.out(toCsv(CSV_COLUMNS, rooms.map(csvRow)));
    });
  atProperty(group.command('import'))
    .description('add the rooms of a CSV file, and change those that are there: all lines or none')
    .argument(
      '<file>',
      `CSV with the columns ${CSV_COLUMNS.join(',')}, of which the last six and names may be left out`,
    )
    .option('--dry-run', 'only tell what would be done')
    .action((file: string, options: ImportOptions) => importRooms(terminal, file, options));
  return group;
}

interface ListOptions extends PropertyOptions {
  readonly lockType?: LockType;
  readonly lockKey?: 'current' | 'old' | 'unknown';
  readonly limit?: number;
}
type ImportOptions = PropertyOptions & { readonly dryRun?: true };

function atRoom(command: Command): Command {
  return atProperty(command).argument('<room>', 'BUILDING/FLOOR/ROOM, by their numbers', parseRoom);
}

async function showCards(terminal: Terminal, numbers: RoomNumbers, options: PropertyOptions): Promise<void> {
  await administer(terminal, options, async (connection) => {
    const property = await chooseProperty(connection, terminal, options);
    const room = await findRoom(connection, property, numbers);
    const told = await connection.keyrack.rooms.getCards({ property: property.id, room: room.id });
    const columns = cardRecordColumns(property.timeZone);
    const lists = { current: columns, upcoming: columns, pending: columns, outOfUse: columns };
    printOne(terminal, told, options, lists);
  });
}

async function listRooms(terminal: Terminal, options: ListOptions): Promise<void> {
  const { lockType, lockKey, limit } = options;
  const filter = { ...(lockType !== undefined && { lockType }), ...(lockKey !== undefined && { lockKey }) };
  const rows = await administer(terminal, options, async (connection) => {
    const { id } = await chooseProperty(connection, terminal, options);
    return takeRows(connection.keyrack.rooms.list({ property: id, limit: 200, ...filter }), { limit }, terminal);
  });
  printRows(terminal, rows, COLUMNS, options);
}

async function allRooms(connection: Connection, terminal: Terminal, options: PropertyOptions): Promise<Room[]> {
  const { id } = await chooseProperty(connection, terminal, options);
  return takeRows(connection.keyrack.rooms.list({ property: id, limit: 200 }), {}, terminal);
}

/** Does something about one room and prints what comes of it. */
async function withRoom(
  terminal: Terminal,
  numbers: RoomNumbers,
  options: PropertyOptions,
  work: (connection: Connection, property: Property, room: Room) => Promise<object>,
): Promise<void> {
  const told = await administer(terminal, options, async (connection) => {
    const property = await chooseProperty(connection, terminal, options);
    return work(connection, property, await findRoom(connection, property, numbers));
  });
  printOne(terminal, told, options);
}

/** The room with these numbers. Throws a CommandFailure where there is none. */
export async function findRoom({ keyrack }: Connection, { id }: Property, wanted: RoomNumbers): Promise<Room> {
  for await (const building of keyrack.buildings.list({ property: id, limit: 200 })) {
    if (building.number !== wanted.buildingNo) continue;
    for await (const room of keyrack.rooms.list({ property: id, building: building.id, limit: 200 }))
      if (room.floor.number === wanted.floorNo && room.number === wanted.roomNo) return room;
  }
  throw new CommandFailure('No such room in this property; check building, floor and room number.');
}

async function createRoom(
  terminal: Terminal,
  { buildingNo: building, floorNo: floor, roomNo: number }: RoomNumbers,
  options: PropertyOptions & NewRoomFacts,
): Promise<void> {
  const { name, lockType, gateway = false } = options;
  const made = await administer(terminal, options, async (connection) => {
    const property = await chooseProperty(connection, terminal, options);
    const found = await findRoom(connection, property, { buildingNo: building, floorNo: floor, roomNo: number }).catch(
      (error: unknown) => {
        if (error instanceof CommandFailure) return null;
        throw error;
      },
    );
    if (found !== null)
      throw new CommandFailure('There is such a room already; change it with `keyrack rooms change`.');
    const line = { building, floor, number, ...(name !== undefined && { name }), lockType, gateway };
    await connection.keyrack.rooms.import({ property: property.id, rooms: [line] }).catch(explainImport);
    return findRoom(connection, property, { buildingNo: building, floorNo: floor, roomNo: number });
  });
  printOne(terminal, made, options);
}

function explainImport(error: unknown): never {
  if (!isProblem(error, 'rooms-not-imported')) throw error;
  throw new CommandFailure(error.errors.map(({ path, detail }) => `${path.split('.').at(-1)} ${detail}.`).join('\n'));
}

async function changeRoom(
  terminal: Terminal,
  numbers: RoomNumbers,
  options: PropertyOptions & RoomFacts,
): Promise<void> {
  const { name, number, lockType: type, gateway, keyVersion } = options;
  const lock = {
    ...(type !== undefined && { type }),
    ...(gateway !== undefined && { gateway }),
    ...(keyVersion !== undefined && { keyVersion }),
  };
  const changes = {
    ...(name !== undefined && { name }),
    ...(number !== undefined && { number }),
    ...(Object.keys(lock).length > 0 && { lock }),
  };
  await withRoom(terminal, numbers, options, ({ keyrack }, { id }, room) =>
    keyrack.rooms.change({ property: id, room: room.id, ...changes }),
  );
}

async function removeRoom(terminal: Terminal, numbers: RoomNumbers, options: PropertyOptions & Asking): Promise<void> {
  await withRoom(terminal, numbers, options, async ({ keyrack, server }, { id }, room) => {
    await confirm(terminal, options, `Remove the room ${room.name}? (${server.name})`);
    await keyrack.rooms.remove({ property: id, room: room.id });
    return { removed: `${numbers.buildingNo}/${numbers.floorNo}/${numbers.roomNo}` };
  });
}

async function importRooms(terminal: Terminal, file: string, options: ImportOptions): Promise<void> {
  const lines = readCsv(file, CSV);
  const { dryRun = false } = options;
  const problems: LineProblem[] = [];
  const rooms = lines.flatMap((line) => roomOf(line, problems) ?? []);
  if (problems.length > 0) tellLineProblems(terminal, file, problems, options);
  const told = await administer(terminal, options, async (connection) => {
    const { id } = await chooseProperty(connection, terminal, options);
    terminal.progress?.(`${rooms.length} rooms`);
    const answer = await connection.keyrack.rooms
      .import({ property: id, dryRun, rooms })
      .catch((error: unknown) => tellRefusedLines(terminal, file, lines, error, options));
    terminal.progress?.('');
    return answer;
  });
  terminal.out(JSON.stringify(told, null, 2));
}

type ImportedRoom = {
  building: string;
  floor: string;
  number: string;
  lockType: LockType;
  buildingName?: string;
  floorName?: string;
  name?: string;
  gateway?: boolean;
  lockNumber?: number;
  keyVersion?: number;
};

/** A line in the words of /v1; null where it names no type of lock. An empty field says nothing. */
function roomOf({ line, fields }: CsvLine, problems: LineProblem[]): ImportedRoom | null {
  const wrong = (field: string, detail: string) => void problems.push({ line, field, detail });
  const text = (field: string) => fields[field] ?? '';
  const whole = (field: string) => {
    if (text(field) === '') return {};
    if (/^[0-9]{1,9}$/.test(text(field))) return { [field]: Number(text(field)) };
    wrong(field, 'is a whole number');
    return {};
  };
  const gateway = text('gateway') === '' ? undefined : parseYesNo(text('gateway'));
  if (gateway === null) wrong('gateway', 'is yes or no');
  const lockType = LOCK_TYPES.find((type) => type === text('lockType'));
  const facts = { ...whole('lockNumber'), ...whole('keyVersion') };
  if (lockType === undefined) {
    wrong('lockType', `is one of ${LOCK_TYPES.join(', ')}`);
    return null;
  }
  const names = ['buildingName', 'floorName', 'name'].filter((field) => text(field) !== '');
  return {
    building: text('building'),
    floor: text('floor'),
    number: text('number'),
    lockType,
    ...Object.fromEntries(names.map((field) => [field, text(field)])),
    ...(typeof gateway === 'boolean' && { gateway }),
    ...facts,
  };
}

/** What /v1 says of `rooms.3.number`, by the line of the file. */
function tellRefusedLines(
  terminal: Terminal,
  file: string,
  lines: readonly CsvLine[],
  error: unknown,
  options: ImportOptions,
): never {
  if (!isProblem(error, 'rooms-not-imported', 'invalid-request')) throw error;
  const problems = problemsByLine(error, lines);
  if (problems.length === 0) throw error;
  tellLineProblems(terminal, file, problems, options);
}

function problemsByLine({ errors }: KeyrackProblem<string>, lines: readonly CsvLine[]): LineProblem[] {
  return errors.flatMap(({ path, detail }) => {
    const [, at = '', field = ''] = /^rooms\.(\d+)(?:\.(\w+))?$/.exec(path) ?? [];
    const line = at === '' ? undefined : lines[Number(at)]?.line;
    return line === undefined ? [] : [{ line, field, detail }];
  });
}

function csvRow({ building, floor, number, name, lock }: Room): Record<string, unknown> {
  return {
    building: building.number,
    buildingName: building.name,
    floor: floor.number,
    floorName: floor.name,
    number,
    name,
    lockType: lock.type,
    gateway: lock.gateway,
    lockNumber: lock.number,
    keyVersion: lock.keyVersion,
  };
}

function parseVersion(text: string): number {
  if (/^[1-9][0-9]{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number from 1 to 255.');
}
