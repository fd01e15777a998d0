import type { Answer } from '@keyrack/sdk';
import { Command, Option } from 'commander';
import { administer, type Connection, type TypedNames } from '../connection/administer.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import { printable } from '../output/text-width.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty, type Property } from './choose-property.ts';
import { findNamed } from './find-named.ts';
import {
  type Asking,
  asksFirst,
  atProperty,
  confirm,
  confirmAtTerminal,
  given,
  type PropertyOptions,
  parseLimit,
  takeRows,
} from './options.ts';
import { clockOf } from './times.ts';

/** `keyrack agents`: the front desks of a property. */

type Agent = Answer<'getAgent'>;

const AGENT = 'by its name, its computer or its id: see `keyrack agents list`';
const STATES = ['active', 'suspended', 'revoked'] as const;

interface ListOptions extends PropertyOptions {
  readonly state?: (typeof STATES)[number];
  readonly connected?: true;
  readonly limit?: number;
}

export function agentsCommand(terminal: Terminal): Command {
  const group = new Command('agents').description('List, pair, rename and revoke front-desk agents.');
  atProperty(group.command('list'))
    .description("list a property's agents")
    .addOption(new Option('--state <state>', 'only these; all unless given').choices(STATES))
    .option('--connected', 'only those that are connected now')
    .option('--limit <rows>', 'at most so many; all unless given', parseLimit)
    .action((options: ListOptions) => listAgents(terminal, options));
  atAgent(group.command('show'), terminal, 'show an agent', ({ keyrack }, { id }, agent) =>
    keyrack.agents.get({ property: id, agent }),
  );
  atProperty(group.command('pair'))
    .description(
      'make a one-time code for `keyrack agent --pair`, good for one pairing and ten minutes, and print the command',
    )
    .option('--replaces <agent>', 'an agent that is paired anew, e.g. on a new computer, by its name or id')
    .action(async (options: PropertyOptions & { readonly replaces?: string }) => {
      const told = await administer(terminal, options, async (connection) => {
        const { id } = await chooseProperty(connection, terminal, options);
        const replaces = options.replaces === undefined ? null : (await findAgent(connection, id, options.replaces)).id;
        return connection.keyrack.agents.createPairingCode({ property: id, replaces });
      });
      printOne(terminal, told, options);
    });
  atAgent<PropertyOptions>(
    group.command('rename').argument('<agent>', AGENT).argument('[name]', "the computer's unless given"),
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
  if (command.registeredArguments.length === 0) command.argument('<agent>', AGENT);
  atProperty(command)
    .description(description)
    .action(async (said: string, ...more: unknown[]) => {
      // Commander hands the command itself over last.
      const [name, options] =
        more.length > 2 ? (more as [string | undefined, Options]) : [undefined, more[0] as Options];
      const told = await administer(
        terminal,
        options,
        async (connection) => {
          const property = await chooseProperty(connection, terminal, options);
          const agent = await findAgent(connection, property.id, said);
          return work(connection, property, agent.id, options, name);
        },
        TYPED,
      );
      printOne(terminal, told, options);
    });
}

/** What is to be updated, beside the agent's version. */
const UPDATES: Record<NonNullable<Agent['versionState']>, string> = {
  current: '',
  'update-available': 'available',
  'update-soon': 'before the server',
  'update-needed': 'needed',
  newer: 'of the server',
  'server-too-old': 'of the server, needed',
};

async function listAgents(terminal: Terminal, options: ListOptions): Promise<void> {
  const { state, connected } = options;
  await administer(terminal, options, async (connection) => {
    const { id, timeZone } = await chooseProperty(connection, terminal, options);
    const listed = connection.keyrack.agents.list({
      ...{ property: id, limit: 200 },
      ...given({ state, connected: connected && ('true' as const) }),
    });
    const columns: Column<Agent>[] = [
      { title: 'NAME', of: ({ name }) => name },
      { title: 'STATE', of: ({ state }) => state },
      { title: 'CONNECTED', of: ({ connected }) => connected },
      { title: 'LAST SEEN', of: ({ lastSeenAt }) => clockOf(lastSeenAt, timeZone), whole: true },
      { title: 'VERSION', of: ({ version }) => version },
      { title: 'UPDATE', of: ({ versionState }) => versionState && UPDATES[versionState] },
      { title: 'ENCODERS', of: ({ encoders }) => encoders.map(({ name, mac }) => name || mac).join(', ') },
      { title: 'ATTENTION', of: ({ attention }) => attention },
      { title: 'ID', of: (agent) => agent.id, whole: true },
    ];
    printRows(terminal, await takeRows(listed, options, terminal), columns, options);
  });
}

/** By the whole of its name, the name of its computer, or its id. */
function findAgent({ keyrack }: Connection, property: string, said: string): Promise<Agent> {
  return findNamed(keyrack.agents.list({ property, limit: 200 }), said, {
    what: 'agent',
    list: 'keyrack agents list',
    namesOf: ({ id, name, computer }) => [id, name, computer],
  });
}
