import { Command, InvalidArgumentError, Option } from 'commander';
import { administer, type Connection, type TypedNames } from '../connection/administer.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty, type Property } from './choose-property.ts';
import { findEncoder } from './find-encoder.ts';
import { addCardCommands, printEnd } from './issue-cards.ts';
import { operationColumns, stepColumns } from './operation-columns.ts';
import {
  type Asking,
  asksFirst,
  atProperty,
  confirm,
  given,
  type PropertyOptions,
  pageSize,
  parseLimit,
  parseTime,
  takeRows,
  USUAL_ROWS,
} from './options.ts';
import { parseRoom, type RoomNumbers } from './room-numbers.ts';
import { findRoom } from './rooms.ts';
import { addStatistics } from './statistics.ts';

/** `keyrack operations`: cards at encoders, from what was asked for to how it ended. */

const STATES = [
  ...(['open', 'accepted', 'granted', 'unknown', 'succeeded', 'rejected', 'damaged', 'expired', 'withdrawn'] as const),
  'written-off' as const,
];
const KINDS = ['issue', 'read', 'cancel'] as const;

interface ListOptions extends PropertyOptions {
  readonly state?: (typeof STATES)[number];
  readonly kind?: (typeof KINDS)[number];
  readonly held?: true;
  readonly attention?: true;
  readonly search?: string;
  readonly room?: RoomNumbers;
  readonly encoder?: string;
  readonly requester?: string;
  readonly from?: string;
  readonly until?: string;
  readonly limit?: number;
}

export function operationsCommand(terminal: Terminal): Command {
  const group = new Command('operations').description('Issue, read and cancel cards, and follow how it ended.');
  atProperty(group.command('list'))
    .description('list operations, the newest first')
    .addOption(new Option('--state <state>', 'only these; all unless given').choices(STATES))
    .addOption(new Option('--kind <kind>', 'only these; all unless given').choices(KINDS))
    .option('--held', 'only those that wait until their front desk has told what it did, after a restore')
    .option('--attention', 'only those that a person has to look after')
    .option('--search <text>', "only with this in the room's name or number, or at the end of the card's serial")
    .option('--room <room>', 'only for this room, BUILDING/FLOOR/ROOM', parseRoom)
    .option('--encoder <encoder>', 'only at this one: its number, name or MAC')
    .option('--requester <id>', 'only asked for by this member or API key, by its id')
    .option('--from <time>', 'only accepted at this time or later', parseTime)
    .option('--until <time>', 'only accepted before this time', parseTime)
    .option('--limit <rows>', `at most so many; ${USUAL_ROWS} unless given`, parseLimit)
    .action((options: ListOptions) => listOperations(terminal, options));
  atOperation(group.command('show'), terminal, 'show an operation', ({ keyrack }, { id }, operation) =>
    keyrack.operations.get({ property: id, operation }),
  );
  atOperation(
    group.command('steps'),
    terminal,
    'show what became of an operation, step by step',
    ({ keyrack }, { id }, operation) => keyrack.call('getOperationSteps', { property: id, operation }),
  );
  addStatistics(group, terminal);
  addCardCommands(group, terminal);
  addWait(group, terminal);
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
  addCopies(group, terminal);
  return group;
}

/** Waits for what was asked for before, e.g. by a program, and ends with 1 where it did not succeed. */
function addWait(group: Command, terminal: Terminal): void {
  atProperty(group.command('wait'))
    .description('wait until an operation has ended, two minutes at most; ends with 1 where it did not succeed')
    .argument('<id>', 'its id: see `keyrack operations list`', parseOperation)
    .action(async (operation: string, options: PropertyOptions) => {
      await administer(terminal, options, async (connection) => {
        const { id } = await chooseProperty(connection, terminal, options);
        await printEnd(terminal, options, () => connection.keyrack.waitForOperation({ property: id, operation }));
      });
    });
}

/** Sets of copies, as `issue --copies` makes them. */
function addCopies(group: Command, terminal: Terminal): void {
  atSet(group.command('copies'), terminal, 'show how far an issue with copies has come', ({ keyrack }, { id }, set) =>
    keyrack.copySets.get({ property: id, set }),
  );
  atSet<PropertyOptions & Asking>(
    asksFirst(group.command('stop-copies')),
    terminal,
    'make no further copy; the cards that were made stay',
    async ({ keyrack, server }, { id }, set, options) => {
      await confirm(terminal, options, `Make no further card of ${set}? (${server.name})`);
      return keyrack.copySets.withdraw({ property: id, set });
    },
  );
}

async function listOperations(terminal: Terminal, options: ListOptions): Promise<void> {
  const { state, kind, held, attention, search, requester, from, until, limit } = options;
  const filter = given({
    ...{ state, kind, requester, from, until, search },
    held: held && ('true' as const),
    attention: attention && ('true' as const),
  });
  await administer(terminal, options, async (connection) => {
    const property = await chooseProperty(connection, terminal, options);
    const { id, timeZone } = property;
    const room = options.room === undefined ? undefined : (await findRoom(connection, property, options.room)).id;
    const encoder =
      options.encoder === undefined ? undefined : String((await findEncoder(connection, property, options.encoder)).id);
    const places = given({ room, encoder });
    const listed = connection.keyrack.operations.list({
      ...{ property: id, limit: pageSize({ limit }) },
      ...filter,
      ...places,
    });
    printRows(
      terminal,
      await takeRows(listed, { limit, usual: USUAL_ROWS }, terminal),
      operationColumns(timeZone),
      options,
    );
  });
}

const TYPED: TypedNames = { operation: 'The id', set: 'The id' };

type Work<Options> = (connection: Connection, property: Property, id: string, options: Options) => Promise<object>;

const atOperation = <Options extends PropertyOptions>(
  command: Command,
  terminal: Terminal,
  description: string,
  work: Work<Options>,
) => atId(command, 'its id: see `keyrack operations list`', terminal, description, work);

const atSet = <Options extends PropertyOptions>(
  command: Command,
  terminal: Terminal,
  description: string,
  work: Work<Options>,
) => atId(command, 'the id of the set: `copy.set` of its operations', terminal, description, work);

function atId<Options extends PropertyOptions>(
  command: Command,
  whose: string,
  terminal: Terminal,
  description: string,
  work: Work<Options>,
): void {
  atProperty(command)
    .description(description)
    .argument('<id>', whose, parseOperation)
    .action(async (id: string, options: Options) => {
      await administer(
        terminal,
        options,
        async (connection) => {
          const property = await chooseProperty(connection, terminal, options);
          const told = await work(connection, property, id, options);
          printOne(terminal, told, options, {
            operations: operationColumns(property.timeZone),
            data: stepColumns(property.timeZone),
          });
        },
        TYPED,
      );
    });
}

function parseOperation(text: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('An operation has a UUID; see `keyrack operations list`.');
}
