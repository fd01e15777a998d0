import { type Answer, OperationFailed, OperationOpen } from '@keyrack/sdk';
import { Command, InvalidArgumentError, Option } from 'commander';
import { administer, type Connection, type TypedNames } from '../connection/administer.ts';
import { CommandFailure } from '../exit.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty, type Property } from './choose-property.ts';
import {
  type Asking,
  asksFirst,
  atProperty,
  confirm,
  type PropertyOptions,
  pageSize,
  parseLimit,
  parseTime,
  takeRows,
  USUAL_ROWS,
} from './options.ts';
import { parseRoom, type RoomNumbers } from './room-numbers.ts';
import { findRoom } from './rooms.ts';
import { clockOf } from './times.ts';

/** `keyrack operations`: cards at encoders, from what was asked for to how it ended. */

export type Operation = Answer<'getOperation'>;

const STATES = [
  ...(['open', 'accepted', 'granted', 'unknown', 'succeeded', 'rejected', 'damaged', 'expired', 'withdrawn'] as const),
  'written-off' as const,
];
const KINDS = ['issue', 'read', 'cancel'] as const;
const MODES = ['new', 'duplicate', 'lost'] as const;

interface ListOptions extends PropertyOptions {
  readonly state?: (typeof STATES)[number];
  readonly kind?: (typeof KINDS)[number];
  readonly limit?: number;
}

export function operationsCommand(terminal: Terminal): Command {
  const group = new Command('operations').description('Issue, read and cancel cards, and follow how it ended.');
  atProperty(group.command('list'))
    .description('list operations, the newest first')
    .addOption(new Option('--state <state>', 'only these').choices(STATES))
    .addOption(new Option('--kind <kind>', 'only these').choices(KINDS))
    .option('--limit <number>', 'at most so many', parseLimit)
    .action((options: ListOptions) => listOperations(terminal, options));
  atOperation(group.command('show'), terminal, 'show an operation', ({ keyrack }, { id }, operation) =>
    keyrack.operations.get({ property: id, operation }),
  );
  addCardCommands(group, terminal);
  atOperation<PropertyOptions & Asking>(
    asksFirst(group.command('withdraw')),
    terminal,
    'end an operation that is not granted yet',
    async ({ keyrack, server }, { id }, operation, options) => {
      await confirm(terminal, options, `Withdraw the operation ${operation}? (${server.name})`);
      return keyrack.operations.withdraw({ property: id, operation });
    },
  );
  atOperation<PropertyOptions & Asking>(
    asksFirst(group.command('write-off')),
    terminal,
    'give up an operation of which nobody can tell how it ended; read its card before it is used',
    async ({ keyrack, server }, { id }, operation, options) => {
      await confirm(terminal, options, `Write the operation ${operation} off? (${server.name})`);
      return keyrack.operations.writeOff({ property: id, operation });
    },
  );
  return group;
}

async function listOperations(terminal: Terminal, options: ListOptions): Promise<void> {
  const { state, kind, limit } = options;
  const filter = { ...(state !== undefined && { state }), ...(kind !== undefined && { kind }) };
  await administer(terminal, options, async (connection) => {
    const { id, timeZone } = await chooseProperty(connection, terminal, options);
    const listed = connection.keyrack.operations.list({ property: id, limit: pageSize({ limit }), ...filter });
    printRows(terminal, await takeRows(listed, { limit, usual: USUAL_ROWS }, terminal), columnsIn(timeZone), options);
  });
}

function columnsIn(timeZone: string): Column<Operation>[] {
  return [
    { title: 'ACCEPTED', of: ({ acceptedAt }) => clockOf(acceptedAt, timeZone) },
    { title: 'KIND', of: ({ kind }) => kind },
    { title: 'STATE', of: ({ state }) => state },
    { title: 'CAUSE', of: ({ cause }) => cause },
    { title: 'ROOM', of: ({ room }) => room?.name },
    { title: 'CARD', of: ({ serial }) => serial },
    { title: 'ENCODER', of: ({ encoder }) => encoder.name ?? encoder.mac },
    { title: 'ID', of: ({ id }) => id },
  ];
}

