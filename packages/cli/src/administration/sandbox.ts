import { chip, SANDBOX_LIMITS, sandboxFailure } from '@keyrack/protocol';
import type { Answer } from '@keyrack/sdk';
import { Command, Option } from 'commander';
import { administer, type Connection } from '../connection/administer.ts';
import { usageError } from '../exit.ts';
import { printOne, printRows } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty } from './choose-property.ts';
import { findEncoder } from './find-encoder.ts';
import { atProperty, given, type PropertyOptions, wholeNumber } from './options.ts';
import { parseSerial } from './parse-serial.ts';

/** `keyrack sandbox`: the hands at a simulated encoder, e.g. of the demonstration. Real encoders take none of it. */

type Card = Answer<'getSandboxCards'>['cards'][number];
type At = { readonly property: string; readonly encoder: string };

const COLUMNS: readonly Column<Card>[] = [
  { title: 'SERIAL', of: ({ serial }) => serial, whole: true },
  { title: 'CHIP', of: ({ chip }) => chip },
  { title: 'LIES HERE', of: ({ isHere }) => isHere },
];

interface AtEncoder extends PropertyOptions {
  readonly encoder?: string;
}

export function sandboxCommand(terminal: Terminal): Command {
  const group = new Command('sandbox').description('Lay cards on simulated encoders, and make operations fail.');
  says(
    group.command('show'),
    terminal,
    'show what lies there, and how the next operation is made to fail',
    ({ keyrack }, at) => keyrack.encoders.getSandbox(at),
  );
  atEncoder(group.command('cards'))
    .description('list all cards of its front desk, on encoders and in the drawer; 1,000 at most')
    .action(async (options: AtEncoder) => {
      const { cards } = await atSandbox(terminal, options, ({ keyrack }, at) => keyrack.encoders.getSandboxCards(at));
      printRows(terminal, cards, COLUMNS, options);
    });
  says<AtEncoder & { readonly chip: (typeof chip.options)[number]; readonly serial?: string }>(
    group
      .command('new-card')
      .addOption(new Option('--chip <kind>', 'the kind of its chip').choices(chip.options).default('classic-1k'))
      .option('--serial <serial>', 'its UID in hex; drawn unless given', parseSerial),
    terminal,
    'put a new card into the drawer; lay it down next',
    ({ keyrack }, at, { chip, serial }) => keyrack.encoders.createSandboxCard({ ...at, chip, ...given({ serial }) }),
  );
  atEncoder(group.command('lay').argument('<serial>', 'see `keyrack sandbox cards`', parseSerial))
    .description('lay a card down, in the place of what lies there')
    .action(async (serial: string, options: AtEncoder) => {
      const told = await atSandbox(terminal, options, ({ keyrack }, at) =>
        keyrack.encoders.putSandboxCard({ ...at, serial }),
      );
      printOne(terminal, told, options);
    });
  says(
    group.command('take-away'),
    terminal,
    'take away what lies there, in the middle of whatever is going on',
    ({ keyrack }, at) => keyrack.encoders.removeSandboxCard(at),
  );
  atEncoder(
    group
      .command('fail')
      .addArgument(new Command().createArgument('[cause]', 'how: see docs/sandbox.md').choices(sandboxFailure.options))
      .option('--none', 'let nothing fail any more'),
  )
    .description('make the operation that waits there fail, or else the next one')
    .action(async (cause: (typeof sandboxFailure.options)[number] | undefined, options: AtEncoder & Failing) => {
      if ((cause === undefined) !== (options.none === true))
        throw usageError('Name the cause, or give --none to let nothing fail; `--help` lists the causes.');
      const told = await atSandbox(terminal, options, ({ keyrack: { encoders } }, at) =>
        cause === undefined ? encoders.removeSandboxFailure(at) : encoders.setSandboxFailure({ ...at, cause }),
      );
      printOne(terminal, told, options);
    });
  atEncoder(
    group
      .command('disconnect')
      .argument(
        '<seconds>',
        `for how long: 1 to ${SANDBOX_LIMITS.awaySeconds}`,
        wholeNumber(1, SANDBOX_LIMITS.awaySeconds),
      ),
  )
    .description('cut its front desk off for a while, with all its encoders')
    .action(async (seconds: number, options: AtEncoder) => {
      const told = await atSandbox(terminal, options, ({ keyrack }, at) =>
        keyrack.encoders.setSandboxOutage({ ...at, seconds }),
      );
      printOne(terminal, told, options);
    });
  return group;
}

interface Failing {
  readonly none?: true;
}

function atEncoder(command: Command): Command {
  return atProperty(command).option(
    '--encoder <encoder>',
    'its number, name or MAC: see `keyrack encoders list`; needed where there are several',
  );
}

/** A command that takes nothing but options, and prints what comes of it. */
function says<Options extends AtEncoder>(
  command: Command,
  terminal: Terminal,
  description: string,
  work: (connection: Connection, at: At, options: Options) => Promise<object>,
): void {
  atEncoder(command)
    .description(description)
    .action(async (options: Options) => {
      printOne(
        terminal,
        await atSandbox(terminal, options, (connection, at) => work(connection, at, options)),
        options,
      );
    });
}

async function atSandbox<Result>(
  terminal: Terminal,
  options: AtEncoder,
  work: (connection: Connection, at: At) => Promise<Result>,
): Promise<Result> {
  return administer(
    terminal,
    options,
    async (connection) => {
      const property = await chooseProperty(connection, terminal, options);
      const { id } = await findEncoder(connection, property, options.encoder);
      return work(connection, { property: property.id, encoder: String(id) });
    },
    { serial: 'The serial' },
  );
}
