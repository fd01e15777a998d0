import { join } from 'node:path';
import { OperatorError, operate } from '@keyrack/server/operator/operator-client.ts';
import type { Command } from 'commander';
import { CommandFailure, usageError } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** How the commands of an operator reach the running server of a data folder, and how they name things. */

/** A command for one property of the server that runs on a data folder. */
export function forServer(command: Command, terminal: Terminal): Command {
  return command
    .requiredOption('--property <number>', 'number of the property')
    .option('--data <folder>', "the server's data folder", defaultFolder(terminal));
}

export function defaultFolder({ env }: Terminal): string {
  return env.KEYRACK_DATA || join('.', 'data', 'server');
}

/** Gives a command and prints the answer as JSON. */
export async function tell(terminal: Terminal, folder: string, ...call: OperateCall): Promise<void> {
  terminal.out(JSON.stringify(await ask(folder, ...call), null, 2));
}

/** `typed` says how the person who gave the command knows a part of its input, where that isn't `--NAME`. */
type OperateCall = [
  command: Parameters<typeof operate>[1],
  input: Record<string, unknown>,
  typed?: Readonly<Record<string, string>>,
];

/** Gives a command. Throws a CommandFailure with the server's reason. */
export async function ask(folder: string, ...[command, input, typed = {}]: OperateCall): Promise<unknown> {
  return operate(folder, command, input).catch((error: unknown) => {
    if (!(error instanceof OperatorError)) throw error;
    if (error.wrong === null) throw new CommandFailure(error.message);
    throw usageError(`${nameOf(error.wrong.path, typed)} can't be used: it ${error.wrong.expected}.`);
  });
}

/** What was typed, and in a file the place: `rooms.json, builders[0].builderNum`. */
function nameOf([field = '', ...within]: readonly string[], typed: Readonly<Record<string, string>>): string {
  const dashed = field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const name = typed[field] ?? `--${dashed}`;
  const place = within.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('');
  return place === '' ? name : `${name}, ${place.replace(/^\./, '')},`;
}