interface CardOptions extends PropertyOptions {
  readonly encoder: number;
}
interface IssueOptions extends CardOptions {
  readonly until: string;
  readonly from?: string;
  readonly mode: (typeof MODES)[number];
  readonly holder?: string;
}

/** What is asked for at an encoder and waited for. */
function addCardCommands(group: Command, terminal: Terminal): void {
  const atEncoder = (command: Command) =>
    atProperty(command).requiredOption('--encoder <id>', 'where: see `keyrack encoders list`', parseEncoder);
  atEncoder(group.command('issue'))
    .description('issue a card for a room, and wait for it')
    .argument('<room>', 'BUILDING/FLOOR/ROOM, by their numbers', parseRoom)
    .requiredOption('--until <time>', 'when it ends, e.g. 2026-12-01T12:00:00+08:00', parseTime)
    .option('--from <time>', 'when it begins; at once unless given', parseTime)
    .addOption(
      new Option('--mode <mode>', 'for a new guest, the one who has the room, or in the place of a lost card')
        .choices(MODES)
        .default('new'),
    )
    .option('--holder <name>', 'the name of the guest')
    .action((numbers: RoomNumbers, options: IssueOptions) =>
      carryOut(terminal, options, async (connection, property) => {
        const room = await findRoom(connection, property, numbers);
        const { encoder, mode, from, until, holder } = options;
        return {
          kind: 'issue' as const,
          ...{ encoder, mode, room: room.id, validUntil: until },
          ...(from !== undefined && { validFrom: from }),
          ...(holder !== undefined && { holder: { name: holder } }),
        };
      }),
    );
  atEncoder(group.command('read'))
    .description('read the card that is laid on an encoder, beside what the records believe')
    .action((options: CardOptions) =>
      carryOut(terminal, options, async () => ({ kind: 'read' as const, encoder: options.encoder })),
    );
  atEncoder(group.command('cancel'))
    .description('erase a card that is laid on an encoder')
    .argument('<serial>', 'UID in hex', parseSerial)
    .action((serial: string, options: CardOptions) =>
      carryOut(terminal, options, async () => ({ kind: 'cancel' as const, encoder: options.encoder, serial })),
    );
}

type Wish = Omit<Parameters<Connection['keyrack']['carryOut']>[0], 'property'>;

/** Asks for it, and waits for the end, whatever it is. What didn't succeed ends with 1 and its explanation. */
async function carryOut(
  terminal: Terminal,
  options: PropertyOptions,
  wishOf: (connection: Connection, property: Property) => Promise<Wish>,
): Promise<void> {
  await administer(
    terminal,
    options,
    async (connection) => {
      const property = await chooseProperty(connection, terminal, options);
      const wish = await wishOf(connection, property);
      terminal.progress?.('Lay the card on the encoder …');
      try {
        const done = await connection.keyrack.carryOut({ property: property.id, ...wish } as never);
        terminal.progress?.('');
        printOne(terminal, done, options);
      } catch (error) {
        terminal.progress?.('');
        if (!(error instanceof OperationFailed) && !(error instanceof OperationOpen)) throw error;
        printOne(terminal, error.operation, options);
        throw new CommandFailure(error.message);
      }
    },
    TYPED,
  );
}

const TYPED: TypedNames = { validUntil: '--until', validFrom: '--from', serial: 'The serial', operation: 'The id' };

function atOperation<Options extends PropertyOptions>(
  command: Command,
  terminal: Terminal,
  description: string,
  work: (connection: Connection, property: Property, operation: string, options: Options) => Promise<object>,
): void {
  atProperty(command)
    .description(description)
    .argument('<id>', 'its id: see `keyrack operations list`', parseOperation)
    .action(async (operation: string, options: Options) => {
      const told = await administer(terminal, options, async (connection) =>
        work(connection, await chooseProperty(connection, terminal, options), operation, options),
      );
      printOne(terminal, told, options);
    });
}

function parseOperation(text: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('An operation has a UUID; see `keyrack operations list`.');
}

function parseEncoder(text: string): number {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('An encoder has a number; see `keyrack encoders list`.');
}

export function parseSerial(text: string): string {
  if (/^(?:[0-9A-F]{2}){1,16}$/i.test(text)) return text.toUpperCase();
  throw new InvalidArgumentError('A serial is 1 to 16 pairs of hex digits.');
}
