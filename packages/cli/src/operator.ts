import { serial } from '@keyrack/protocol';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addApiKeys } from './administration/api-keys.ts';
import { forServer, parseRoom, type RoomNumbers, tell } from './operator-call.ts';
import type { Terminal } from './terminal.ts';

/** Commands that an operator gives to the running server of a data folder. Each prints JSON, for scripts. */

export function cardsCommand(terminal: Terminal): Command {
  const group = new Command('cards').description('Work on card records.');
  forServer(group.command('retire'), terminal)
    .description("take a card off the books that can't be had back; tells until when it may still open")
    .argument('<serial>', 'UID in hex', parseSerial)
    .action((which: string, { data, property }) => tell(terminal, data, 'cards-retire', { property, serial: which }));
  forServer(group.command('records'), terminal)
    .description("a room's history, newest first: cards that were issued, read, cancelled, superseded, lost or retired")
    .argument('<room>', 'BUILDING/FLOOR/ROOM', parseRoom)
    .requiredOption('--from <day>', "yyyy-MM-dd, on the property's clocks", parseDay)
    .option('--until <day>', 'the last day, which is the first one unless given', parseDay)
    .addOption(new Option('--kind <kind...>', 'only these').choices(KINDS).default(KINDS, 'all'))
    .action((room: RoomNumbers, { data, property, from, until = from, kind }) =>
      tell(terminal, data, 'cards-records', { property, room, from, until, kinds: kind }, { kinds: '--kind' }),
    );
  return group;
}

const KINDS = ['issued', 'read', 'cancelled', 'superseded', 'lost', 'retired'];

export function keysCommand(terminal: Terminal): Command {
  const group = new Command('keys').description('API keys for programs; and `rotate`, for the card key of a property.');
  addApiKeys(group, terminal);
  forServer(group.command('rotate'), terminal)
    .description('write new cards under a new key version; locks accept the current and the previous one')
    .action(({ data, property }) => tell(terminal, data, 'keys-rotate', { property }));
  return group;
}

function parseSerial(text: string): string {
  const parsed = serial.safeParse(text.toUpperCase());
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('A serial is 1 to 16 pairs of hex digits.');
}

function parseDay(text: string): string {
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return text;
  throw new InvalidArgumentError('A day is written yyyy-MM-dd.');
}
