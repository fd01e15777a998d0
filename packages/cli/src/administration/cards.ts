import type { Answer } from '@keyrack/sdk';
import { Command, Option } from 'commander';
import { administer, type Connection } from '../connection/administer.ts';
import { CommandFailure } from '../exit.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import type { Terminal } from '../terminal.ts';
import { cardRecordColumns } from './card-record-columns.ts';
import { chooseProperty, type Property } from './choose-property.ts';
import { addFind } from './find-card-records.ts';
import { forStay, type StayOptions, stayOf } from './issue-cards.ts';
import {
  type Asking,
  asksFirst,
  atProperty,
  confirmAtTerminal,
  type PropertyOptions,
  parseLimit,
  takeRows,
} from './options.ts';
import { parseSerial } from './parse-serial.ts';
import { addRecords } from './room-history.ts';
import { parseRoom, type RoomNumbers } from './room-numbers.ts';
import { findRoom } from './rooms.ts';
import { clockOf } from './times.ts';

/** `keyrack cards`: cards by their serial, and what they open. */

type ListedCard = Answer<'listCards'>['data'][number];

const PLASTIC = ['written', 'erased', 'damaged', 'unknown'] as const;

interface ListOptions extends PropertyOptions {
  readonly plastic?: (typeof PLASTIC)[number];
  readonly limit?: number;
}

export function cardsCommand(terminal: Terminal): Command {
  const group = new Command('cards').description('Look cards up, and take those off the books that are gone.');
  atProperty(group.command('list'))
    .description('list cards, by their serials, and what is believed to be on them')
    .addOption(new Option('--plastic <what>', 'only cards of whose content this is known').choices(PLASTIC))
    .option('--limit <rows>', 'at most so many; all unless given', parseLimit)
    .action((options: ListOptions) => listCards(terminal, options));
  atCard(group.command('show'), terminal, 'show a card with its last records', ({ keyrack }, { id }, card) =>
    keyrack.cards.get({ property: id, card }),
  );
  atCard<PropertyOptions & Asking>(
    asksFirst(group.command('retire')),
    terminal,
    "take a card off the books that can't be had back; tells until when it may still open",
    async ({ keyrack, server }, { id }, card, options) => {
      // Scripts gave this command before there was a question.
      await confirmAtTerminal(terminal, options, `Take the card ${card} off the books? (${server.name})`);
      return keyrack.cards.retire({ property: id, card });
    },
  );
  addRecords(group, terminal);
  addFind(group, terminal);
  atProperty(group.command('record'))
    .description('show one card record: a key that was given to somebody')
    .argument('<id>', 'its id: see `keyrack cards find`')
    .action(async (record: string, options: PropertyOptions) => {
      const told = await administer(terminal, options, async (connection) => {
        const { id } = await chooseProperty(connection, terminal, options);
        return connection.keyrack.cardRecords.get({ property: id, record });
      });
      printOne(terminal, told, options);
    });
  addPreview(group, terminal);
  return group;
}

/** What an issue would do, before it is asked for. */
function addPreview(group: Command, terminal: Terminal): void {
  forStay(atProperty(group.command('preview').argument('<room>', 'BUILDING/FLOOR/ROOM, by their numbers', parseRoom)))
    .description('tell which cards an issue would stop, and when; it changes nothing')
    .action(async (numbers: RoomNumbers, options: PropertyOptions & StayOptions) => {
      const told = await administer(
        terminal,
        options,
        async (connection) => {
          const property = await chooseProperty(connection, terminal, options);
          const room = await findRoom(connection, property, numbers);
          const wanted = { property: property.id, ...stayOf(room.id, options) };
          return connection.keyrack.operations.previewIssue(wanted);
        },
        { validUntil: '--until', validFrom: '--from' },
      );
      printOne(terminal, told, options);
    });
}

async function listCards(terminal: Terminal, options: ListOptions): Promise<void> {
  const { plastic } = options;
  await administer(terminal, options, async (connection) => {
    const { id, timeZone } = await chooseProperty(connection, terminal, options);
    const filter = plastic === undefined ? {} : { plastic };
    const listed = connection.keyrack.cards.list({ property: id, limit: 200, ...filter });
    printRows(terminal, await takeRows(listed, options, terminal), columnsIn(timeZone), options);
  });
}

function columnsIn(timeZone: string): Column<ListedCard>[] {
  return [
    { title: 'SERIAL', of: ({ serial }) => serial, whole: true },
    { title: 'PLASTIC', of: ({ plastic }) => plastic },
    { title: 'STATUS', of: ({ record }) => record?.status },
    { title: 'UNTIL', of: ({ record }) => clockOf(record?.validUntil, timeZone), whole: true },
    { title: 'HOLDER', of: ({ record }) => record?.holder },
  ];
}

function atCard<Options extends PropertyOptions>(
  command: Command,
  terminal: Terminal,
  description: string,
  work: (connection: Connection, property: Property, serial: string, options: Options) => Promise<object>,
): void {
  atProperty(command)
    .description(description)
    .argument('<serial>', 'UID in hex', parseSerial)
    .action(async (serial: string, options: Options) => {
      await administer(terminal, options, async (connection) => {
        const property = await chooseProperty(connection, terminal, options);
        const told = await work(connection, property, serial, options).catch(notHere);
        printOne(terminal, told, options, { history: cardRecordColumns(property.timeZone) });
      });
    });
}

function notHere(error: unknown): never {
  const { problem } = error as { readonly problem?: string };
  if (problem !== 'not-found') throw error;
  throw new CommandFailure(
    'No card with this serial belongs to the property; check the serial in the records of its room.',
  );
}
