import type { Answer } from '@keyrack/sdk';
import { Command } from 'commander';
import { administer } from '../connection/administer.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import type { Terminal } from '../terminal.ts';
import { addApiKeys } from './api-keys.ts';
import { chooseProperty } from './choose-property.ts';
import { type Asking, asksFirst, atProperty, confirmAtTerminal, type PropertyOptions, takeRows } from './options.ts';

/** `keyrack card-keys`: the versions of a property's card key. */

type CardKey = Answer<'listCardKeys'>['data'][number];

const COLUMNS: readonly Column<CardKey>[] = [
  { title: 'VERSION', of: ({ version }) => version, align: 'right' },
  { title: 'STATE', of: ({ state }) => state },
  { title: 'LOCKS', of: ({ locks }) => locks, align: 'right' },
];

export function cardKeysCommand(terminal: Terminal): Command {
  const group = new Command('card-keys').description("List and rotate a property's card key.");
  atProperty(group.command('list'))
    .description('list its versions, the newest first, and how many locks have each')
    .action(async (options: PropertyOptions) => {
      const rows = await administer(terminal, options, async (connection) => {
        const { id } = await chooseProperty(connection, terminal, options);
        return takeRows(connection.keyrack.call('listCardKeys', { property: id, limit: 200 }), {}, terminal);
      });
      printRows(terminal, rows, COLUMNS, options);
    });
  addRotate(group, terminal);
  return group;
}

/** `keyrack keys`: API keys, and from before there were any, `rotate` for the card key. */
export function keysCommand(terminal: Terminal): Command {
  const group = new Command('keys').description('API keys for programs. `rotate` is that of `keyrack card-keys`.');
  addApiKeys(group, terminal);
  addRotate(group, terminal);
  return group;
}

function addRotate(group: Command, terminal: Terminal): void {
  asksFirst(atProperty(group.command('rotate')))
    .description('write new cards under a new key version; locks accept the current and the previous one')
    .option('--force', 'also while locks have an old version: their guests then need new cards')
    .action(async (options: PropertyOptions & Asking & { readonly force?: true }) => {
      const told = await administer(terminal, options, async (connection) => {
        const { id, number } = await chooseProperty(connection, terminal, options);
        // Scripts gave this command before there was a question.
        await confirmAtTerminal(
          terminal,
          options,
          `Rotate the card key of ${number}? Locks take new cards once they are programmed. (${connection.server.name})`,
        );
        return connection.keyrack.call('rotateCardKey', { property: id, ...(options.force && { force: true }) });
      });
      printOne(terminal, told, options);
    });
}
