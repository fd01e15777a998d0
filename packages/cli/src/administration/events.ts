import type { Answer, KeyrackEvent } from '@keyrack/sdk';
import { Command } from 'commander';
import { administer, type Connection } from '../connection/administer.ts';
import { printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import { printable } from '../output/text-width.ts';
import type { Terminal } from '../terminal.ts';
import { untilStopped } from '../until-stopped.ts';
import { chooseProperty } from './choose-property.ts';
import { atProperty, atServer, type PropertyOptions, parseLimit, takeRows, USUAL_ROWS } from './options.ts';
import { UTC } from './scope.ts';
import { clockOf } from './times.ts';

/** `keyrack events`: what happens at a property, as integrators and webhooks are told of it. */

type Event = Answer<'listPropertyEvents'>['data'][number];

/** Events that are asked for at once. */
const AT_ONCE = 200;

interface EventOptions extends PropertyOptions {
  readonly type?: readonly string[];
  readonly limit?: number;
}
interface FollowOptions extends EventOptions {
  readonly all?: true;
  readonly after?: string;
}

export function eventsCommand(terminal: Terminal): Command {
  const group = new Command('events').description('What happens, as it happens or from the newest back.');
  const ofTypes = (command: Command) =>
    command.option('--type <type...>', 'only events of these types: see docs/events.md; all unless given');
  ofTypes(atProperty(group.command('list')))
    .description('list events of a property, the newest first')
    .option('--limit <rows>', `at most so many; ${USUAL_ROWS} unless given`, parseLimit)
    .action((options: EventOptions) => listEvents(terminal, options));
  ofTypes(
    atServer(group.command('follow')).option(
      '--property <number>',
      'number of the property; needed where there are several',
    ),
  )
    .description('print events as they happen, a line each, until Ctrl-C; it connects anew by itself')
    .option('--all', 'of all properties, and of what concerns no single one')
    .option(
      '--after <cursor>',
      'first those behind this number, or with --all behind this cursor; only new ones unless given',
    )
    .option('--limit <events>', 'end after so many; never unless given', parseLimit)
    .action((options: FollowOptions) => followEvents(terminal, options));
  return group;
}

async function listEvents(terminal: Terminal, options: EventOptions): Promise<void> {
  const { limit } = options;
  await administer(
    terminal,
    options,
    async (connection) => {
      const { id, timeZone } = await chooseProperty(connection, terminal, options);
      const listed = newestFirst(connection, id, typesOf(options));
      const rows = await takeRows(listed, { limit, usual: USUAL_ROWS }, terminal);
      printRows(terminal, rows, columnsIn(timeZone), options);
    },
    { types: '--type' },
  );
}

function columnsIn(timeZone: string): Column<Event>[] {
  return [
    { title: 'NO.', of: ({ number }) => number, align: 'right' },
    { title: 'AT', of: ({ timestamp }) => clockOf(timestamp, timeZone), whole: true },
    { title: 'TYPE', of: ({ type }) => type },
    { title: 'BY', of: ({ actor }) => (actor.id === null ? actor.kind : `${actor.kind} ${actor.id}`) },
    { title: 'DATA', of: ({ data }) => JSON.stringify(data) },
  ];
}

/** /v1 tells the oldest first: here they are asked for from the end, by their numbers, a part at a time. */
async function* newestFirst({ keyrack }: Connection, property: string, types: string | undefined) {
  const wanted = types === undefined ? {} : { types };
  const { cursor: newest } = await keyrack.call('listPropertyEvents', { property, cursor: 'latest', limit: 1 });
  for (let end = Number(newest); end > 0; end -= AT_ONCE) {
    const begin = Math.max(0, end - AT_ONCE);
    const part: Event[] = [];
    for (let cursor = begin; cursor < end; ) {
      const page = await keyrack.call('listPropertyEvents', {
        ...{ property, cursor: String(cursor), limit: end - cursor },
        ...wanted,
      });
      part.push(...page.data.filter(({ number }) => number <= end));
      const reached = Number(page.cursor);
      if (reached <= cursor) break;
      cursor = reached;
    }
    yield* part.reverse();
  }
}

async function followEvents(terminal: Terminal, options: FollowOptions): Promise<void> {
  const { all, after = 'latest', limit = Number.POSITIVE_INFINITY } = options;
  const stop = new AbortController();
  void untilStopped().then(() => stop.abort());
  // `keyrack events follow | head`: whoever read it has heard enough.
  process.stdout.once('error', () => stop.abort());
  await administer(
    terminal,
    options,
    async (connection) => {
      const property = all ? null : await chooseProperty(connection, terminal, options);
      const types = typesOf(options);
      const from = { ...(property !== null && { property: property.id }), cursor: after };
      const wanted = { ...from, ...(types !== undefined && { types: types.split(',') }) };
      terminal.progress?.('Waiting for events; Ctrl-C ends it.');
      let told = 0;
      try {
        for await (const { event } of connection.keyrack.follow(wanted, { signal: stop.signal })) {
          terminal.progress?.('');
          terminal.out(lineOf(terminal, event, property?.timeZone ?? UTC, options));
          told += 1;
          if (told >= limit) return;
        }
      } catch (error) {
        terminal.progress?.('');
        if (!stop.signal.aborted) throw error;
      }
    },
    { types: '--type', cursor: '--after' },
  );
}

/** For a person as much as one line holds; else JSON, a line each, so that a program can read it line by line. */
function lineOf({ screen }: Terminal, event: KeyrackEvent, timeZone: string, { json = false }: FollowOptions): string {
  if (json || screen === undefined) return JSON.stringify(event);
  const { timestamp, number, type, data } = event;
  return `${clockOf(timestamp, timeZone)}  ${number}  ${printable(type)}  ${printable(JSON.stringify(data))}`;
}

function typesOf({ type }: EventOptions): string | undefined {
  return type?.flatMap((text) => text.split(',')).join(',');
}
