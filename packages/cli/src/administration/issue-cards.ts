import type { Answer } from '@keyrack/sdk';
import { COPIES } from '@keyrack/server/domain/limits.ts';
import { canStayOpen } from '@keyrack/server/domain/lock-type.ts';
import { type Command, Option } from 'commander';
import { administer, type Connection, type TypedNames } from '../connection/administer.ts';
import { CommandFailure } from '../exit.ts';
import { printOne } from '../output/print.ts';
import { printable } from '../output/text-width.ts';
import type { Terminal } from '../terminal.ts';
import { carryOut, carryOutCopies, endOf, type Wish } from './await-end.ts';
import { chooseProperty, type Property } from './choose-property.ts';
import { findEncoder } from './find-encoder.ts';
import { operationColumns } from './operation-columns.ts';
import {
  type Asking,
  asksFirst,
  atProperty,
  confirm,
  given,
  type PropertyOptions,
  parseTime,
  wholeNumber,
} from './options.ts';
import { parseSerial } from './parse-serial.ts';
import { parseRoom, type RoomNumbers } from './room-numbers.ts';
import { findRoom } from './rooms.ts';

/** Commands that ask for a card at an encoder and wait for it, as a desk or an integrator does. */

export const MODES = ['new', 'duplicate', 'lost'] as const;

const TYPED: TypedNames = { validUntil: '--until', validFrom: '--from', serial: 'The serial' };

interface CardOptions extends PropertyOptions {
  readonly encoder?: string;
}
export interface StayOptions {
  readonly until: string;
  readonly from?: string;
  readonly mode?: (typeof MODES)[number];
  readonly holder?: string;
  readonly mobile?: string;
  readonly areaCode?: string;
  readonly normallyOpen?: true;
}
type IssueOptions = CardOptions & StayOptions & Asking & { readonly copies?: number };

export function addCardCommands(group: Command, terminal: Terminal): void {
  asksFirst(withCopies(forStay(atEncoder(group.command('issue').argument('<room>', ROOM, parseRoom)))))
    .description('issue a card for a room, and wait for it')
    .action((numbers: RoomNumbers, options: IssueOptions) => issue(terminal, numbers, options));
  withCopies(atEncoder(group.command('extend').argument('<room>', ROOM, parseRoom)))
    .description("write a card with a later end for the guest who is in; the guest's other cards end as before")
    .requiredOption('--until <time>', 'the later end, e.g. 2026-12-01T12:00:00+08:00', parseTime)
    .action((numbers: RoomNumbers, options: IssueOptions) =>
      issue(terminal, numbers, { ...options, mode: 'duplicate', yes: true }),
    );
  asksFirst(
    atEncoder(
      group
        .command('move')
        .argument('<serial>', "the guest's card, UID in hex", parseSerial)
        .argument('<room>', ROOM, parseRoom),
    ),
  )
    .description('change the room of a guest: erase their card, and issue it for another room')
    .option('--until <time>', 'when it ends; as it would have unless given', parseTime)
    .addHelpText('after', '\nEach further card of the guest is moved in the same way.')
    .action((serial: string, numbers: RoomNumbers, options: CardOptions & Asking & { readonly until?: string }) =>
      move(terminal, serial, numbers, options),
    );
  atEncoder(group.command('read'))
    .description('read the card that is laid on an encoder, beside what the records believe')
    .action((options: CardOptions) => tellEnd(terminal, options, () => ({ kind: 'read' })));
  atEncoder(group.command('cancel').argument('<serial>', 'UID in hex', parseSerial))
    .description('erase a card that is laid on an encoder')
    .action((serial: string, options: CardOptions) => tellEnd(terminal, options, () => ({ kind: 'cancel', serial })));
}

const ROOM = 'BUILDING/FLOOR/ROOM, by their numbers';

function atEncoder(command: Command): Command {
  return atProperty(command).option(
    '--encoder <encoder>',
    'where: its number, name or MAC, see `keyrack encoders list`; needed where there are several',
  );
}

/** What an issue asks for, and its preview. */
export function forStay(command: Command): Command {
  return command
    .requiredOption('--until <time>', 'when it ends, e.g. 2026-12-01T12:00:00+08:00', parseTime)
    .option('--from <time>', 'when it begins; at once unless given', parseTime)
    .addOption(
      new Option('--mode <mode>', 'for a new guest, the one who has the room, or in the place of a lost card')
        .choices(MODES)
        .default('new'),
    )
    .option('--holder <name>', 'the name of the guest')
    .option('--area-code <digits>', "country code of the guest's mobile, e.g. 86")
    .option('--mobile <digits>', "the guest's mobile, without its country code")
    .option('--normally-open', "using the card turns the lock's staying open on and off");
}

function withCopies(command: Command): Command {
  return command.option(
    '--copies <number>',
    `equal cards, one after the other: 1 to ${COPIES.most}; 1 unless given`,
    wholeNumber(1, COPIES.most),
  );
}

/** The body of an issue, without its encoder. */
export function stayOf(room: string, options: StayOptions) {
  const { until, from, mode = 'new', holder, areaCode, mobile, normallyOpen } = options;
  const guest = given({ name: holder, areaCode: areaCode?.replace(/^\+/, ''), mobile });
  return {
    ...{ kind: 'issue' as const, room, mode, validUntil: until },
    ...given({ validFrom: from, normallyOpen }),
    ...(Object.keys(guest).length > 0 && { holder: guest }),
  };
}

