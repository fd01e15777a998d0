import type { Answer } from '@keyrack/sdk';
import { Command, Option } from 'commander';
import { administer } from '../connection/administer.ts';
import { printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty } from './choose-property.ts';
import { atProperty, type PropertyOptions, pageSize, parseLimit, takeRows, USUAL_ROWS } from './options.ts';
import { clockOf } from './times.ts';

/** `keyrack operations`: what was asked for at encoders, and how it ended. */

export type Operation = Answer<'getOperation'>;

const STATES = [
  ...['open', 'accepted', 'granted', 'unknown', 'succeeded', 'rejected', 'damaged', 'expired', 'withdrawn'],
  'written-off',
];
const KINDS = ['issue', 'read', 'cancel'];

interface ListOptions extends PropertyOptions {
  readonly state?: string;
  readonly kind?: string;
  readonly limit?: number;
}

export function operationsCommand(terminal: Terminal): Command {
  const group = new Command('operations').description('Follow what was asked for at encoders, and how it ended.');
  atProperty(group.command('list'))
    .description('list operations, the newest first')
    .addOption(new Option('--state <state>', 'only these').choices(STATES))
    .addOption(new Option('--kind <kind>', 'only these').choices(KINDS))
    .option('--limit <number>', 'at most so many', parseLimit)
    .action((options: ListOptions) => listOperations(terminal, options));
  return group;
}

async function listOperations(terminal: Terminal, options: ListOptions): Promise<void> {
  const { state, kind, limit } = options;
  const filter = { ...(state !== undefined && { state }), ...(kind !== undefined && { kind }) } as {
    state?: 'open';
    kind?: 'issue';
  };
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
