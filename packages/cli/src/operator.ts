import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseRoom, type RoomNumbers } from './administration/room-numbers.ts';
import { forServer, tell } from './operator-call.ts';
import type { Terminal } from './terminal.ts';

/** A room's history, which /v1 doesn't tell by days yet. */
export function addRecords(group: Command, terminal: Terminal): void {
  forServer(group.command('records'), terminal)
    .description("a room's history, newest first: cards that were issued, read, cancelled, superseded, lost or retired")
    .argument('<room>', 'BUILDING/FLOOR/ROOM', parseRoom)
    .requiredOption('--from <day>', "yyyy-MM-dd, on the property's clocks", parseDay)
    .option('--until <day>', 'the last day, which is the first one unless given', parseDay)
    .addOption(new Option('--kind <kind...>', 'only these').choices(KINDS).default(KINDS, 'all'))
    .action((room: RoomNumbers, { data, property, from, until = from, kind }) =>
      tell(terminal, data, 'cards-records', { property, room, from, until, kinds: kind }, { kinds: '--kind' }),
    );
}

const KINDS = ['issued', 'read', 'cancelled', 'superseded', 'lost', 'retired'];

function parseDay(text: string): string {
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return text;
  throw new InvalidArgumentError('A day is written yyyy-MM-dd.');
}