async function issue(terminal: Terminal, numbers: RoomNumbers, options: IssueOptions): Promise<void> {
  await administer(
    terminal,
    options,
    async (connection) => {
      const property = await chooseProperty(connection, terminal, options);
      const room = await findRoom(connection, property, numbers);
      const encoder = await findEncoder(connection, property, options.encoder);
      const wanted = stayOf(room.id, options);
      // Scripts gave this command before there was a question.
      if (terminal.person !== undefined && !options.yes) await askAboutStopped(connection, terminal, property, wanted);
      const { copies = 1 } = options;
      const wish = { ...wanted, encoder: encoder.id, ...(copies > 1 && { copies }) };
      if (copies === 1) return printEnd(terminal, options, () => carryOut(connection, terminal, property, wish));
      const set = await carryOutCopies(connection, terminal, property, wish);
      printOne(terminal, set, options, { operations: operationColumns(property.timeZone) });
      if (set.state === 'done') return;
      const made = set.operations.filter(({ state }) => state === 'succeeded').length;
      throw new CommandFailure(`${made} of ${set.of} cards were made. ${whyOf(set)}`);
    },
    TYPED,
  );
}

function whyOf({ explanation, operations }: Awaited<ReturnType<typeof carryOutCopies>>): string {
  return explanation ?? operations.at(-1)?.explanation ?? 'Issue the others as duplicates.';
}

/** Asks where other guests' cards would stop. */
async function askAboutStopped(
  { keyrack, server }: Connection,
  terminal: Terminal,
  property: Property,
  wanted: ReturnType<typeof stayOf>,
): Promise<void> {
  const { stops, room } = await keyrack.operations.previewIssue({ property: property.id, ...wanted });
  if (stops.length === 0) return;
  const lines = stops.map(
    ({ serial, holder, at }) => `  ${serial ?? '(being issued)'}  ${printable(holder ?? '')}  at ${at}`,
  );
  terminal.err([`For ${printable(room.name)}, this stops ${count(stops.length)}:`, ...lines].join('\n'));
  await confirm(terminal, {}, `Issue it? (${server.name})`);
}

function count(cards: number): string {
  return cards === 1 ? '1 card' : `${cards} cards`;
}

async function move(
  terminal: Terminal,
  serial: string,
  numbers: RoomNumbers,
  options: CardOptions & Asking & { readonly until?: string },
): Promise<void> {
  await administer(
    terminal,
    options,
    async (connection) => {
      const { keyrack, server } = connection;
      const property = await chooseProperty(connection, terminal, options);
      const room = await findRoom(connection, property, numbers);
      const encoder = await findEncoder(connection, property, options.encoder);
      const { record } = await keyrack.cards.get({ property: property.id, card: serial });
      if (record === null || record.status !== 'active')
        throw new CommandFailure(`Card ${serial} opens no room now; read it, or issue another card.`);
      if (record.room === room.id) throw new CommandFailure(`Card ${serial} opens ${room.name} already.`);
      const wanted = movedTo(room, record, options.until);
      // What the issue would be refused for is known before anything is erased.
      const { stops } = await keyrack.operations.previewIssue({ property: property.id, ...wanted });
      const besides = stops.length === 0 ? '' : ` This stops ${count(stops.length)} of that room.`;
      await confirm(
        terminal,
        options,
        `Erase card ${serial} and issue it for ${printable(room.name)}?${besides} (${server.name})`,
      );
      const at = { encoder: encoder.id };
      try {
        await carryOut(connection, terminal, property, { kind: 'cancel', serial, ...at });
      } catch (error) {
        const { operation, message } = endOf(error);
        printOne(terminal, operation, options);
        throw new CommandFailure(`Card ${serial} was not erased, and nothing was issued. ${message}`);
      }
      await printEnd(
        terminal,
        options,
        () => carryOut(connection, terminal, property, { ...wanted, ...at }),
        `Card ${serial} is erased, and the new one was not made: issue it with \`keyrack operations issue\`. `,
      );
    },
    TYPED,
  );
}

/** A card for the guest of this record in another room. It stays open where that room's lock can. */
function movedTo({ id, lock }: Answer<'getRoom'>, record: Answer<'getCardRecord'>, until = record.validUntil) {
  const { holder, gender, areaCode, mobile, normallyOpen, networked } = record;
  const guest = {
    ...(holder !== null && { name: holder }),
    ...(gender !== null && { gender }),
    ...(areaCode !== null && mobile !== null && { areaCode, mobile }),
  };
  return {
    ...stayOf(id, { until }),
    ...(Object.keys(guest).length > 0 && { holder: guest }),
    normallyOpen: normallyOpen && canStayOpen(lock.type),
    networked,
  };
}

async function tellEnd(terminal: Terminal, options: CardOptions, wishOf: () => Wish): Promise<void> {
  await administer(
    terminal,
    options,
    async (connection) => {
      const property = await chooseProperty(connection, terminal, options);
      const encoder = await findEncoder(connection, property, options.encoder);
      await printEnd(terminal, options, () =>
        carryOut(connection, terminal, property, { ...wishOf(), encoder: encoder.id }),
      );
    },
    TYPED,
  );
}

/** Prints how it ended. What didn't succeed ends the command with 1 and its explanation. */
export async function printEnd(
  terminal: Terminal,
  options: PropertyOptions,
  work: () => ReturnType<typeof carryOut>,
  before = '',
): Promise<void> {
  try {
    printOne(terminal, await work(), options);
  } catch (error) {
    const { operation, message } = endOf(error);
    printOne(terminal, operation, options);
    throw new CommandFailure(`${before}${message}`);
  }
}
