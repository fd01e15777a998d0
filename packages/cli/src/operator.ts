import { agentId, serial } from '@keyrack/protocol';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CommandFailure } from './exit.ts';
import { ask, defaultFolder, forServer, parseRoom, type RoomNumbers, tell } from './operator-call.ts';
import type { Terminal } from './terminal.ts';

/** Commands that an operator gives to the running server of a data folder. Each prints JSON, for scripts. */

export function agentsCommand(terminal: Terminal): Command {
  const group = new Command('agents').description('List, pair and revoke front-desk agents.');
  forServer(group.command('list'), terminal)
    .description("list a property's agents")
    .action(({ data, property }) => tell(terminal, data, 'agents-list', { property }));
  forServer(group.command('pair'), terminal)
    .description(
      'make a one-time code for `keyrack agent --pair`, good for one pairing and ten minutes, and print the command',
    )
    .option('--replaces <id>', 'an agent that is paired anew, e.g. on a new computer', parseAgent)
    .action(({ data, property, replaces }) =>
      tell(terminal, data, 'agents-pair', { property, replaces: replaces ?? null }),
    );
  forServer(group.command('revoke'), terminal)
    .description('cut an agent off for good')
    .argument('<id>', 'its id', parseAgent)
    .action((agent: string, { data, property }) => tell(terminal, data, 'agents-revoke', { property, agent }));
  return group;
}

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
  const group = new Command('keys').description("Work on a property's card keys.");
  forServer(group.command('rotate'), terminal)
    .description('write new cards under a new key version; locks accept the current and the previous one')
    .action(({ data, property }) => tell(terminal, data, 'keys-rotate', { property }));
  return group;
}

export function auditCommand(terminal: Terminal): Command {
  const group = new Command('audit').description('Work on the audit log.');
  group
    .command('verify')
    .description('prove that no record of any property was changed or removed')
    .option('--data <folder>', "the server's data folder", defaultFolder(terminal))
    .action(async ({ data }: { data: string }) => {
      const checks = (await ask(data, 'audit-verify', {})) as { property: string; brokenAt: number | null }[];
      terminal.out(JSON.stringify(checks, null, 2));
      const broken = checks.find((check) => check.brokenAt !== null);
      if (broken !== undefined) {
        throw new CommandFailure(`The audit log of ${broken.property} was changed at record ${broken.brokenAt}.`);
      }
    });
  return group;
}

function parseAgent(text: string): string {
  if (agentId.safeParse(text).success) return text;
  throw new InvalidArgumentError('An agent has a UUID; see `keyrack agents list`.');
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
