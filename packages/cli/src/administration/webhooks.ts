import type { Answer } from '@keyrack/sdk';
import { Command, InvalidArgumentError, Option } from 'commander';
import { administer, type Connection, type TypedNames } from '../connection/administer.ts';
import { CommandFailure } from '../exit.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import type { Terminal } from '../terminal.ts';
import { findNamed } from './find-named.ts';
import { type Asking, asksFirst, confirm, pageSize, parseLimit, parseTime, takeRows, USUAL_ROWS } from './options.ts';
import { atScope, chooseScope, type ScopeOptions, UTC } from './scope.ts';
import { clockOf } from './times.ts';
import { type WebhookCalls, webhookCalls } from './webhook-calls.ts';

/** `keyrack webhooks`: where events are sent to, and what came of it. */

type Webhook = Answer<'getWebhook'>;
type Delivery = Answer<'listWebhookDeliveries'>['data'][number];

const DELIVERY_STATES = ['waiting', 'delivered', 'dead'] as const;
const TYPED: TypedNames = { url: 'The address', types: '--type', webhook: 'The webhook', number: 'The number' };

interface Facts extends ScopeOptions {
  readonly type?: readonly string[];
}

export function webhooksCommand(terminal: Terminal): Command {
  const group = new Command('webhooks').description('Where events are sent to, and what came of it.');
  atScope(group.command('list'))
    .description('list webhooks, the newest first')
    .action(async (options: ScopeOptions) => {
      const { rows, timeZone } = await atCalls(terminal, options, async (calls, timeZone) => ({
        rows: (await calls.list()).data,
        timeZone,
      }));
      printRows(terminal, rows, columnsIn(timeZone), options);
    });
  atWebhook(group.command('show'), terminal, 'show a webhook and how far it is', async (_, webhook) => webhook);
  atScope(group.command('add').argument('<url>', 'where to, e.g. https://hooks.example.com/keyrack'))
    .description('send events there from now on; its secret is shown this once')
    .option('--type <type...>', 'only events of these types: see docs/events.md; all unless given')
    .action(async (url: string, options: Facts) => {
      const { type } = options;
      const made = await atCalls(terminal, options, (calls) =>
        calls.create({ url, ...(type !== undefined && { types: typesOf(type) }) }),
      );
      printOne(terminal, made, options);
    });
  atWebhook<Facts & { readonly url?: string; readonly everyType?: true }>(
    group
      .command('change')
      .option('--url <url>', 'where to')
      .addOption(new Option('--type <type...>', 'only events of these types').conflicts('everyType'))
      .option('--every-type', 'events of all types'),
    terminal,
    'change what is given',
    (calls, { id }, { url, type, everyType }) =>
      calls.change(id, {
        ...(url !== undefined && { url }),
        ...(type !== undefined && { types: typesOf(type) }),
        ...(everyType && { types: null }),
      }),
  );
  atWebhook(group.command('pause'), terminal, 'send nothing until it is resumed', (calls, { id }) =>
    calls.change(id, { active: false }),
  );
  atWebhook(group.command('resume'), terminal, 'go on where it stopped; nothing is left out', (calls, { id }) =>
    calls.change(id, { active: true }),
  );
  atWebhook<ScopeOptions & Asking>(
    asksFirst(group.command('remove')),
    terminal,
    'send nothing there any more, and forget what was sent',
    async (calls, { id, url }, options, { server }) => {
      await confirm(terminal, options, `Remove the webhook to ${url}? (${server.name})`);
      await calls.remove(id);
      return { removed: id };
    },
  );
  atWebhook<ScopeOptions & { readonly previousUntil?: string }>(
    group
      .command('rotate')
      .option('--previous-until <time>', 'until when the secret before signs, too; for a day unless given', parseTime),
    terminal,
    'give it another secret, shown this once',
    (calls, { id }, { previousUntil }) =>
      calls.rotate(id, previousUntil === undefined ? {} : { previousSecretUntil: previousUntil }),
  );
  addTest(group, terminal);
  addDeliveries(group, terminal);
  return group;
}

function addTest(group: Command, terminal: Terminal): void {
  onWebhook(group.command('test'))
    .description('send it a message now, and tell what its receiver answered; ends with 1 where it did not take it')
    .action(async (said: string, options: ScopeOptions) => {
      const told = await atCalls(terminal, options, async (calls) => calls.test((await find(calls, said)).id));
      printOne(terminal, told, options);
      if (!told.delivered)
        throw new CommandFailure(
          told.status === null
            ? `Nothing arrived (${told.problem}); see that the address is right, and that the server may reach it.`
            : `Its receiver answered ${told.status}; see its log.`,
        );
    });
}

interface DeliveryOptions extends ScopeOptions {
  readonly state?: (typeof DELIVERY_STATES)[number];
  readonly limit?: number;
}

