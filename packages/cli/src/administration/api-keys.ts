import type { Answer } from '@keyrack/sdk';
import { type Command, Option } from 'commander';
import { administer } from '../connection/administer.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import { printable } from '../output/text-width.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty } from './choose-property.ts';
import { findNamed } from './find-named.ts';
import {
  type Asking,
  asksFirst,
  atServer,
  confirm,
  parseLimit,
  parseTime,
  type ServerOptions,
  takeRows,
} from './options.ts';

/** `keyrack keys`: the API keys of programs that use /v1. */

type ApiKey = Answer<'getApiKey'>;

export const SCOPES = ['admin', 'read', 'cards', 'members', 'rooms', 'audit', 'webhooks', 'sandbox'] as const;

const COLUMNS: readonly Column<ApiKey>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'SCOPES', of: ({ scopes }) => scopes.join(', ') },
  { title: 'LAST USED', of: ({ lastUsedAt }) => lastUsedAt },
  { title: 'EXPIRES', of: ({ expiresAt }) => expiresAt },
  { title: 'REVOKED', of: ({ revokedAt }) => revokedAt },
  { title: 'ID', of: ({ id }) => id, whole: true },
];

interface CreateOptions extends ServerOptions {
  readonly scope: (typeof SCOPES)[number][];
  readonly property?: readonly string[];
  readonly expires?: string;
}

/** Commands about API keys; the group also has `rotate`, about card keys, from before there were API keys. */
export function addApiKeys(group: Command, terminal: Terminal): void {
  atServer(group.command('list'))
    .description('list API keys, the newest first, also those that have ended')
    .option('--limit <rows>', 'at most so many; all unless given', parseLimit)
    .action(async (options: ServerOptions & { readonly limit?: number }) => {
      const rows = await administer(terminal, options, ({ keyrack }) =>
        takeRows(keyrack.apiKeys.list({ limit: 200 }), options, terminal),
      );
      printRows(terminal, rows, COLUMNS, options);
    });
  atServer(group.command('create'))
    .description('make an API key; it is shown this once')
    .argument('<name>', 'what it is for')
    .addOption(
      new Option('--scope <scope...>', 'what it may do: see docs/rights.md').choices(SCOPES).makeOptionMandatory(),
    )
    .option('--property <number...>', 'what it acts for; all properties, later ones too, unless given')
    .option('--expires <time>', 'when it ends by itself; never unless given', parseTime)
    .action((name: string, options: CreateOptions) => createKey(terminal, name, options));
  asksFirst(atServer(group.command('revoke')))
    .description('end an API key at once and for good')
    .argument('<key>', 'by its name or id: see `keyrack keys list`')
    .action(async (said: string, options: ServerOptions & Asking) => {
      const told = await administer(terminal, options, async ({ keyrack, server }) => {
        const { id: apiKey, name } = await findNamed(keyrack.apiKeys.list({ limit: 200 }), said, {
          what: 'key',
          list: 'keyrack keys list',
          namesOf: ({ id, name }) => [id, name],
        });
        await confirm(terminal, options, `End the key ${printable(name)} for good? (${server.name})`);
        await keyrack.apiKeys.revoke({ apiKey });
        return keyrack.apiKeys.get({ apiKey });
      });
      printOne(terminal, told, options);
    });
}

async function createKey(terminal: Terminal, name: string, options: CreateOptions): Promise<void> {
  const { scope, property, expires } = options;
  const made = await administer(
    terminal,
    options,
    async (connection) => {
      const chosen: string[] = [];
      for (const number of property ?? [])
        chosen.push((await chooseProperty(connection, terminal, { property: number })).id);
      return connection.keyrack.apiKeys.create({
        name,
        scopes: scope,
        properties: property === undefined ? 'all' : chosen,
        ...(expires !== undefined && { expiresAt: expires }),
      });
    },
    { name: 'The name', scopes: '--scope', properties: '--property', expiresAt: '--expires' },
  );
  printOne(terminal, made, options);
}
