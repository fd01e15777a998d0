import type { Answer } from '@keyrack/sdk';
import { isPossibleDay, rangeOfDays } from '@keyrack/server/domain/property-days.ts';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { administer } from '../connection/administer.ts';
import { usageError } from '../exit.ts';
import { printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty } from './choose-property.ts';
import { atProperty, type PropertyOptions, parseLimit, takeRows } from './options.ts';
import { parseRoom, type RoomNumbers } from './room-numbers.ts';
import { findRoom } from './rooms.ts';
import { clockOf } from './times.ts';

/** `keyrack cards records`: what became of a room's cards, by days on the property's clocks. */

const KINDS = ['issued', 'read', 'cancelled', 'superseded', 'lost', 'retired'] as const;

type Line = Answer<'listRoomHistory'>['data'][number];

interface HistoryOptions extends PropertyOptions {
  readonly from: string;
  readonly until?: string;
  readonly kind?: readonly string[];
  readonly limit?: number;
}

export function addRecords(group: Command, terminal: Terminal): void {
  atProperty(group.command('records'))
    .description("a room's history, newest first: cards that were issued, read, cancelled, superseded, lost or retired")
    .argument('<room>', 'BUILDING/FLOOR/ROOM', parseRoom)
    .requiredOption('--from <day>', "yyyy-MM-dd, on the property's clocks", parseDay)
    .option('--until <day>', 'the last day, which is the first one unless given', parseDay)
    .addOption(new Option('--kind <kind...>', 'only these; all unless given').choices(KINDS))
    .option('--limit <rows>', 'at most so many; all unless given', parseLimit)
    .action((numbers: RoomNumbers, options: HistoryOptions) => listHistory(terminal, numbers, options));
}

async function listHistory(terminal: Terminal, numbers: RoomNumbers, options: HistoryOptions): Promise<void> {
  const { from, until = from, kind } = options;
  for (const [option, day] of [
    ['--from', from],
    ['--until', until],
  ] as const)
    if (!isPossibleDay(day)) throw usageError(`${option} can't be used: it is a day of the calendar, as yyyy-MM-dd.`);
  await administer(terminal, options, async (connection) => {
    const property = await chooseProperty(connection, terminal, options);
    const range = rangeOfDays(from, until, property.timeZone);
    if (range === null || range.until <= range.from) throw usageError('The first day comes after the last one.');
    const room = await findRoom(connection, property, numbers);
    const listed = connection.keyrack.rooms.listHistory({
      property: property.id,
      room: room.id,
      limit: 200,
      from: new Date(range.from).toISOString(),
      until: new Date(range.until).toISOString(),
      ...(kind !== undefined && { kinds: kind.join(',') }),
    });
    printRows(terminal, await takeRows(listed, options, terminal), columnsIn(property.timeZone), options);
  });
}

function columnsIn(timeZone: string): Column<Line>[] {
  return [
    { title: 'AT', of: ({ at }) => clockOf(at, timeZone) },
    { title: 'WHAT', of: ({ kind }) => kind },
    { title: 'SERIAL', of: ({ serial }) => serial },
    { title: 'HOLDER', of: ({ holder }) => holder },
    { title: 'BY', of: ({ requester }) => requester?.name },
    { title: 'UNTIL', of: ({ validUntil }) => clockOf(validUntil, timeZone) },
  ];
}

function parseDay(text: string): string {
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return text;
  throw new InvalidArgumentError('A day is written yyyy-MM-dd.');
}