function addDeliveries(group: Command, terminal: Terminal): void {
  onWebhook(group.command('deliveries'))
    .description('what came of sending events, the newest first; kept for a week, and those that failed for a month')
    .addOption(new Option('--state <state>', 'only these; all unless given').choices(DELIVERY_STATES))
    .option('--limit <rows>', `at most so many; ${USUAL_ROWS} unless given`, parseLimit)
    .action(async (said: string, options: DeliveryOptions) => {
      const { state, limit } = options;
      const { rows, timeZone } = await atCalls(terminal, options, async (calls, timeZone) => {
        const { id } = await find(calls, said);
        const listed = calls.deliveries(id, { limit: pageSize({ limit }), ...(state !== undefined && { state }) });
        return { rows: await takeRows(listed, { limit, usual: USUAL_ROWS }, terminal), timeZone };
      });
      printRows(terminal, rows, deliveryColumns(timeZone), options);
    });
  onWebhook(group.command('replay'))
    .description('send an event again, by its number; or the oldest 500 of those that failed for good')
    .argument('[number]', "the event's; without it, those that failed for good", parseNumber)
    .action(async (said: string, number: number | undefined, options: ScopeOptions) => {
      const told = await atCalls<object>(terminal, options, async (calls) => {
        const { id } = await find(calls, said);
        return number === undefined ? calls.replayDead(id) : calls.replay(id, number);
      });
      printOne(terminal, told, options);
    });
}

function columnsIn(timeZone: string): Column<Webhook>[] {
  return [
    { title: 'ADDRESS', of: ({ url }) => url },
    { title: 'STATE', of: ({ state, disabledWhy }) => (disabledWhy === null ? state : `${state} (${disabledWhy})`) },
    { title: 'TYPES', of: ({ types }) => types?.join(', ') ?? 'all' },
    { title: 'BEHIND', of: ({ behind }) => behind, align: 'right' },
    { title: 'WAITING', of: ({ waiting }) => waiting, align: 'right' },
    { title: 'DEAD', of: ({ dead }) => dead, align: 'right' },
    { title: 'LAST DELIVERED', of: ({ lastDeliveredAt }) => clockOf(lastDeliveredAt, timeZone), whole: true },
    { title: 'ID', of: ({ id }) => id, whole: true },
  ];
}

function deliveryColumns(timeZone: string): Column<Delivery>[] {
  return [
    { title: 'NO.', of: ({ number }) => number, align: 'right' },
    { title: 'TYPE', of: ({ type }) => type },
    { title: 'STATE', of: ({ state }) => state },
    { title: 'TRIES', of: ({ attempts }) => attempts, align: 'right' },
    { title: 'LAST TRY', of: ({ lastAt }) => clockOf(lastAt, timeZone), whole: true },
    { title: 'NEXT TRY', of: ({ nextAt }) => clockOf(nextAt, timeZone), whole: true },
    { title: 'ANSWER', of: ({ status, problem }) => status ?? problem, align: 'right' },
  ];
}

function onWebhook(command: Command): Command {
  return atScope(command).argument('<webhook>', 'by its address or id: see `keyrack webhooks list`');
}

/** A command about one webhook, which prints what comes of it. */
function atWebhook<Options extends ScopeOptions>(
  command: Command,
  terminal: Terminal,
  description: string,
  work: (calls: WebhookCalls, webhook: Webhook, options: Options, connection: Connection) => Promise<object>,
): void {
  onWebhook(command)
    .description(description)
    .action(async (said: string, options: Options) => {
      const told = await atCalls(terminal, options, async (calls, _, connection) =>
        work(calls, await find(calls, said), options, connection),
      );
      printOne(terminal, told, options);
    });
}

async function find(calls: WebhookCalls, said: string): Promise<Webhook> {
  async function* listed() {
    yield* (await calls.list()).data;
  }
  return findNamed(listed(), said, {
    what: 'webhook',
    list: 'keyrack webhooks list',
    namesOf: ({ id, url }) => [id, url],
  });
}

async function atCalls<Result>(
  terminal: Terminal,
  options: ScopeOptions,
  work: (calls: WebhookCalls, timeZone: string, connection: Connection) => Promise<Result>,
): Promise<Result> {
  return administer(
    terminal,
    options,
    async (connection) => {
      const property = await chooseScope(connection, terminal, options);
      return work(webhookCalls(connection, property?.id ?? null), property?.timeZone ?? UTC, connection);
    },
    TYPED,
  );
}

/** The server says which of them is no type of event. */
function typesOf(types: readonly string[]) {
  return types.flatMap((text) => text.split(',')) as NonNullable<Parameters<WebhookCalls['create']>[0]['types']>;
}

function parseNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('An event has a number: see `keyrack webhooks deliveries`.');
}
