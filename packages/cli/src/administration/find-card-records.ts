import { type Command, Option } from 'commander';
import { administer } from '../connection/administer.ts';
import { printRows } from '../output/print.ts';
import type { Terminal } from '../terminal.ts';
import { cardRecordColumns } from './card-record-columns.ts';
import { chooseProperty } from './choose-property.ts';
import {
  atProperty,
  given,
  type PropertyOptions,
  pageSize,
  parseLimit,
  parseTime,
  takeRows,
  USUAL_ROWS,
} from './options.ts';
import { parseSerial } from './parse-serial.ts';
import { parseRoom, type RoomNumbers } from './room-numbers.ts';
import { findRoom } from './rooms.ts';

const STATUSES = [
  ...(['pending', 'void', 'active', 'upcoming', 'expired', 'superseded', 'lost', 'cancelled'] as const),
];

interface FindOptions extends PropertyOptions {
  readonly room?: RoomNumbers;
  readonly card?: string;
  readonly status?: (typeof STATUSES)[number];
  readonly mayOpen?: true;
  readonly from?: string;
  readonly until?: string;
  readonly limit?: number;
}

/** `keyrack cards find`: keys that were given to somebody, and those that may still open a door. */
export function addFind(group: Command, terminal: Terminal): void {
  atProperty(group.command('find'))
    .description('list keys that were given to somebody, the newest first; or those that may still open a door')
    .option('--room <room>', 'only for this room, BUILDING/FLOOR/ROOM', parseRoom)
    .option('--card <serial>', 'only on this card', parseSerial)
    .addOption(new Option('--status <status>', 'only these; all unless given').choices(STATUSES))
    .option('--may-open', 'only those for which a lock may open now, also those that are out of use')
    .option('--from <time>', 'only issued at this time or later', parseTime)
    .option('--until <time>', 'only issued before this time', parseTime)
    .option('--limit <rows>', `at most so many; ${USUAL_ROWS} unless given`, parseLimit)
    .action((options: FindOptions) => findRecords(terminal, options));
}

async function findRecords(terminal: Terminal, options: FindOptions): Promise<void> {
  const { card, status, mayOpen, from, until, limit } = options;
  await administer(terminal, options, async (connection) => {
    const property = await chooseProperty(connection, terminal, options);
    const room = options.room === undefined ? undefined : (await findRoom(connection, property, options.room)).id;
    const listed = connection.keyrack.cardRecords.list({
      ...{ property: property.id, limit: pageSize({ limit }) },
      ...given({ room, card, status, from, until, mayOpen: mayOpen && ('true' as const) }),
    });
    const rows = await takeRows(listed, { limit, usual: USUAL_ROWS }, terminal);
    printRows(terminal, rows, cardRecordColumns(property.timeZone), options);
  });
}
