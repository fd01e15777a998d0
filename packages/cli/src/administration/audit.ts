import { type Answer, isProblem } from '@keyrack/sdk';
import { Command, InvalidArgumentError } from 'commander';
import { administer, type Connection } from '../connection/administer.ts';
import { CommandFailure, usageError } from '../exit.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import type { Terminal } from '../terminal.ts';
import { addExport } from './audit-export.ts';
import { chooseProperty } from './choose-property.ts';
import {
  atProperty,
  atServer,
  given,
  type PropertyOptions,
  pageSize,
  parseLimit,
  parseTime,
  type ServerOptions,
  takeRows,
  USUAL_ROWS,
} from './options.ts';
import { parseSerial } from './parse-serial.ts';
import { parseRoom, type RoomNumbers } from './room-numbers.ts';
import { findRoom } from './rooms.ts';
import { atScope, chooseScope, type ScopeOptions, UTC } from './scope.ts';
import { clockOf } from './times.ts';

/** `keyrack audit`: who did what, and that nobody changed the log of it. */

type AuditRecord = Answer<'getAuditRecord'>;

interface ListOptions extends ScopeOptions {
  readonly actor?: string;
  readonly action?: string;
  readonly operation?: string;
  readonly card?: string;
  readonly room?: RoomNumbers;
  readonly from?: string;
  readonly until?: string;
  readonly limit?: number;
}

export function auditCommand(terminal: Terminal): Command {
  const group = new Command('audit').description('Read the audit log, and prove that nobody changed it.');
  atScope(group.command('list'))
    .description('list audit records, the newest first')
    .option('--actor <actor>', 'only of this id of a member, key, account or agent; or owner, server, operator')
    .option('--action <action>', 'only of this kind, e.g. operation-accepted')
    .option('--operation <id>', 'only of this operation')
    .option('--card <serial>', 'only of this card', parseSerial)
    .option('--room <room>', 'only of this room, BUILDING/FLOOR/ROOM', parseRoom)
    .option('--from <time>', 'only of this time or later', parseTime)
    .option('--until <time>', 'only from before this time', parseTime)
    .option('--limit <rows>', `at most so many; ${USUAL_ROWS} unless given`, parseLimit)
    .action((options: ListOptions) => listRecords(terminal, options));
  atProperty(group.command('show'))
    .description('show one record of a property')
    .argument('<number>', 'its number: see `keyrack audit list`', parseNumber)
    .action(async (number: string, options: PropertyOptions) => {
      const told = await administer(terminal, options, async (connection) => {
        const { id } = await chooseProperty(connection, terminal, options);
        return connection.keyrack.call('getAuditRecord', { property: id, number });
      });
      printOne(terminal, told, options);
    });
  addExport(group, terminal);
  atServer(group.command('verify'))
    .description('prove that no record of any property was changed or removed')
    .action((options: ServerOptions) => verify(terminal, options));
  return group;
}

async function listRecords(terminal: Terminal, options: ListOptions): Promise<void> {
  const { actor, action, operation, card, room, from, until, limit } = options;
  const filter = { actor, action, operation, card, from, until, limit: pageSize({ limit }) };
  await administer(terminal, options, async (connection) => {
    const property = await chooseScope(connection, terminal, options);
    if (property === null && room !== undefined)
      throw usageError('Give --room or --installation; a room has a property.');
    const found =
      property === null || room === undefined ? {} : { room: (await findRoom(connection, property, room)).id };
    const { keyrack } = connection;
    const listed =
      property === null
        ? keyrack.call('listInstallationAuditRecords', given(filter))
        : keyrack.call('listAuditRecords', { property: property.id, ...given(filter), ...found });
    const rows = await takeRows(listed, { limit, usual: USUAL_ROWS }, terminal);
    printRows(terminal, rows, columnsIn(property?.timeZone ?? UTC), options);
  });
}

function columnsIn(timeZone: string): Column<AuditRecord>[] {
  return [
    { title: 'NO.', of: ({ number }) => number, align: 'right' },
    { title: 'AT', of: ({ at }) => clockOf(at, timeZone), whole: true },
    { title: 'ACTION', of: ({ action }) => action },
    { title: 'BY', of: ({ actor }) => (actor.id === null ? actor.kind : `${actor.kind} ${actor.id}`) },
    { title: 'OPERATION', of: ({ operation }) => operation },
    { title: 'DETAILS', of: ({ details }) => JSON.stringify(details) },
  ];
}

interface AuditCheck {
  /** Its number; `installation` for what concerns no single property. */
  readonly property: string;
  readonly records: number;
  readonly brokenAt: number | null;
  readonly head: string | null;
}

type Verified = Answer<'verifyAuditLog'>;

async function verify(terminal: Terminal, options: ServerOptions): Promise<void> {
  const checks = await administer(terminal, options, async ({ keyrack }) => {
    const checks: AuditCheck[] = [];
    for await (const { id, number } of keyrack.properties.list({ limit: 200 }))
      checks.push(
        await verifyLog(terminal, number, (more) => keyrack.call('verifyAuditLog', { property: id, ...more })),
      );
    const installation = await verifyInstallation(terminal, keyrack);
    return installation === null || installation.records === 0 ? checks : [...checks, installation];
  });
  terminal.progress?.('');
  printRows(terminal, checks, CHECK_COLUMNS, options);
  const broken = checks.find((check) => check.brokenAt !== null);
  if (broken !== undefined)
    throw new CommandFailure(`The audit log of ${broken.property} was changed at record ${broken.brokenAt}.`);
}

const CHECK_COLUMNS: readonly Column<AuditCheck>[] = [
  { title: 'PROPERTY', of: ({ property }) => property },
  { title: 'RECORDS', of: ({ records }) => records, align: 'right' },
  { title: 'CHANGED AT', of: ({ brokenAt }) => brokenAt, align: 'right' },
  { title: 'HEAD', of: ({ head }) => head },
];

/** The log of what concerns no single property is the owner's alone: null for anybody else. */
async function verifyInstallation(terminal: Terminal, keyrack: Connection['keyrack']): Promise<AuditCheck | null> {
  return verifyLog(terminal, 'installation', (more) => keyrack.call('verifyInstallationAuditLog', more)).catch(
    (error: unknown) => {
      if (isProblem(error, 'not-found', 'forbidden')) return null;
      throw error;
    },
  );
}

/** One log, part by part: each answer says where the next one goes on. */
async function verifyLog(
  { progress }: Terminal,
  property: string,
  ask: (more: { readonly cursor?: string }) => Promise<Verified>,
): Promise<AuditCheck> {
  for (let cursor: string | null = null; ; ) {
    const { records, brokenAt, head, nextCursor }: Verified = await ask(cursor === null ? {} : { cursor });
    progress?.(`${property}: ${records} records`);
    if (nextCursor === null) return { property, records, brokenAt, head: head?.hash ?? null };
    cursor = nextCursor;
  }
}

function parseNumber(text: string): string {
  if (/^[1-9]\d{0,14}$/.test(text)) return text;
  throw new InvalidArgumentError('A record has a number; see `keyrack audit list`.');
}
