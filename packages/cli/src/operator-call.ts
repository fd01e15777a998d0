import { join } from 'node:path';
import { OperatorError, operate } from '@keyrack/server/operator/operator-client.ts';
import { type Command, InvalidArgumentError } from 'commander';
import { CommandFailure } from './exit.ts';
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

type OperateCall = [command: Parameters<typeof operate>[1], input: Record<string, unknown>];

/** Gives a command. Throws a CommandFailure with the server's reason. */
export async function ask(folder: string, ...[command, input]: OperateCall): Promise<unknown> {
  return operate(folder, command, input).catch((error: unknown) => {
    throw error instanceof OperatorError ? new CommandFailure(error.message) : error;
  });
}

export interface RoomNumbers {
  readonly buildingNo: string;
  readonly floorNo: string;
  readonly roomNo: string;
}

export function parseRoom(text: string): RoomNumbers {
  const [buildingNo, floorNo, roomNo, ...rest] = text.split('/');
  if (!buildingNo || !floorNo || !roomNo || rest.length > 0)
    throw new InvalidArgumentError('Name the room as BUILDING/FLOOR/ROOM.');
  return { buildingNo, floorNo, roomNo };
}
