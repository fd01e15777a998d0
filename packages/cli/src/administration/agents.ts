import type { Answer } from '@keyrack/sdk';
import { Command, InvalidArgumentError } from 'commander';
import { administer, type Connection, type TypedNames } from '../connection/administer.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import { printable } from '../output/text-width.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty, type Property } from './choose-property.ts';
import {
  type Asking,
  asksFirst,
  atProperty,
  confirm,
  confirmAtTerminal,
  type PropertyOptions,
  parseLimit,
  takeRows,
} from './options.ts';
import { clockOf } from './times.ts';

/** `keyrack agents`: the front desks of a property. */

type Agent = Answer<'getAgent'>;

export function agentsCommand(terminal: Terminal): Command {
  const group = new Command('agents').description('List, pair, rename and revoke front-desk agents.');
  atProperty(group.command('list'))
    .description("list a property's agents")
    .option('--limit <number>', 'at most so many', parseLimit)
    .action((options: PropertyOptions & { readonly limit?: number }) => listAgents(terminal, options));
  atAgent(group.command('show'), terminal, 'show an agent', ({ keyrack }, { id }, agent) =>
    keyrack.agents.get({ property: id, agent }),
  );
  atProperty(group.command('pair'))
    .description(
      'make a one-time code for `keyrack agent --pair`, good for one pairing and ten minutes, and print the command',
    )
    .option('--replaces <id>', 'an agent that is paired anew, e.g. on a new computer', parseAgent)
    .action(async (options: PropertyOptions & { readonly replaces?: string }) => {
      const told = await administer(terminal, options, async (connection) => {
        const { id } = await chooseProperty(connection, terminal, options);
        const replaces = options.replaces ?? null;
        return connection.keyrack.agents.createPairingCode({ property: id, replaces });
      });
      printOne(terminal, told, options);
    });
  atAgent<PropertyOptions>(
    group.command('rename').argument('<id>', 'its id', parseAgent).argument('[name]', "the computer's unless given"),
    terminal,
    'give an agent another name',
    ({ keyrack }, { id }, agent, _options, name) => keyrack.agents.change({ property: id, agent, name: name ?? null }),
  );
  atAgent<PropertyOptions & Asking>(
    asksFirst(group.command('revoke')),
    terminal,
    'cut an agent off for good',
    async ({ keyrack, server }, { id }, agent, options) => {
      const { name } = await keyrack.agents.get({ property: id, agent });
      // Scripts gave this command before there was a question.
      await confirmAtTerminal(terminal, options, `Cut ${printable(name)} off for good? (${server.name})`);
      await keyrack.agents.revoke({ property: id, agent });
      return { revoked: agent };
    },
  );
  atAgent<PropertyOptions & Asking>(
    asksFirst(group.command('forget')),
    terminal,
    'list an agent that was revoked no longer',
    async ({ keyrack, server }, { id }, agent, options) => {
      await confirm(terminal, options, `Forget the agent ${agent}? (${server.name})`);
      await keyrack.agents.forget({ property: id, agent });
      return { forgotten: agent };
    },
  );
  return group;
}

const TYPED: TypedNames = { name: 'The name', agent: 'The id' };

/** A command about one agent, which prints what comes of it. */
function atAgent<Options extends PropertyOptions>(
  command: Command,
  terminal: Terminal,
  description: string,
  work: (
    connection: Connection,
    property: Property,
    agent: string,
    options: Options,
    name: string | undefined,
  ) => Promise<object>,
): void {
  if (command.registeredArguments.length === 0) command.argument('<id>', 'its id', parseAgent);
  atProperty(command)
    .description(description)
    .action(async (agent: string, ...given: unknown[]) => {
      // Commander hands the command itself over last.
      const [name, options] =
        given.length > 2 ? (given as [string | undefined, Options]) : [undefined, given[0] as Options];
      const told = await administer(
        terminal,
        options,
        async (connection) =>
          work(connection, await chooseProperty(connection, terminal, options), agent, options, name),
        TYPED,
      );
      printOne(terminal, told, options);
    });
}

async function listAgents(terminal: Terminal, options: PropertyOptions & { readonly limit?: number }): Promise<void> {
  await administer(terminal, options, async (connection) => {
    const { id, timeZone } = await chooseProperty(connection, terminal, options);
    const listed = connection.keyrack.agents.list({ property: id, limit: 200 });
    const columns: Column<Agent>[] = [
      { title: 'NAME', of: ({ name }) => name },
      { title: 'STATE', of: ({ state }) => state },
      { title: 'CONNECTED', of: ({ connected }) => connected },
      { title: 'LAST SEEN', of: ({ lastSeenAt }) => clockOf(lastSeenAt, timeZone) },
      { title: 'VERSION', of: ({ version }) => version },
      { title: 'ENCODERS', of: ({ encoders }) => encoders.map(({ name, mac }) => name || mac).join(', ') },
      { title: 'ATTENTION', of: ({ attention }) => attention },
      { title: 'ID', of: (agent) => agent.id },
    ];
    printRows(terminal, await takeRows(listed, options, terminal), columns, options);
  });
}

function parseAgent(text: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('An agent has a UUID; see `keyrack agents list`.');
}
